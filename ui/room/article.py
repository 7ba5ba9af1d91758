"""The whole article in the reader panel, the cited words marked."""

from collections.abc import Sequence

from assistant.frames import say_copies
from assistant.query import Language
from ingest.articles import Article
from ingest.cited import Cited
from ingest.sentences import Span
from ingest.stories import Copy
from ui.cards import render_notes, render_original, render_source
from ui.markup import attributes, escape
from ui.words import word


def render_article(cited: Cited, span: Span, copies: Sequence[Copy], language: Language) -> str:
    """An article from its title to its last word, and where else it ran."""
    article = cited.article
    byline = f'<p class="author">{escape(article.byline)}</p>' if article.byline else ""
    since = (
        "" if cited.current else f'<p class="note">{escape(word("older_version", language))}</p>'
    )
    told = attributes(class_="text", lang=article.language)
    return (
        f'<p class="byline">{render_source(article, language)}</p>'
        f"<h2{attributes(lang=article.language)}>{escape(article.title)}</h2>{byline}"
        f"{since}{render_notes(article, language)}"
        f"<div{told}>{_marked(article.text, span)}</div>"
        f"{_also(article, copies, language)}"
        f'<p class="ways">{render_original(article, language)}</p>'
    )


def _marked(text: str, span: Span) -> str:
    start, end = span
    if not 0 <= start < end <= len(text):
        return escape(text)
    quote = f'<mark id="cited" tabindex="-1">{escape(text[start:end])}</mark>'
    return escape(text[:start]) + quote + escape(text[end:])


def _also(article: Article, copies: Sequence[Copy], language: Language) -> str:
    said = say_copies(article, copies, language)
    return "".join(f'<p class="also">{escape(note)}</p>' for note in said)
