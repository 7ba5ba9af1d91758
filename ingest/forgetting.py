"""Forget articles: out of the ledger and both indexes, with nothing left to find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, delete, select

from ingest.archive import existing_ledger, opened_served, owned_index
from ingest.dates import NewsDate
from ingest.ledger import Ledger
from ingest.pages import pages
from ingest.site import Where
from ingest.tables import articles, changes, is_last, metadata, versions

_PAGE = 500  # articles named in one statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles to forget: those that fit all that is given."""

    article: str = ""  # its id
    outlet: str = ""
    before: date | None = None  # published on an earlier day; an unknown day is not earlier


@dataclass(frozen=True, slots=True)
class Doomed:
    """An article that will be forgotten, for a person to see first."""

    number: int
    id: str
    title: str
    outlet: str
    published: str | None


def find_doomed(ledger: Ledger, wanted: Wanted) -> list[Doomed]:
    """The articles that `forget` would remove."""
    if wanted == Wanted():
        return []  # nothing asked is not everything
    with ledger.engine.connect() as connection:
        rows = connection.execute(_query(wanted)).all()
    found = [Doomed(*row) for row in rows]
    return [each for each in found if _is_before(each.published, wanted.before)]


def forget(where: Where, doomed: Sequence[Doomed]) -> bool:
    """Remove articles with all versions; whether the indexes' files hold nothing of them either.

    Where a running server owns the indexes, it stops finding them within seconds instead.
    """
    ledger = existing_ledger(where)
    with ledger.writing() as connection:
        for page in pages(doomed, _PAGE):
            _erase(connection, [each.number for each in page])
        connection.execute(changes.insert(), [{"article": each.number} for each in doomed])
    scrub(ledger)
    return _reindex(where, ledger)


def _query(wanted: Wanted) -> Select[Any]:
    columns = (articles.c.number, articles.c.id, versions.c.title)
    query = select(*columns, versions.c.outlet, versions.c.published)
    query = query.join(versions, is_last)
    if wanted.article:
        query = query.where(articles.c.id == wanted.article)
    if wanted.outlet:
        query = query.where(versions.c.outlet == wanted.outlet)
    return query.order_by(articles.c.number)


def _is_before(published: str | None, day: date | None) -> bool:
    return day is None or (published is not None and NewsDate(published).last_day < day)


def _erase(connection: Connection, numbers: Sequence[int]) -> None:
    """Delete what refers to some articles, table by table, then the articles themselves."""
    for table in reversed(metadata.sorted_tables):
        for column in _references(table):
            connection.execute(delete(table).where(column.in_(numbers)))
    connection.execute(delete(articles).where(articles.c.number.in_(numbers)))


def _references(table: Table) -> list[Column[int]]:
    return [
        column
        for column in table.columns
        if any(key.column is articles.c.number for key in column.foreign_keys)
    ]


def scrub(ledger: Ledger) -> None:
    """Give freed pages back, so that no byte of what was forgotten stays in the file."""
    if ledger.engine.dialect.name == "sqlite":
        raw = ledger.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def _reindex(where: Where, ledger: Ledger) -> bool:
    encoder = ledger.serving()
    if encoder is None:
        return True
    with owned_index(where, ledger, encoder) as index, opened_served(where, ledger, encoder):
        if index:
            index.renew(ledger, encoder)
        return index is not None
