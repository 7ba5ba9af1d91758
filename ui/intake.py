"""depeche ingest: sources into the archive, with a bar and a report."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from assistant.settings import Settings
from ingest.archive import create_folder
from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from ingest.readers import ReadingOptions
from ingest.rejected import paths_to_retry
from ui.terminal import show_report, showing_progress


def bring_in(paths: Sequence[Path], settings: Settings, outlet: str, *, as_json: bool) -> int:
    """Ingest and report; how many articles could be read."""
    opener = partial(open_encoder, settings.encoder)
    with showing_progress() as notify:
        report = ingest_paths(
            paths,
            settings.archive,
            opener=opener,
            outlet=outlet,
            notify=notify,
            options=ReadingOptions(settings.map),
        )
    show_report(report, as_json=as_json)
    return report.added + report.updated + report.unchanged + report.withdrawn


def left_out(settings: Settings) -> list[Path]:
    """The files that could not be read before."""
    return paths_to_retry(create_folder(settings.archive))


def watch_folders(paths: Sequence[Path], settings: Settings, outlet: str, *, as_json: bool) -> None:
    """Ingest, and go on with what comes, until the process is stopped."""
    from ingest.watching import watch_paths

    watch_paths(paths, lambda fresh: _bring(fresh, settings, outlet, as_json), stop=Event())


def _bring(paths: Sequence[Path], settings: Settings, outlet: str, as_json: bool) -> None:
    bring_in(paths, settings, outlet, as_json=as_json)
