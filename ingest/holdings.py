"""How much an archive holds, in which languages, up to when."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ingest.dates import NewsDate
from ingest.tables import articles, is_last, passages, versions

Groups = Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Quotable:
    """What an answer of some moment can rest on."""

    articles: int
    languages: dict[str, int]  # articles by ISO 639-1 code, the most frequent first
    newest: str | None  # as its source prints it
    undated: int  # articles whose source prints no date


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive holds: articles not withdrawn, under embargo or not."""

    articles: int
    passages: int
    languages: dict[str, int]
    newest: str | None


def holdings_of(connection: Connection) -> Holdings:
    """Everything that is not withdrawn."""
    held = _sum_up(groups_of(connection))
    cut = connection.scalar(select(func.count()).select_from(passages)) or 0
    return Holdings(held.articles, cut, held.languages, held.newest)


def quotable_at(groups: Groups, now: datetime) -> Quotable:
    """What is neither withdrawn nor under embargo."""
    return _sum_up([row for row in groups if not is_silent(row.embargo, now)])


def groups_of(connection: Connection) -> Groups:
    """Articles counted by language and embargo: few rows, though it reads every article."""
    count, newest = func.count().label("articles"), func.max(versions.c.published).label("newest")
    undated = (func.count() - func.count(versions.c.published)).label("undated")
    query = select(versions.c.language, versions.c.embargo, count, newest, undated)
    usual = query.join_from(articles, versions, is_last).where(versions.c.status != "withdrawn")
    return connection.execute(usual.group_by(versions.c.language, versions.c.embargo)).all()


def _sum_up(groups: Groups) -> Quotable:
    languages: Counter[str] = Counter()
    for row in sorted(groups, key=lambda row: row.language):
        languages[row.language] += row.articles
    newest = max((row.newest for row in groups if row.newest), default=None)
    undated = sum(row.undated for row in groups)
    return Quotable(languages.total(), dict(languages.most_common()), newest, undated)


def is_silent(embargo: str | None, now: datetime) -> bool:
    """Whether an embargo, as a ledger keeps it, has not ended yet."""
    return embargo is not None and now < NewsDate(embargo).past_everywhere
