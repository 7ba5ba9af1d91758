"""Move a running archive to another ledger: its rows are copied, nothing is encoded again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from ingest.ledger import Ledger
from ingest.pages import pages
from ingest.tables import (
    ARCHIVE,
    articles,
    bands,
    changes,
    copies,
    encoders,
    facts,
    passages,
    rejections,
    stories,
    vectors,
    versions,
)

_PAGE = 1000  # rows copied in one transaction: what a kill can cost
_NAMED = 500  # articles named in one statement
_FOLLOWED = "moving from"  # the fact of a target that says how far it follows its source

# In the order in which rows refer to each other; each grows at the end of its key alone, but for
# what a changed article takes away, and that is brought over once more.
_GROWING = (encoders, articles, versions, passages, vectors, stories, bands, copies, changes)
_OF_ARTICLES: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (versions, ("article",)),
    (passages, ("article",)),
    (stories, ("article",)),
    (bands, ("article",)),
    (copies, ("article", "other")),
)
_LISTS = (facts, rejections)

Notify = Callable[[str], None]  # hears the name of each table as its turn comes


class MoveRefusedError(Exception):
    """A target that holds something else than a part of this archive."""


def move_ledger(source: Ledger, target: Ledger, also: Sequence[Table], notify: Notify) -> None:
    """Copy everything; run again after an interruption it goes on where it stopped.

    The source may be used meanwhile; it is held still at the end, while what changed is brought
    over. `also` names tables beside the ledger's that are there in both.
    """
    since = _begin(source, target)
    for table in _GROWING:
        notify(table.name)
        _copy_growing(source, target, table)
    with source.writing() as still, target.writing() as written:
        _refresh(still, written, since)
        for table in (*_LISTS, *also):
            _copy_whole(still, written, table)
        _set_counters(written, (*_GROWING, *_LISTS, *also))


def _begin(source: Ledger, target: Ledger) -> int:
    """How far the source's log reached when its copy was begun."""
    with source.engine.connect() as connection:
        name = _fact(connection, ARCHIVE)
        end = connection.scalar(select(func.max(changes.c.sequence))) or 0
    with target.writing() as written:
        followed = _fact(written, _FOLLOWED)
        if followed is None:
            if written.scalar(select(func.count()).select_from(articles)):
                raise MoveRefusedError("the ledger to move to holds articles already")
            written.execute(insert(facts).values(name=_FOLLOWED, value=f"{name} {end}"))
            return end
    known, _, since = followed.partition(" ")
    if known != name:
        raise MoveRefusedError("the ledger to move to holds a part of another archive")
    return int(since)


def _fact(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(facts.c.value).where(facts.c.name == name))


def _copy_growing(source: Ledger, target: Ledger, table: Table) -> None:
    """Copy the rows behind the last one that the target holds."""
    keys: list[Column[Any]] = list(table.primary_key.columns)
    with target.engine.connect() as connection:
        descending = [key.desc() for key in keys]
        row = connection.execute(select(*keys).order_by(*descending).limit(1)).first()
    last = tuple(row) if row else None
    while rows := _rows_after(source, table, keys, last):
        with target.writing() as written:
            fitting = _that_still_fit(written, table, rows)
            if fitting:
                written.execute(insert(table), fitting)
        last = tuple(rows[-1][key.name] for key in keys)


def _rows_after(
    source: Ledger, table: Table, keys: Sequence[Column[Any]], last: tuple[Any, ...] | None
) -> list[dict[str, Any]]:
    query = select(table).order_by(*keys).limit(_PAGE)
    if last:
        query = query.where(tuple_(*keys) > last)
    with source.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(query)]


def _that_still_fit(
    written: Connection, table: Table, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows whose parents were copied: others came since, with an article that is brought again."""
    for column in table.columns:
        for key in column.foreign_keys:
            wanted = {row[column.name] for row in rows}
            there = set(_held(written, key.column, wanted))
            rows = [row for row in rows if row[column.name] in there]
    return rows


def _held(connection: Connection, column: Column[Any], values: set[Any]) -> Iterator[Any]:
    for page in pages(sorted(values), _NAMED):
        yield from connection.scalars(select(column).where(column.in_(page)))


def _refresh(still: Connection, written: Connection, since: int) -> None:
    """Bring articles that changed since the copy was begun over once more."""
    log = select(changes.c.article).where(changes.c.sequence > since).distinct()
    changed = sorted(still.scalars(log))
    for page in pages(changed, _NAMED):  # first of all: a number may have been given anew
        _erase(written, page)
    for page in pages(changed, _NAMED):
        _bring(still, written, articles, articles.c.number.in_(page))
        for table, columns in _OF_ARTICLES:
            _bring(still, written, table, or_(*(table.c[name].in_(page) for name in columns)))
        mine = select(passages.c.number).where(passages.c.article.in_(page))
        for part in pages(list(still.scalars(mine)), _NAMED):
            _bring(still, written, vectors, vectors.c.passage.in_(part))
    last = written.scalar(select(func.max(changes.c.sequence))) or 0
    _bring(still, written, changes, changes.c.sequence > last)
    _correct_stories(still, written)


def _erase(written: Connection, numbers: Sequence[int]) -> None:
    mine = select(passages.c.number).where(passages.c.article.in_(numbers))
    written.execute(delete(vectors).where(vectors.c.passage.in_(mine)))
    for table, columns in reversed(_OF_ARTICLES):
        for name in columns:
            written.execute(delete(table).where(table.c[name].in_(numbers)))
    written.execute(delete(articles).where(articles.c.number.in_(numbers)))


def _bring(
    still: Connection, written: Connection, table: Table, which: ColumnElement[bool]
) -> None:
    """Copy some rows, but for those that another article of its pair has brought."""
    rows = [dict(row._mapping) for row in still.execute(select(table).where(which))]
    if table is copies and rows:
        gone = tuple_(*table.primary_key.columns).in_([tuple(row.values()) for row in rows])
        written.execute(delete(table).where(gone))
    for page in pages(rows, _PAGE):
        written.execute(insert(table), page)


def _correct_stories(still: Connection, written: Connection) -> None:
    """A story takes another number, without a word in the log, when an article leaves it."""
    told = select(stories.c.article, stories.c.story)
    held = {row.article: row.story for row in written.execute(told)}
    for row in still.execute(told):
        if held.get(row.article) != row.story:
            mine = update(stories).where(stories.c.article == row.article)
            written.execute(mine.values(story=row.story))


def _copy_whole(still: Connection, written: Connection, table: Table) -> None:
    """Put all rows of a short table in the place of what stands there."""
    written.execute(delete(table))
    for page in pages([dict(row._mapping) for row in still.execute(select(table))], _PAGE):
        written.execute(insert(table), page)


def _set_counters(written: Connection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL count on from the last number: it has not seen those that were copied."""
    if written.dialect.name == "sqlite":
        return
    for table in tables:
        key = table.autoincrement_column
        if key is not None:
            last = select(func.max(key)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', key.name)
            written.execute(select(func.setval(sequence, func.coalesce(last, 1))))
