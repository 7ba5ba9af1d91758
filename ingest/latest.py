"""The newest articles of a ledger."""

from datetime import datetime
from itertools import islice

from sqlalchemy import select

from ingest.articles import Article
from ingest.holdings import is_silent
from ingest.ledger import Ledger
from ingest.tables import articles, is_last, versions


def latest_articles(ledger: Ledger, count: int, now: datetime) -> list[Article]:
    """Articles that may be quoted, the newest first; those without a date are left out."""
    query = select(articles.c.number, versions.c.embargo).join_from(articles, versions, is_last)
    query = query.where(versions.c.status != "withdrawn", versions.c.published.is_not(None))
    newest = query.order_by(versions.c.published.desc(), articles.c.number.desc())
    with ledger.engine.connect() as connection:
        rows = connection.execution_options(yield_per=count).execute(newest)
        free = (row.number for row in rows if not is_silent(row.embargo, now))
        numbers = list(islice(free, count))
    found = ledger.articles(numbers)
    return [found[number] for number in numbers]
