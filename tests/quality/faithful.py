"""Faithful sentences: quotes of the demonstration archive put in another form by rules."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.query import Language
from ingest.articles import Article
from ingest.dates import NewsDate
from tests.quality.altered import Quoted, quote_all, read_articles

COUNT = 230

_WORDS = {
    "en": "three four five six seven eight nine ten eleven twelve thirteen fourteen".split(),
    "fr": "trois quatre cinq six sept huit neuf dix onze douze treize quatorze".split(),
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}})\b")
_LEADS = {
    "en": "{outlet} reported in {year} that {rest}",
    "fr": "{outlet} rapportait en {year} : {rest}",
}


@dataclass(frozen=True, slots=True)
class Faithful:
    """A sentence that says what its passages say, in another form."""

    text: str
    language: Language
    rests_on: tuple[Evidence, ...]


def all_by_rule() -> list[Faithful]:
    """The faithful sentences; the same every time."""
    quotes = quote_all(read_articles())
    chance = random.Random("faithful")
    shuffled = chance.sample(quotes, len(quotes))
    found = [each for quote in shuffled for each in _by_rule(quote)]
    return chance.sample(found, len(found))[:COUNT]


def _by_rule(quote: Quoted) -> Iterator[Faithful]:
    """A quote in other forms: figures for number words, dates the other way, clauses turned."""
    article = quote.evidence.article
    language: Language = "fr" if article.language == "fr" else "en"
    forms = (
        _in_figures(quote.text, language),
        _DATE.sub(r"\2 \1", quote.text) if language == "en" else _dated(quote.text, article),
        _turned(quote.text),
        _reported(quote.text, article, language),
    )
    yield from (Faithful(text, language, (quote.evidence,)) for text in forms if text != quote.text)


def _in_figures(text: str, language: Language) -> str:
    figures = {word: str(value) for value, word in enumerate(_WORDS[language], start=3)}
    pattern = rf"(?<![\w-])(?:{'|'.join(figures)})(?![\w-])"
    text = re.sub(pattern, lambda word: figures[word[0]], text)
    return re.sub(r"(\d)(?:,|[\u00a0\u202f ])(\d{3})\b", r"\1\2", text)


def _dated(text: str, article: Article) -> str:
    """A French day and month with its year, where the article was published that year."""
    year = str(article.published or NewsDate("2024"))[:4]
    pattern = r"\b(\d{1,2}|1er) (janvier|février|mars|avril|mai|juin)\b(?! \d)"
    return re.sub(pattern, rf"\1 \2 {year}", text)


def _turned(text: str) -> str:
    """The second half of a sentence of two clauses first."""
    clauses = re.fullmatch(r"([^,;:“”«»]{30,}), ([^,;:“”«»]{30,})\.", text)
    return f"{clauses[2][0].upper()}{clauses[2][1:]}, {clauses[1]}." if clauses else text


def _reported(text: str, article: Article, language: Language) -> str:
    if article.published is None or text[0] in "“«":
        return text
    lead = _LEADS[language]
    return lead.format(outlet=article.outlet, year=str(article.published)[:4], rest=text)
