"""A new version of an article takes the place of the last; all of them are kept."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, delete, select, update

from ingest.articles import Article
from ingest.dates import utc_now
from ingest.encoder import Vectors
from ingest.passages import Passage
from ingest.tables import articles, changes, passages, vectors, versions

Outcome = Literal["added", "updated", "unchanged", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be kept: its passages, and a vector for each."""

    article: Article
    passages: tuple[Passage, ...]
    vectors: tuple[Vectors, ...]


def keep_version(connection: Connection, prepared: Prepared, encoder: int) -> Outcome:
    """Write an article into the ledger, unless it is there word for word."""
    article = prepared.article
    last = _last_version(connection, article.id)
    if last and last.fingerprint == article.fingerprint:
        return "unchanged"
    number = last.article if last else _insert(connection, articles, id=article.id, version=0)
    version = _insert_version(connection, article, number, last.ordinal + 1 if last else 1)
    current = update(articles).where(articles.c.number == number)
    connection.execute(current.values(version=version))
    _replace_passages(connection, prepared, number, encoder)
    connection.execute(changes.insert().values(article=number))
    if not article.quotable:
        return "withdrawn"
    return "updated" if last else "added"


def _last_version(connection: Connection, article_id: str) -> Row[Any, Any, Any] | None:
    columns = (versions.c.article, versions.c.ordinal, versions.c.fingerprint)
    query = select(*columns).join(articles, articles.c.version == versions.c.number)
    return connection.execute(query.where(articles.c.id == article_id)).first()


def _insert(connection: Connection, table: Table, **values: Any) -> int:
    key: Any = connection.execute(table.insert().values(values)).inserted_primary_key
    return int(key[0])


def _insert_version(connection: Connection, article: Article, number: int, ordinal: int) -> int:
    fields = asdict(article) | {
        "published": article.published and str(article.published),
        "updated": article.updated and str(article.updated),
        "embargo": article.embargo and str(article.embargo),
    }
    del fields["id"]
    known = {"article": number, "ordinal": ordinal, "seen": utc_now()}
    return _insert(connection, versions, fingerprint=article.fingerprint, **known, **fields)


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
