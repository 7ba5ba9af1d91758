"""What an article said before: its versions, and what changed from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Literal

from sqlalchemy import select

from ingest.articles import Article
from ingest.ledger import Ledger, article_of
from ingest.sentences import split_sentences
from ingest.tables import articles, versions

_SHOWN = ("title", "published", "updated", "byline", "status", "note", "embargo", "kind", "url")


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it was read once."""

    ordinal: int  # 1 is the first that was seen
    seen: datetime
    current: bool  # the archive answers from it
    given: str  # the id it came with
    article: Article


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that went or came, or a field with what stood there before."""

    change: Literal["removed", "added", "field"]
    text: str
    before: str = ""
    field: str = ""


def versions_of(ledger: Ledger, article_id: str) -> list[Version]:
    """Every version of an article by any id it came with, in the order they were seen."""
    mine = select(versions.c.article).where(versions.c.given == article_id)
    latest = mine.order_by(versions.c.number.desc()).limit(1).scalar_subquery()
    query = select(articles.c.id, articles.c.version, versions).join_from(
        versions, articles, versions.c.article == articles.c.number
    )
    query = query.where(versions.c.article == latest).order_by(versions.c.ordinal)
    with ledger.engine.connect() as connection:
        rows = connection.execute(query).all()
    return [
        Version(
            row.ordinal,
            seen=_aware(row.seen),
            current=row.number == row.version,
            given=row.given,
            article=article_of(row),
        )
        for row in rows
    ]


def compare_versions(old: Article, new: Article) -> list[Change]:
    """What changed: the fields a reader sees, then sentence by sentence in the new order."""
    return [*_field_changes(old, new), *_sentence_changes(old.text, new.text)]


def _field_changes(old: Article, new: Article) -> Iterator[Change]:
    for name in _SHOWN:
        before, after = (str(getattr(each, name) or "") for each in (old, new))
        if before != after:
            yield Change("field", after, before, name)


def _sentence_changes(old: str, new: str) -> Iterator[Change]:
    before, after = (_sentences(text) for text in (old, new))
    for change, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change != "equal":
            yield from (Change("removed", sentence) for sentence in before[i:j])
            yield from (Change("added", sentence) for sentence in after[k:m])


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in split_sentences(text)]


def _aware(seen: datetime) -> datetime:
    """SQLite forgets the zone that every moment in the ledger has."""
    return seen if seen.tzinfo else seen.replace(tzinfo=UTC)
