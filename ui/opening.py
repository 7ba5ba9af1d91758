"""What the page shows before the first question: examples and headlines from the archive itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Searched
from assistant.assistant import Assistant
from assistant.frames import say, say_articles, say_date, say_languages
from assistant.query import Language
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.demonstration import NOTICES, QUESTIONS, holds_demonstration
from ingest.latest import latest_articles
from ui.cards import render_source, render_title
from ui.markup import attributes, escape, safe_address
from ui.words import word

_READ = 60  # newest articles that examples are made from
_HEADLINES = 5
_TEMPLATES = ("ask_latest", "ask_news", "ask_said")

# Capitalised words that follow one in lower case: a name, and not the first word of a sentence.
_NAME = re.compile(
    r"(?<=[a-zà-öø-ÿ,] )(?:[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zà-öø-ÿ])(?: (?:[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zà-öø-ÿ]))*"
)
_NO_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December Mr Mrs Ms Dr".split()
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first page of an archive in one language."""

    searched: Searched
    latest: tuple[Article, ...]
    questions: tuple[str, ...]
    notice: str = ""


def open_page(assistant: Assistant, language: Language) -> Opening:
    """The first page as the archive stands now."""
    ledger, now = assistant.archive.ledger, assistant.archive.clock()
    latest = latest_articles(ledger, _READ, now)
    shown = assistant.searched(), tuple(latest[:_HEADLINES])
    if holds_demonstration(ledger):
        return Opening(*shown, QUESTIONS[language], NOTICES[language])
    return Opening(*shown, tuple(make_questions(latest, language)))


def make_questions(articles: Sequence[Article], language: Language) -> list[str]:
    """Questions about the names that most of the articles mention."""
    return [
        word(key, language, name=name)
        for key, name in zip(_TEMPLATES, frequent_names(articles), strict=False)
    ]


def frequent_names(articles: Sequence[Article]) -> list[str]:
    """Names by how many articles mention them, the longest form of each."""
    counts = Counter(name for article in articles for name in _names(article))
    ranked = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    return [name for name in ranked if not any(name in other for other in ranked if other != name)]


def _names(article: Article) -> set[str]:
    found = {name for name in _NAME.findall(article.text) if name.split()[0] not in _NO_NAMES}
    return {name for name in found if " " in name or "-" in name}


def say_holdings(searched: Searched, language: Language) -> str:
    """What the archive holds, in a line."""
    if not searched.articles:
        return say("empty_archive", language)
    return word(
        "holdings",
        language,
        articles=say_articles(searched.articles, language),
        languages=say_languages(searched.languages, language),
        newest=say_date(NewsDate(searched.newest), language) if searched.newest else "–",
    )


def render_masthead(searched: Searched, language: Language) -> str:
    """The nameplate, and what the archive holds."""
    kept = escape(word("conversations", language))
    return (
        f"<header{attributes(class_='masthead', lang=language)}>"
        f'<button type="button" class="rail-opener" data-press="rail">{kept}</button>'
        f'<p class="nameplate">Dépêche</p>'
        f'<p class="holdings">{escape(say_holdings(searched, language))}</p></header>'
    )


def render_greeting(opening: Opening, language: Language) -> str:
    """What can be asked, and examples to begin with."""
    questions = "".join(map(_question, opening.questions))
    about = word("ask_news", language, name="{name}")  # for a portal that says what it shows
    examples = f"<h2>{escape(word('examples', language))}</h2><ul>{questions}</ul>"
    notice = f'<p class="notice">{escape(opening.notice)}</p>' if opening.notice else ""
    return (
        f"<section{attributes(class_='greeting', lang=language, data_about=about)}>{notice}"
        f"<h1>{escape(word('greeting', language))}</h1><p>{escape(word('promise', language))}</p>"
        f"{examples if questions else ''}</section>"
    )


def _question(question: str) -> str:
    effect = attributes(type="button", data_ask=question)
    return f"<li><button{effect}>{escape(question)}</button></li>"


def render_latest(opening: Opening, language: Language) -> str:
    """The newest headlines, where the evidence will stand; nothing where no article has a date."""
    if opening.searched.articles and not opening.latest:
        return ""
    told = (say("empty_archive", language), word("fill_archive", language))
    empty = "".join(f'<p class="nothing">{escape(each)}</p>' for each in told)
    items = "".join(_headline(article, language) for article in opening.latest) or empty
    label = word("latest", language)
    where = attributes(class_="latest", lang=language, aria_label=label)
    return f"<section{where}><h2>{escape(label)}</h2>{items}</section>"


def _headline(article: Article, language: Language) -> str:
    address = safe_address(article.url)
    where = attributes(href=address, target="_blank", rel="noopener noreferrer nofollow")
    title = render_title(article)
    linked = f'<a class="original"{where}>{title}</a>' if address else title
    return f'<article><p class="byline">{render_source(article, language)}</p>{linked}</article>'


def render_colophon(language: Language) -> str:
    """The line under the input: what the reader talks to, and with which keys."""
    keys = f'<span class="keys">{escape(word("keys", language))}</span>'
    return f"<p{attributes(lang=language)}>{escape(word('machine', language))} {keys}</p>"
