"""The dates of a text, in French and English: January 12, 12 janvier and 12/01 are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.names import fold
from ingest.printed_dates import DAY_AND_MONTH

_ENGLISH = "January|February|March|April|May|June|July|August|September|October|November|December"
_FRENCH = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)  # fmt: skip
# March and May are other words too where nothing says that a month is meant.
_BEFORE_MONTH = r"(?:in|since|until|by|of|next|last|from|to|and|early|late|mid|this|before|after)"
_WRITTEN = re.compile(
    rf"\b(?P<day>{DAY_AND_MONTH})(?:,? (?P<year>\d{{4}}))?(?!\d)"
    rf"|\b(?P<month>{_ENGLISH}|(?i:{_FRENCH})),? (?P<its_year>\d{{4}})(?!\d)"
    rf"|\b{_BEFORE_MONTH}[ -](?P<named>{_ENGLISH})\b(?!,? \d)|\b(?P<alone>(?i:{_FRENCH}))\b"
)
_NUMERIC = re.compile(
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|(?<![\d/.])(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
    r"|(?<![\d/])(?P<day>\d\d)/(?P<month>\d\d)(?![\d/])"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """As much of a date as a text gives; a weekday is 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def as_day(self) -> date | None:
        """The day it names, where it names one that exists."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def take_moments(plain: str, language: str) -> tuple[tuple[Moment, ...], str]:
    """The dates of a text whose numbers are digits, and the text without their figures."""
    written = [_read_written(match) for match in _WRITTEN.finditer(plain)]
    rest = _WRITTEN.sub("…", plain)
    numeric = [_read_numeric(match, language) for match in _NUMERIC.finditer(rest)]
    return (*written, *numeric, *_weekdays_in(rest)), _NUMERIC.sub("…", rest)


def _read_written(match: re.Match[str]) -> Moment:
    if match["day"] is None:
        year = int(match["its_year"]) if match["its_year"] else None
        return Moment(year, _month(match["month"] or match["named"] or match["alone"]))
    figures = re.findall(r"\d+", match["day"])
    names = re.findall(r"[^\W\d_]{3,}\.?", match["day"])
    month = next((_month(name) for name in names if _month(name)), None)
    return Moment(int(match["year"]) if match["year"] else None, month, int(figures[0]))


def _read_numeric(match: re.Match[str], language: str) -> Moment:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return Moment(year, month, day)
    one, two = int(match["one"] or match["day"]), int(match["two"] or match["month"])
    day, month = (one, two) if language == "fr" or one > 12 else (two, one)
    return Moment(int(match["year"]) if match["year"] else None, month, day)


def _weekdays_in(plain: str) -> Iterator[Moment]:
    for match in re.finditer(r"[^\W\d_]+", plain):
        if (weekday := _weekdays().get(match[0].lower())) is not None:
            yield Moment(weekday=weekday)


def _month(name: str) -> int | None:
    return _months().get(fold(name).rstrip(".")[:4]) or _months().get(fold(name).rstrip(".")[:3])


@cache
def _months() -> dict[str, int]:
    """How the names of months begin, in both languages: Unicode's CLDR has them."""
    from babel.dates import get_month_names

    return {
        fold(name)[:letters]: number
        for language in ("en", "fr")
        for letters in (3, 4)
        for number, name in get_month_names("wide", locale=language).items()
        if fold(name)[:letters] != "jui"  # juin and juillet
    }


@cache
def _weekdays() -> dict[str, int]:
    from babel.dates import get_day_names

    return {
        name.lower(): number
        for language in ("en", "fr")
        for number, name in get_day_names("wide", locale=language).items()
    }
