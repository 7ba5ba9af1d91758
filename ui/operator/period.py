"""The days that the operator's page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.coverage import Holding
from ingest.dates import NewsDate

LENGTHS = (31, 92, 366)  # days
_USUAL = 92


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def includes(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def moved(self, periods: int) -> "Period":
        """As long a time, so many times later; earlier where negative."""
        by = timedelta(days=periods * self.length)
        return Period(self.first + by, self.last + by)


def choose_period(days: int, until: date | None, newest: date) -> Period:
    """So many days up to a last one, up to the newest article's where none is said."""
    length = days if days in LENGTHS else _USUAL
    last = min(until or newest, newest)
    earliest = date.min + timedelta(days=2 * max(LENGTHS))  # room to go back from there
    return Period(max(last, earliest) - timedelta(days=length - 1), max(last, earliest))


def newest_day(held: Sequence[Holding], today: date) -> date:
    """The last day that an article is dated by; today where there is none."""
    printed = [NewsDate(each.last).last_day for each in held if each.last]
    return min(max(printed, default=today), today) if printed else today
