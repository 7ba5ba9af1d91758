"""An article as an answer read it, however often it changed since."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from ingest.articles import Article
from ingest.history import versions_of
from ingest.ledger import Ledger
from ingest.stories import Copy
from ingest.tables import articles


@dataclass(frozen=True, slots=True)
class Cited:
    """One version of an article that the archive still answers from."""

    article: Article
    current: bool  # nothing replaced it since


def words_hash(text: str) -> str:
    """What tells one wording of an article from another."""
    return sha256(text.encode()).hexdigest()[:16]


def cited_article(ledger: Ledger, article_id: str, words: str, now: datetime) -> Cited | None:
    """The version with these words, the last one where there is none.

    None where the article was withdrawn or forgotten, or may not be quoted yet.
    """
    versions = versions_of(ledger, article_id)
    last = next((each.article for each in versions if each.current), None)
    if last is None or not last.quotable or last.under_embargo(now):
        return None
    same = [each.article for each in versions if words_hash(each.article.text) == words]
    if not same or words_hash(last.text) == words:
        return Cited(last, current=True)
    return Cited(same[-1], current=False)


def other_copies(ledger: Ledger, article_id: str, now: datetime) -> tuple[Copy, ...]:
    """The other articles of its story."""
    with ledger.engine.connect() as connection:
        number = connection.scalar(select(articles.c.number).where(articles.c.id == article_id))
    story = ledger.copies_of([number], now).get(number, ()) if number else ()
    return tuple(copy for copy in story if copy.number != number)
