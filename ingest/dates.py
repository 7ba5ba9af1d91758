"""A date as printed becomes a date with its precision: a month stays a month."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

Precision = Literal["year", "month", "day", "minute"]

_LAST_ZONE = timezone(timedelta(hours=-12))
_COMPACT = re.compile(r"\d{8}|\d{4}-?W\d\d-?\d")  # 20240127, 2024-W04-6
_REDUCED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateUnreadableError(ValueError):
    """A date that no calendar knows."""


@dataclass(frozen=True, slots=True)
class NewsDate:
    """A point or a stretch of time as its source prints it, in ISO 8601 of reduced precision."""

    text: str  # "2024", "2024-01", "2024-01-27" or "2024-01-27T14:05:00+01:00"

    def __post_init__(self) -> None:
        if self.first_day.year < 1:
            raise DateUnreadableError(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def precision(self) -> Precision:
        """How much of the date its source gives."""
        lengths: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
        return lengths.get(len(self.text), "minute")

    @property
    def first_day(self) -> date:
        """The first day it may mean."""
        if self.precision == "minute":
            return datetime.fromisoformat(self.text).date()
        return date.fromisoformat(self.text + "-01-01"[len(self.text) - 4 :])

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        first = self.first_day
        if self.precision == "year":
            return date(first.year, 12, 31)
        if self.precision == "month":
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return first

    @property
    def past_everywhere(self) -> datetime:
        """The moment since when it lies in the past, in the last zone too where none is given."""
        if self.precision == "minute":
            moment = datetime.fromisoformat(self.text)
        else:
            moment = datetime.combine(self.last_day + timedelta(days=1), time())
        return moment if moment.tzinfo else moment.replace(tzinfo=_LAST_ZONE)


def parse_date(printed: str) -> NewsDate:
    """Read an ISO 8601 date or time, whole or reduced; raise DateUnreadableError for others."""
    text = printed.strip()
    try:
        if _REDUCED.fullmatch(text):
            return NewsDate(text)
        if _COMPACT.fullmatch(text):
            return NewsDate(date.fromisoformat(text).isoformat())
        return NewsDate(datetime.fromisoformat(text).isoformat(timespec="seconds"))
    except ValueError as error:
        raise DateUnreadableError(f"{printed!r} is not a date such as 2024-01-27") from error


def day_number(day: date) -> int:
    """Days since 1970-01-01: what an index can compare."""
    return (day - date(1970, 1, 1)).days


def utc_now() -> datetime:
    """The present moment, aware of its zone."""
    return datetime.now(UTC)
