"""The truth: every article with its versions, passages and vectors, whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    delete,
    func,
    select,
)
from sqlalchemy.exc import DatabaseError

from ingest.articles import Article, Rejection
from ingest.dates import NewsDate, utc_now
from ingest.encoder import Vectors
from ingest.engines import LedgerUnusableError, make_engine, shown
from ingest.holdings import (
    Groups,
    Holdings,
    Quotable,
    groups_of,
    holdings_of,
    is_silent,
    quotable_at,
)
from ingest.pages import pages
from ingest.passages import Passage
from ingest.periods import Period
from ingest.schema import bring_up, is_up
from ingest.scope import Scope
from ingest.serving import KnownEncoder, hold_to_serving, known_encoder, serving_encoder
from ingest.stories import Copy, copies_of
from ingest.tables import (
    articles,
    changes,
    encoders,
    is_last,
    passages,
    rejections,
    vectors,
    versions,
)
from ingest.tracing import span
from ingest.versions import Kept, Named, Prepared, held_already, keep_version

_PAGE = 900  # values in one statement: SQLite takes 32,766, older ones 999


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage in the ledger, by its number and its article's."""

    number: int
    article: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger; any number of processes may have it open."""

    engine: Engine
    _counted: dict[int, Groups] = field(default_factory=dict, repr=False, compare=False)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that waits its turn and is kept whole or not at all."""
        with self.engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def beside(self) -> Iterator[Connection]:
        """The same for rows that no index follows: on a server it waits for nobody's turn."""
        waits = self.engine.dialect.name == "sqlite"
        options = {"write": waits}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def enrol_encoder(self, fingerprint: str, name: str, dimension: int) -> KnownEncoder:
        """The ledger's entry for an encoder, made when there is none."""
        row = {"fingerprint": fingerprint, "name": name, "dimension": dimension}
        with self.writing() as connection:
            known = known_encoder(connection, fingerprint)
            if known is None:
                connection.execute(encoders.insert().values(row))
                known = known_encoder(connection, fingerprint)
        if known is None:
            raise LedgerUnusableError("the ledger does not keep what is written to it")
        return known

    def encoders(self) -> list[KnownEncoder]:
        """Every encoder whose vectors the ledger holds, the last enrolled first."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(encoders).order_by(encoders.c.number.desc()))
            return [KnownEncoder(*row) for row in rows]

    def serving(self) -> KnownEncoder | None:
        """The encoder whose vectors answer questions; None as long as there are no vectors."""
        with self.engine.connect() as connection:
            return serving_encoder(connection)

    def unchanged(self, batch: Sequence[Article]) -> set[Named]:
        """Ids and fingerprints of those articles that the ledger holds word for word."""
        with self.engine.connect() as connection:
            return held_already(connection, batch)

    def keep(self, batch: Iterable[Prepared], encoder: KnownEncoder) -> list[Kept]:
        """Keep articles in one transaction: a new version replaces the passages of the last."""
        with self.writing() as connection:
            hold_to_serving(connection, encoder)
            return [keep_version(connection, prepared, encoder.number) for prepared in batch]

    def reject(self, found: Sequence[Rejection]) -> None:
        """Remember what could not be read; the last reason for a source replaces the one before."""
        with self.writing() as connection:
            for rejection in found:
                same = rejections.c.source == rejection.source
                connection.execute(delete(rejections).where(same))
                connection.execute(rejections.insert().values(**asdict(rejection), seen=utc_now()))

    def changes_after(self, sequence: int, most: int | None = None) -> tuple[list[int], int]:
        """Numbers of articles that changed after a point of the log, and how far that reaches."""
        query = select(changes).where(changes.c.sequence > sequence).order_by(changes.c.sequence)
        query = query.limit(most)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return sorted({row.article for row in rows}), rows[-1].sequence if rows else sequence

    def articles(self, numbers: Iterable[int]) -> dict[int, Article]:
        """The last versions of articles, by number."""
        query = select(articles.c.number, articles.c.id, versions)
        query = query.join_from(articles, versions, is_last)
        return {row[0]: article_of(row) for row in self._rows(query, articles.c.number, numbers)}

    def article_languages(self, ids: Iterable[str]) -> dict[str, str]:
        """Languages of the articles it holds, by id."""
        query = select(articles.c.id, versions.c.language).join_from(articles, versions, is_last)
        return {row.id: row.language for row in self._rows(query, articles.c.id, ids)}

    def copies_of(self, numbers: Iterable[int], now: datetime) -> dict[int, tuple[Copy, ...]]:
        """The stories of those articles that have copies, the original of each first."""
        found: dict[int, tuple[Copy, ...]] = {}
        with self.engine.connect() as connection:
            for page in pages(list(numbers), _PAGE):
                found |= copies_of(connection, page, now)
        return found

    def embargoed(self, numbers: Iterable[int], now: datetime) -> set[int]:
        """Those of some articles that may not be quoted yet."""
        query = select(articles.c.number, versions.c.embargo)
        held = query.join_from(articles, versions, is_last).where(versions.c.embargo.is_not(None))
        rows = self._rows(held, articles.c.number, numbers)
        return {row.number for row in rows if is_silent(row.embargo, now)}

    def article_numbers(self) -> list[int]:
        """Numbers of all articles, in the order they first came."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(articles.c.number).order_by(articles.c.number)))

    def passages(self, numbers: Iterable[int]) -> dict[int, KeptPassage]:
        """Passages by their number; those replaced since are left out."""
        rows = self._rows(select(passages), passages.c.number, numbers)
        return {row.number: _kept_passage(row) for row in rows}

    def passages_with_vectors(
        self, article_numbers: Iterable[int], encoder: KnownEncoder
    ) -> list[tuple[KeptPassage, Vectors]]:
        """Passages of some articles, each with its vector."""
        query = select(passages, vectors.c.vector).join(vectors)
        query = query.where(vectors.c.encoder == encoder.number)
        rows = self._rows(query, passages.c.article, article_numbers)
        return [(_kept_passage(row), np.frombuffer(row.vector, np.float16)) for row in rows]

    def vectors(self, numbers: Iterable[int], encoder: KnownEncoder) -> dict[int, Vectors]:
        """Vectors of some passages, by the passage's number."""
        query = select(vectors.c.passage, vectors.c.vector)
        query = query.where(vectors.c.encoder == encoder.number)
        rows = self._rows(query, vectors.c.passage, numbers)
        return {row.passage: np.frombuffer(row.vector, np.float16) for row in rows}

    def vector_count(self, encoder: KnownEncoder) -> int:
        """How many passages have a vector of this encoder."""
        query = select(func.count()).select_from(vectors)
        with self.engine.connect() as connection:
            return connection.scalar(query.where(vectors.c.encoder == encoder.number)) or 0

    def vectors_of(
        self, language: str, encoder: KnownEncoder, scope: Scope | None
    ) -> tuple[list[int], Vectors]:
        """Numbers and vectors, shape (passages, dimension), of every passage of one language."""
        query = select(vectors.c.passage, vectors.c.vector, versions.c.published)
        query = query.join(passages, vectors.c.passage == passages.c.number)
        query = query.join(articles, passages.c.article == articles.c.number)
        query = query.join(versions, is_last)
        query = query.where(versions.c.language == language, vectors.c.encoder == encoder.number)
        query = _within(query, scope)
        period = scope.period if scope else None
        with self.engine.connect() as connection:
            rows = [row for row in connection.execute(query) if _touches(period, row.published)]
        joined = np.frombuffer(b"".join(row.vector for row in rows), np.float16)
        return [row.passage for row in rows], joined.reshape(len(rows), encoder.dimension)

    def holdings(self) -> Holdings:
        """How much the archive holds, in which languages, up to when."""
        with self.engine.connect() as connection:
            return holdings_of(connection)

    @span("count")
    def quotable(self, now: datetime) -> Quotable:
        """The same of what may be quoted, counted again only when the log has gone on."""
        with self.engine.connect() as connection:
            last = connection.scalar(select(func.max(changes.c.sequence))) or 0
            groups = self._counted.get(last)
            if groups is None:
                groups = groups_of(connection)
                self._counted.clear()
                self._counted[last] = groups
        return quotable_at(groups, now)

    def _rows(
        self, query: Select[Any], column: ColumnElement[Any], values: Iterable[object]
    ) -> Iterator[Row[Any]]:
        """Rows where a column has one of some values, however many: all of one moment."""
        with self.engine.connect() as connection:
            for page in pages(list(values), _PAGE):
                yield from connection.execute(query.where(column.in_(page)))


@span("open ledger")
def open_ledger(address: str) -> Ledger:
    """Open the ledger at a SQLAlchemy address, or at a file's path, making it where none is."""
    ledger = Ledger(make_engine(address))
    try:
        with ledger.engine.connect() as connection:
            ready = is_up(connection)
        if not ready:
            with ledger.writing() as connection:
                bring_up(connection)
    except DatabaseError as error:
        where = shown(ledger.engine)
        raise LedgerUnusableError(f"cannot use the ledger {where}: {error.orig}") from error
    return ledger


def article_of(row: Row[*tuple[Any, ...]]) -> Article:
    """An article from a row of `versions` with its `id`."""
    fields = {name: row._mapping[name] for name in Article.__dataclass_fields__}
    dated = ("published", "updated", "embargo")
    dates = {name: fields[name] and NewsDate(fields[name]) for name in dated}
    return Article(**(fields | dates))


def _kept_passage(row: Row[Any]) -> KeptPassage:
    return KeptPassage(row.number, row.article, Passage(row.start, row.end))


def _within(query: Any, scope: Scope | None) -> Any:
    """A query over versions held to the outlets and kinds of a scope."""
    if scope and scope.outlets is not None:
        query = query.where(versions.c.outlet.in_(scope.outlets))
    if scope and scope.kinds is not None:
        query = query.where(versions.c.kind.in_(scope.kinds))
    return query


def _touches(period: Period | None, published: str | None) -> bool:
    return period is None or period.covers(NewsDate(published) if published else None)
