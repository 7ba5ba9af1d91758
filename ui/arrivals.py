"""What comes while the server runs: into the folders it watches, and on the feeds it reads."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

from ingest.addresses import Allowed
from ingest.archive import Archive
from ingest.intake import Source, ingest_paths
from ingest.readers import ReadingOptions
from ui.settings import ServerSettings

log = logging.getLogger(__name__)

Take = Callable[[Sequence[Source]], bool]


@contextmanager
def arriving(archive: Archive, settings: ServerSettings) -> Iterator[None]:
    """Ingest what comes for as long as the block lasts; `following` lets questions find it."""
    ending = Event()
    take = partial(_take, archive, settings)
    watch = partial(_watch, settings, take, ending)
    poll = partial(_poll, archive, settings, take, ending)
    wanted = {"watch": (watch, settings.watch), "feeds": (poll, settings.feeds)}
    threads = [
        Thread(target=run, name=name, daemon=True) for name, (run, asked) in wanted.items() if asked
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def _watch(settings: ServerSettings, take: Take, ending: Event) -> None:
    from ingest.watching import watch_paths

    watch_paths(settings.watch, take, stop=ending)


def _poll(archive: Archive, settings: ServerSettings, take: Take, ending: Event) -> None:
    from ingest.subscriptions import poll_feeds

    poll_feeds(
        settings.feeds,
        Allowed(settings.feed_hosts),
        lambda found: take([found]),
        ledger=archive.ledger,
        every=60 * settings.feed_minutes,
        stop=ending,
    )


def _take(archive: Archive, settings: ServerSettings, sources: Sequence[Source]) -> bool:
    """Ingest, and log what could not be read; whether the rest is kept."""
    try:
        report = ingest_paths(
            sources,
            settings.site,
            opener=lambda: archive.encoder,
            outlet="",
            notify=lambda step: None,
            options=ReadingOptions(settings.map),
        )
    except Exception:  # a full disk must not end the watch
        log.exception("could not ingest what came")
        return False
    for each in report.rejected:
        log.warning("left out %s: %s", each.source, each.reason)
    return True
