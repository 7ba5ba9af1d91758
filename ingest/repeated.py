"""Stories that an archive holds more than once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from ingest.ledger import Ledger
from ingest.tables import articles, is_last, stories, versions


@dataclass(frozen=True, slots=True)
class Repeated:
    """A story with copies: one of its titles, and who printed it."""

    title: str
    language: str
    articles: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copying:
    """How much of an archive is copies."""

    stories: int  # with more than one article
    articles: int  # in those
    most: tuple[Repeated, ...]  # the most copied


def count_copying(ledger: Ledger, shown: int) -> Copying:
    """Count stories with copies, and name those with most of them."""
    count = func.count().label("articles")
    several = select(stories.c.story, count).group_by(stories.c.story).having(count > 1)
    ordered = several.order_by(count.desc(), stories.c.story)
    with ledger.engine.connect() as connection:
        found = connection.execute(ordered).all()
    most = tuple(_describe(ledger, row.story) for row in found[:shown])
    return Copying(len(found), sum(row.articles for row in found), most)


def _describe(ledger: Ledger, story: int) -> Repeated:
    query = select(versions.c.title, versions.c.outlet, versions.c.language)
    query = query.join_from(articles, versions, is_last)
    query = query.join(stories, stories.c.article == articles.c.number)
    earliest = query.where(stories.c.story == story).order_by(versions.c.published)
    with ledger.engine.connect() as connection:
        rows = connection.execute(earliest).all()
    outlets = dict.fromkeys(row.outlet for row in rows if row.outlet)
    return Repeated(rows[0].title, rows[0].language, len(rows), tuple(outlets))
