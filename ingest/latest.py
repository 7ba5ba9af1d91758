"""The newest articles of a ledger."""

from sqlalchemy import select

from ingest.articles import Article
from ingest.ledger import Ledger
from ingest.tables import articles, versions


def latest_articles(ledger: Ledger, count: int) -> list[Article]:
    """Articles not withdrawn, the newest first; those without a date are left out."""
    query = select(articles.c.number).join_from(
        articles, versions, articles.c.version == versions.c.number
    )
    query = query.where(versions.c.status != "withdrawn", versions.c.published.is_not(None))
    newest = query.order_by(versions.c.published.desc(), articles.c.number.desc()).limit(count)
    with ledger.engine.connect() as connection:
        numbers = list(connection.scalars(newest))
    found = ledger.articles(numbers)
    return [found[number] for number in numbers]
