"""When what a sentence tells has happened: as it says itself, or else when it was printed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.dates import NewsDate
from ingest.printed_dates import DAY_AND_MONTH, read_date

_WEEKDAYS = (
    "monday lundi", "tuesday mardi", "wednesday mercredi", "thursday jeudi", "friday vendredi",
    "saturday samedi", "sunday dimanche",
)  # fmt: skip
_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_WEEKDAY = "|".join(name for names in _WEEKDAYS for name in names.split())
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|janvier"
    "|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?:\b(?:{_WEEKDAY}),? )?(?P<day>{DAY_AND_MONTH})(?:,? (?P<year>{_YEAR}))?", re.I
)
_LONGER = re.compile(
    rf"\b(?:(?:[Ii]n|[Ee]n|of|de|d['’]|mi-|early|late|fin) ?)+(?P<month>{_MONTH})\b"
    rf"(?: (?P<year>{_YEAR}))?|\b(?:[Ii]n|[Ee]n) (?P<alone>{_YEAR})\b"
)
_PASSED = re.compile(rf"\b(?P<name>{_WEEKDAY})\b(?! (?:next|prochain))", re.IGNORECASE)
# What follows these is where something begins or ends, and not when this happened.
_BOUND = re.compile(
    r"\b(?:since|until|till|by|before|after|from|next|depuis|jusqu['’]|jusqu['’]à|jusqu['’]au|d['’]ici"
    r"(?: à| au)?|avant|après|à partir|dès)(?: (?:le|la|l['’]|the|du|de|à|au|end of|fin))* ?$",
    re.IGNORECASE,
)
_HALF = 183  # days: a date without a year farther ahead is of the year before


def date_of_event(sentence: str, published: NewsDate | None) -> tuple[NewsDate | None, bool]:
    """The latest date that a sentence names and that has passed, and whether it names one.

    What lies ahead of its publication is a plan: that sentence is dated by when it was printed.
    """
    named = [day for day in _named_dates(sentence, published) if _has_passed(day, published)]
    if named:
        return max(named, key=lambda day: (day.first_day, day.last_day)), True
    return (NewsDate(published.text[:10]) if published else None), False


def _has_passed(day: NewsDate, published: NewsDate | None) -> bool:
    return published is None or day.first_day <= published.last_day


def _named_dates(sentence: str, published: NewsDate | None) -> Iterator[NewsDate]:
    """Days, then the months, years and weekdays that are no part of one."""
    yield from _days(sentence, published)
    rest = _DAY.sub(lambda match: " " * len(match[0]), sentence)
    yield from _longer(rest, published)
    if published and published.precision in ("day", "minute"):
        for match in _PASSED.finditer(rest):
            if not _bounds(rest, match.start()):
                yield _last_weekday(match["name"].lower(), published.first_day)


def _days(sentence: str, published: NewsDate | None) -> Iterator[NewsDate]:
    for match in _DAY.finditer(sentence):
        if not _bounds(sentence, match.start()):
            yield from _in_year(match["day"], match["year"], published)


def _longer(sentence: str, published: NewsDate | None) -> Iterator[NewsDate]:
    for match in _LONGER.finditer(sentence):
        if match["alone"]:
            yield NewsDate(match["alone"])
        elif not _bounds(sentence, match.start()):
            yield from _in_year(match["month"], match["year"], published)


def _bounds(sentence: str, start: int) -> bool:
    return _BOUND.search(sentence[:start]) is not None


def _in_year(printed: str, year: str | None, published: NewsDate | None) -> Iterator[NewsDate]:
    """A day or a month within the year it names, or the one that its publication suggests."""
    if year is None and published is None:
        return
    guessed = published.first_day.year if published else 0
    read = read_date(f"{printed} {year or guessed}")
    if read and year is None and published:
        far = read.first_day - published.last_day > timedelta(days=_HALF)
        read = read_date(f"{printed} {guessed - 1}") if far else read
    if read:
        yield read


def _last_weekday(name: str, published: date) -> NewsDate:
    """The last such day up to the day of publication."""
    back = (published.weekday() - _NUMBERS[name]) % 7
    return NewsDate((published - timedelta(days=back)).isoformat())
