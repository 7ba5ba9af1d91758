"""Whether an article bears out a date: what it prints is resolved by its date of publication."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from assistant.checks.moments import Moment
from ingest.dates import NewsDate

_NEAR = 7  # days before and after its article that a weekday may mean
_RELATIVE = {
    "yesterday": -1, "hier": -1, "today": 0, "tonight": 0, "aujourd'hui": 0, "tomorrow": 1,
    "demain": 1,
}  # fmt: skip


def bears_out(written: Moment, held: Iterable[Moment]) -> bool:
    """Whether a written date is among those of an article; a weekday needs a day."""
    known = list(held)
    if written.weekday is None:
        return any(_within(written, moment) for moment in known)
    weekdays = {_weekday(moment) for moment in known} - {None}
    return not weekdays or written.weekday in weekdays


def resolve_moments(
    moments: Iterable[Moment], plain: str, published: NewsDate | None
) -> tuple[Moment, ...]:
    """The days that an article's dates, weekdays and "yesterday" may mean, and its own date."""
    if published is None:
        return tuple(moments)
    resolved = [day for moment in moments for day in _days(moment, published)]
    return (*resolved, *_relative(plain, published), _own(published))


def _days(moment: Moment, published: NewsDate) -> Iterator[Moment]:
    yield moment
    near = published.first_day
    if moment.weekday is not None and _is_day(published):
        days = (near + timedelta(days=shift) for shift in range(-_NEAR, _NEAR + 1))
        yield from (_of_day(day) for day in days if day.weekday() == moment.weekday)
    elif moment.month and moment.year is None:
        months = ((near.year + shift) * 12 + moment.month for shift in (-1, 0, 1))
        nearest = min(months, key=lambda month: abs(month - near.year * 12 - near.month))
        yield Moment((nearest - moment.month) // 12, moment.month, moment.day)


def _relative(plain: str, published: NewsDate) -> Iterator[Moment]:
    for word, days in _RELATIVE.items() if _is_day(published) else ():
        if re.search(rf"\b{word}\b", plain, re.IGNORECASE):
            yield _of_day(published.first_day + timedelta(days=days))


def _own(published: NewsDate) -> Moment:
    first = published.first_day
    if published.precision == "year":
        return Moment(first.year)
    return Moment(first.year, first.month, first.day if _is_day(published) else None)


def _is_day(published: NewsDate) -> bool:
    return published.precision in ("day", "minute")


def _of_day(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def _weekday(moment: Moment) -> int | None:
    if moment.weekday is not None:
        return moment.weekday
    return moment.as_day.weekday() if moment.as_day else None


def _within(written: Moment, held: Moment) -> bool:
    """Whether all that is written of a date is held."""
    said = (written.year, written.month, written.day)
    known = (held.year, held.month, held.day)
    return all(one is None or one == other for one, other in zip(said, known, strict=True))
