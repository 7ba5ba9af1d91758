"""What operators add while the server runs: one after the other, each with its progress."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock, Thread
from typing import Literal
from uuid import uuid4

from assistant.settings import Settings
from ingest.addresses import Allowed
from ingest.archive import Archive
from ingest.articles import Rejection
from ingest.feeds import try_feed
from ingest.intake import Progress, Report, Source, ingest_paths
from ingest.readers import ReadingOptions
from ingest.uploads import Upload, plain_name, upload_source

log = logging.getLogger(__name__)

State = Literal["waiting", "reading", "done", "failed"]
Open = Callable[[], Source]  # what is to be read, fetched when its turn has come

_WAITING = 200  # that may wait at once
_SHOWN = 50  # that are remembered


class TooManyError(Exception):
    """So many additions wait that no more are taken."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Something added, and how far it has come."""

    number: int
    name: str  # of the file, or its address
    state: State = "waiting"
    articles: int = 0  # read so far
    report: Report | None = None
    incident: str = ""  # where it failed: what the log says more of

    @property
    def running(self) -> bool:
        """Whether it has not come to its end."""
        return self.state in ("waiting", "reading")


@dataclass(slots=True)
class Additions:
    """Additions in the order they came; a thread reads them as long as there are any."""

    archive: Archive
    settings: Settings
    place: Path
    _listed: list[Addition] = field(default_factory=list)
    _sources: dict[int, tuple[Open, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def reserve(self, said: str) -> Upload:
        """Where a file may be written that a browser calls so."""
        name = plain_name(said)
        folder = self.place / token_urlsafe(9)
        folder.mkdir(parents=True)
        return Upload(folder / name, upload_source(name))

    def add_file(self, upload: Upload, outlet: str) -> None:
        """Read a file that has arrived, then delete it."""
        self._add(upload.path.name, lambda: upload, outlet)

    def add_feed(self, url: str, outlet: str) -> None:
        """Fetch a feed, if its host is allowed, and read it."""
        allowed = Allowed(self.settings.feed_hosts)
        self._add(url, partial(try_feed, url, allowed), outlet)

    def listed(self) -> list[Addition]:
        """The last ones, the newest first."""
        with self._lock:
            return self._listed[::-1]

    def _add(self, name: str, opened: Open, outlet: str) -> None:
        with self._lock:
            if len(self._sources) >= _WAITING:
                raise TooManyError
            number = self._listed[-1].number + 1 if self._listed else 1
            self._sources[number] = opened, outlet
            ended = [each for each in self._listed if not each.running][:-_SHOWN]
            kept = [each for each in self._listed if each not in ended]
            self._listed = [*kept, Addition(number, name)]
            if self._thread is None:
                self._thread = Thread(target=self._read_all, name="additions", daemon=True)
                self._thread.start()

    def _read_all(self) -> None:
        while number := self._next():
            opened, outlet = self._sources[number]
            self._change(number, state="reading")
            try:
                report = self._read(number, opened, outlet)
            except Exception:  # the next one may succeed; this one's cause is in the log
                incident = uuid4().hex[:8]
                log.exception("incident %s", incident)
                self._change(number, state="failed", incident=incident)
            else:
                self._change(number, state="done", report=report)

    def _next(self) -> int | None:
        """The number of the first that waits; without one the thread ends."""
        with self._lock:
            waiting = [each.number for each in self._listed if each.state == "waiting"]
            self._sources = {number: self._sources[number] for number in waiting}
            if not waiting:
                self._thread = None
            return waiting[0] if waiting else None

    def _read(self, number: int, opened: Open, outlet: str) -> Report:
        source = opened()
        try:
            return self._ingest(source, outlet, lambda step: self._follow(number, step))
        finally:
            if isinstance(source, Upload):
                shutil.rmtree(source.path.parent, ignore_errors=True)

    def _ingest(self, source: Source, outlet: str, notify: Callable[[Progress], None]) -> Report:
        report = ingest_paths(
            [source],
            self.settings.site,
            opener=lambda: self.archive.encoder,
            outlet=outlet,
            notify=notify,
            options=ReadingOptions(self.settings.map),
        )
        fields = {"source": _name_of(source), "added": report.added, "updated": report.updated}
        log.info("added by an operator", extra={"fields": fields})
        return report

    def _follow(self, number: int, step: Progress) -> None:
        self._change(number, articles=step.articles)

    def _change(self, number: int, **changes: object) -> None:
        with self._lock:
            self._listed = [
                replace(each, **changes) if each.number == number else each  # type: ignore[arg-type]
                for each in self._listed
            ]


def open_additions(archive: Archive, settings: Settings) -> Additions:
    """No additions yet; what a killed server left half arrived is thrown away."""
    place = settings.archive / "uploads"
    shutil.rmtree(place, ignore_errors=True)
    return Additions(archive, settings, place)


def _name_of(source: Source) -> str:
    if isinstance(source, Upload | Rejection):
        return source.source
    return str(source) if isinstance(source, Path) else source.url
