"""Sentences of the demonstration archive, each made false in one way by code."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evidence import Evidence
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.passages import cut_passages
from ingest.sentences import split_sentences

DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
COUNTS = {"figure": 75, "date": 75, "name": 75, "negation": 40, "outlet": 35}

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+(?:[.,]\d+)?"
_NUMBER_WORDS = {
    "en": "three four five six seven eight nine eleven twelve fourteen nineteen forty",
    "fr": "trois quatre cinq six sept huit neuf onze douze quatorze dix-neuf quarante",
}
_MONTHS = {
    "en": "January February March April June July September October November December",
    "fr": "janvier février mars avril juin juillet septembre octobre novembre décembre",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
_DENIED = {
    "en": ((r"\b(will|is|are|was|were|has|had|would|could) (?!not\b)", r"\1 not "),),
    "fr": (
        (r"(?<= )(a|ont|est|sont|était|sera|avait|va) (?!pas\b)", r"n’\1 pas "),
        (r"\b(doit|peut|devra|pourra|fait|prend|reste) ", r"ne \1 pas "),
    ),
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of an article, with a passage that holds it."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence that its passage no longer bears out, and in what."""

    kind: str
    text: str
    evidence: Evidence


def read_articles() -> list[Article]:
    """The articles of the demonstration archive."""
    lines = [
        json.loads(line)
        for path in sorted(DEMONSTRATION.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        Article(
            line["id"],
            line["text"],
            line["title"],
            language=line["language"],
            published=NewsDate(line["published"]) if line.get("published") else None,
            outlet=line["outlet"],
            byline=line.get("byline", ""),
        )
        for line in lines
    ]


def quote_all(articles: Sequence[Article]) -> list[Quoted]:
    """Every sentence of some articles, with the passage that it opens or stands in."""
    return [
        Quoted(article.text[start:end], _evidence(article, start, end))
        for article in articles
        for start, end in split_sentences(article.text)
    ]


def alter(quotes: Sequence[Quoted], kind: str, count: int) -> list[Altered]:
    """So many sentences altered in one way; the same every time."""
    chance = random.Random(kind)
    how = _WAYS[kind]
    found: list[Altered] = []
    for quote in chance.sample(quotes, len(quotes)):
        text = how(quote, quotes, chance)
        if text and text != quote.text:
            found.append(Altered(kind, text, quote.evidence))
    return found[:count]


def _evidence(article: Article, start: int, end: int) -> Evidence:
    passages = cut_passages(article.text)
    passage = next(one for one in passages if one.start <= start and end <= one.end)
    return Evidence(1, article, passage, 1.0, 1.0)


def _alter_figure(quote: Quoted, quotes: Sequence[Quoted], chance: random.Random) -> str | None:
    language = quote.evidence.article.language
    words = "|".join(_NUMBER_WORDS[language].split())
    months = "|".join(_MONTHS[language].split())
    figure = re.compile(rf"(?<![\w-])(?:{_DIGITS}|(?:{words})(?![\w-]))(?!\w)")
    dated = re.compile(rf"\d+(?:er)?\s(?:{months})|(?:{months})\s\d+|\b(?:19|20)\d\d\b")
    spots = [
        match
        for match in figure.finditer(quote.text)
        if not any(
            other.start() <= match.start() < other.end() for other in dated.finditer(quote.text)
        )
    ]
    if not spots:
        return None
    spot = chance.choice(spots)
    others = [
        match[0]
        for other in chance.sample(quotes, 40)
        if other.evidence.article.language == language
        for match in figure.finditer(other.text)
    ]
    new = next((o for o in others if o != spot[0] and o[0].isdigit() == spot[0][0].isdigit()), None)
    return new and quote.text[: spot.start()] + new + quote.text[spot.end() :]


def _alter_date(quote: Quoted, _quotes: Sequence[Quoted], chance: random.Random) -> str | None:
    language = quote.evidence.article.language
    ways = [_MONTHS[language].split(), _DAYS[language].split()]
    for names in chance.sample(ways, 2):
        spots = list(re.finditer(rf"\b(?:{'|'.join(names)})\b", quote.text))
        if spots:
            spot = chance.choice(spots)
            new = chance.choice([name for name in names if name != spot[0]])
            return quote.text[: spot.start()] + new + quote.text[spot.end() :]
    years = list(re.finditer(r"\b(?:19|20)\d\d\b", quote.text))
    if not years:
        return None
    spot = chance.choice(years)
    year = int(spot[0]) + chance.choice([-3, -2, -1, 1, 2, 3])
    return f"{quote.text[: spot.start()]}{year}{quote.text[spot.end() :]}"


def _alter_name(quote: Quoted, quotes: Sequence[Quoted], chance: random.Random) -> str | None:
    language = quote.evidence.article.language
    article = quote.evidence.article
    names = _names(quote.text)
    others = [
        name
        for other in chance.sample(quotes, 60)
        if other.evidence.article.language == language
        for name in _names(other.text)
        if not any(word in article.text + article.title for word in name.split())
    ]
    if not names or not others:
        return None
    name = chance.choice(names)
    new = next((each for each in others if len(each.split()) == len(name.split())), others[0])
    return quote.text.replace(name, new, 1)


def _names(text: str) -> list[str]:
    """Names of people, places and companies as printed, one to three words without an article."""
    found = re.findall(
        r"(?<=\w[ ’])(?!(?:The|Le|La|Les|Mr|Ms|Dr)\b)[A-ZÀÉ][\w-]{2,}(?: [A-ZÉ][\w-]+){0,2}", text
    )
    return [name for name in found if name not in " ".join((*_MONTHS.values(), *_DAYS.values()))]


def _alter_negation(quote: Quoted, _quotes: Sequence[Quoted], chance: random.Random) -> str | None:
    ways = _DENIED[quote.evidence.article.language]
    found = [(way, text) for way, text in ways if re.search(way, quote.text)]
    if not found:
        return None
    way, text = chance.choice(found)
    return re.sub(way, text, quote.text, count=1)


def _alter_outlet(quote: Quoted, quotes: Sequence[Quoted], chance: random.Random) -> str | None:
    own = quote.evidence.article
    outlets = sorted({other.evidence.article.outlet for other in quotes} - {own.outlet})
    lead = {"en": "According to {}, ", "fr": "Selon {}, "}[own.language]
    return lead.format(chance.choice(outlets)) + quote.text


Way = Callable[[Quoted, Sequence[Quoted], random.Random], str | None]
_WAYS: dict[str, Way] = {
    "figure": _alter_figure,
    "date": _alter_date,
    "name": _alter_name,
    "negation": _alter_negation,
    "outlet": _alter_outlet,
}


def all_altered() -> Iterator[Altered]:
    """The 300 altered sentences."""
    quotes = quote_all(read_articles())
    for kind, count in COUNTS.items():
        yield from alter(quotes, kind, count)
