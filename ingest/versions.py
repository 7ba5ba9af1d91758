"""A new version of an article takes the place of the last; all of them are kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, delete, func, select, update

from ingest.articles import Article
from ingest.dates import NewsDate, utc_now
from ingest.encoder import Vectors
from ingest.passages import Passage
from ingest.sameness import find_same, surely_older
from ingest.stories import find_copies, place_in_story
from ingest.tables import articles, changes, is_last, passages, vectors, versions

Outcome = Literal["added", "updated", "unchanged", "withdrawn"]
Named = tuple[str, str]  # an article's id and fingerprint


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be kept: its passages, and a vector for each."""

    article: Article
    passages: tuple[Passage, ...]
    vectors: tuple[Vectors, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article."""

    outcome: Outcome
    copied: bool = False  # the archive holds another article that is a copy of it


def keep_version(connection: Connection, prepared: Prepared, encoder: int) -> Kept:
    """Write an article into the ledger, unless it is there word for word."""
    article = prepared.article
    if held_already(connection, [article]):
        return Kept("unchanged")
    likeness = find_copies(connection, article)
    number = _number_given(connection, article.id) or find_same(connection, article, likeness)
    if number and surely_older(article, _stamp_of_last(connection, number)):
        _insert_version(connection, article, number)
        return Kept("unchanged")  # what the archive answers from
    outcome: Outcome = "updated" if number else "added"
    number = number or _insert(connection, articles, id=article.id, version=0)
    version = _insert_version(connection, article, number)
    current = update(articles).where(articles.c.number == number)
    connection.execute(current.values(version=version))
    _replace_passages(connection, prepared, number, encoder)
    copied = place_in_story(connection, number, likeness)
    connection.execute(changes.insert().values(article=number))
    return Kept(outcome if article.quotable else "withdrawn", copied)


def held_already(connection: Connection, batch: Sequence[Article]) -> set[Named]:
    """Those of some articles that say nothing new: held as the last version, or known and older.

    A version that was followed by another counts as new only when it comes alone: a file edited
    back is new, a file that holds both versions is not.
    """
    columns = (versions.c.given, versions.c.fingerprint, versions.c.published, versions.c.updated)
    query = select(*columns).where(versions.c.given.in_({article.id for article in batch}))
    rows = connection.execute(query.order_by(versions.c.number)).all()
    known = {(row.given, row.fingerprint) for row in rows}
    last = {row.given: row for row in rows}
    named = {(article.id, article.fingerprint): article for article in batch}
    current = {given for given, row in last.items() if (given, row.fingerprint) in named}
    return {
        name
        for name, article in named.items()
        if name in known
        and (article.id in current or surely_older(article, _stamp(last[article.id])))
    }


def _number_given(connection: Connection, article_id: str) -> int | None:
    """The article that some version came for under this id."""
    query = select(versions.c.article).where(versions.c.given == article_id)
    return connection.scalar(query.order_by(versions.c.number.desc()).limit(1))


def _stamp_of_last(connection: Connection, number: int) -> NewsDate | None:
    query = select(versions.c.published, versions.c.updated).join(articles, is_last)
    return _stamp(connection.execute(query.where(articles.c.number == number)).one())


def _stamp(row: Row[*tuple[Any, ...]]) -> NewsDate | None:
    printed = row.updated or row.published
    return NewsDate(printed) if printed else None


def _insert(connection: Connection, table: Table, **values: Any) -> int:
    key: Any = connection.execute(table.insert().values(values)).inserted_primary_key
    return int(key[0])


def _insert_version(connection: Connection, article: Article, number: int) -> int:
    fields = asdict(article) | {
        "published": article.published and str(article.published),
        "updated": article.updated and str(article.updated),
        "embargo": article.embargo and str(article.embargo),
    }
    given = fields.pop("id")
    held = select(func.max(versions.c.ordinal)).where(versions.c.article == number)
    known = {
        "article": number,
        "ordinal": (connection.scalar(held) or 0) + 1,
        "given": given,
        "fingerprint": article.fingerprint,
        "seen": utc_now(),
    }
    return _insert(connection, versions, **known, **fields)


def _replace_passages(
    connection: Connection, prepared: Prepared, number: int, encoder: int
) -> None:
    connection.execute(delete(passages).where(passages.c.article == number))
    if not prepared.passages or not prepared.article.quotable:
        return
    spans = [{"article": number, **asdict(passage)} for passage in prepared.passages]
    made = passages.insert().returning(passages.c.number, sort_by_parameter_order=True)
    numbers = connection.scalars(made, spans).all()
    rows = [
        {"passage": passage, "encoder": encoder, "vector": vector.tobytes()}
        for passage, vector in zip(numbers, prepared.vectors, strict=True)
    ]
    connection.execute(vectors.insert(), rows)
