"""Which outlets an archive holds, on which days, and where one of them fell silent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from ingest.dates import NewsDate
from ingest.ledger import Ledger
from ingest.tables import articles, is_last, versions

_DAY = 10  # characters of a date that names its day
_SHORTEST = 3  # days without an article that may be a gap
_FEWEST = 3  # days with articles before anything is usual
_USUAL = 3  # times the usual distance between two days with articles


@dataclass(frozen=True, slots=True)
class Holding:
    """What an archive holds of one outlet in one language, withdrawn articles left out."""

    outlet: str
    language: str
    articles: int
    first: str | None  # as printed
    last: str | None


@dataclass(frozen=True, slots=True)
class Issue:
    """How many articles of an outlet came out on a day, in one language."""

    outlet: str
    language: str
    day: date
    articles: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Days in a row without an article, where one was to be expected."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long it lasts."""
        return (self.last - self.first).days + 1


def holdings_by_outlet(ledger: Ledger) -> list[Holding]:
    """Every outlet by language, the fullest first."""
    printed, count = versions.c.published, func.count().label("articles")
    columns = versions.c.outlet, versions.c.language
    query = select(*columns, count, func.min(printed), func.max(printed))
    query = query.join_from(articles, versions, is_last).where(versions.c.status != "withdrawn")
    ordered = query.group_by(*columns).order_by(count.desc(), *columns)
    with ledger.engine.connect() as connection:
        return [Holding(*row) for row in connection.execute(ordered)]


def issues_between(ledger: Ledger, first: date, last: date) -> list[Issue]:
    """Articles by outlet, language and day; those dated by their month alone are left out."""
    day = func.substr(versions.c.published, 1, _DAY).label("day")
    columns = versions.c.outlet, versions.c.language, day
    query = select(*columns, func.count()).join_from(articles, versions, is_last)
    query = query.where(versions.c.status != "withdrawn", func.length(day) == _DAY)
    within = query.where(day >= first.isoformat(), day <= last.isoformat()).group_by(*columns)
    with ledger.engine.connect() as connection:
        rows = connection.execute(within).all()
    return [Issue(row[0], row[1], NewsDate(row.day).first_day, row[3]) for row in rows]


def find_silences(days: Collection[date], until: date) -> list[Silence]:
    """Where somebody who came out on some days fell silent, up to a last day.

    Three days at least, and three times what usually lies between two issues: a weekly that
    misses a Wednesday is not silent, a daily is. Nobody is expected who came out twice.
    """
    issued = sorted(days)
    if len(issued) < _FEWEST:
        return []
    longest = max(_SHORTEST, _USUAL * _usual_distance(issued))
    ends = [*issued[1:], until + timedelta(days=1)]
    between = [
        Silence(day + timedelta(days=1), end - timedelta(days=1))
        for day, end in zip(issued, ends, strict=True)
    ]
    return [each for each in between if each.days >= longest]


def _usual_distance(issued: Sequence[date]) -> int:
    """Days from one issue to the next, as the middle one of all has it."""
    distances = sorted((two - one).days for one, two in pairwise(issued))
    return distances[len(distances) // 2]
