"""A stretch of days that an article's publication has to touch."""

from dataclasses import dataclass
from datetime import date

from ingest.dates import NewsDate, day_number

NO_DAY = -1_000_000  # stands for an unknown date: no period that a reader means reaches it


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; None is open."""

    first: date | None
    last: date | None

    @property
    def first_number(self) -> int:
        """Days since 1970-01-01; an open period still leaves unknown dates out."""
        return day_number(self.first) if self.first else NO_DAY + 1

    @property
    def last_number(self) -> int:
        """Days since 1970-01-01."""
        return day_number(self.last) if self.last else -NO_DAY

    def covers(self, published: NewsDate | None) -> bool:
        """Whether that may have been on one of its days: a month touches each of them."""
        first, last = days_of(published)
        return last >= self.first_number and first <= self.last_number


def days_of(published: NewsDate | None) -> tuple[int, int]:
    """First and last day that a date may mean, as days since 1970-01-01."""
    if published is None:
        return NO_DAY, NO_DAY
    return day_number(published.first_day), day_number(published.last_day)
