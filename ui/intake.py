"""depeche ingest: sources into the archive, with a bar and a report."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

import click

from assistant.settings import Settings
from ingest.addresses import Allowed
from ingest.archive import existing_ledger
from ingest.encoder import open_encoder
from ingest.feeds import try_feed
from ingest.intake import Source, ingest_paths
from ingest.preparing import OpenEngine
from ingest.readers import ReadingOptions
from ingest.rejected import addresses_to_retry, paths_to_retry, strike_off_gone
from ingest.tracing import sending
from ui.terminal import show_report, showing_progress


def sources_of(words: Sequence[str], settings: Settings) -> list[Source]:
    """Files and folders named, and what the addresses named hold."""
    allowed = Allowed(settings.feed_hosts)
    return [try_feed(each, allowed) if is_address(each) else Path(each) for each in words]


def is_address(word: str) -> bool:
    """Whether it names a feed and not a file."""
    return word.lower().startswith(("http://", "https://"))


def bring_in(
    sources: Sequence[Source],
    settings: Settings,
    outlet: str,
    *,
    as_json: bool,
    engine: OpenEngine | None = None,
) -> int:
    """Ingest and report; how many articles could be read."""
    opener = partial(open_encoder, settings.encoder)
    with sending(settings.traces), showing_progress() as notify:
        report = ingest_paths(
            sources,
            settings.site,
            opener=opener,
            outlet=outlet,
            notify=notify,
            options=ReadingOptions(settings.map),
            engine=engine,
        )
    show_report(report, as_json=as_json)
    return report.added + report.updated + report.unchanged + report.withdrawn


def engine_named(name: str, workers: int | None) -> OpenEngine | None:
    """What encodes: None for this process."""
    if name == "local":
        return None
    from ingest.cluster import opened_cluster

    return partial(opened_cluster, workers=workers)


def left_out(settings: Settings) -> list[str]:
    """The files and addresses that could not be read before; what is gone leaves their list."""
    ledger = existing_ledger(settings.site)
    for gone in strike_off_gone(ledger):
        click.echo(f"gone      {gone}", err=True)
    return [*map(str, paths_to_retry(ledger)), *addresses_to_retry(ledger)]


def watch_folders(words: Sequence[str], settings: Settings, outlet: str, *, as_json: bool) -> None:
    """Ingest, and go on with what comes into the folders, until the process is stopped."""
    from ingest.watching import watch_paths

    sources = sources_of(words, settings)
    bring = partial(bring_in, settings=settings, outlet=outlet, as_json=as_json)
    if fetched := [each for each in sources if not isinstance(each, Path)]:
        bring(fetched)
    watched = [each for each in sources if isinstance(each, Path)]
    click.echo(f"Watching {', '.join(map(str, watched))} until Ctrl-C.", err=True)
    watch_paths(watched, bring, stop=Event())
