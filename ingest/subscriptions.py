"""Feeds on a schedule: asked for what has changed since what they held was kept."""

import json
from collections.abc import Callable, Sequence
from threading import Event

from sqlalchemy import delete, select

from ingest.addresses import Allowed
from ingest.articles import Rejection
from ingest.feeds import Fetched, try_feed
from ingest.ledger import Ledger
from ingest.tables import facts


def poll_feeds(
    urls: Sequence[str],
    allowed: Allowed,
    take: Callable[[Fetched | Rejection], bool],
    *,
    ledger: Ledger,
    every: float,
    stop: Event,
) -> None:
    """Fetch feeds every so many seconds until `stop` is set, and hand on what has changed.

    `take` says whether it was kept: else all of it is asked for again next time. Without allowed
    hosts nothing is asked.
    """
    while not stop.is_set():
        for url in urls:
            found = try_feed(url, allowed, recall(ledger, url))
            if isinstance(found, Rejection):
                take(found)
            elif not found.unchanged and take(found):
                remember(ledger, found)
            if stop.is_set():
                return
        stop.wait(every)


def remember(ledger: Ledger, found: Fetched) -> None:
    """Note what to ask a feed with next time, once what it held is kept."""
    name = _fact(found.url)
    value = json.dumps({"etag": found.etag, "modified": found.modified})
    with ledger.writing() as connection:
        connection.execute(delete(facts).where(facts.c.name == name))
        connection.execute(facts.insert().values(name=name, value=value))


def recall(ledger: Ledger, url: str) -> Fetched | None:
    """What a feed answered when it was last kept."""
    with ledger.engine.connect() as connection:
        value = connection.scalar(select(facts.c.value).where(facts.c.name == _fact(url)))
    return Fetched(url, b"", **json.loads(value)) if value else None


def _fact(url: str) -> str:
    return f"feed {url}"
