"""From sources to the ledger: read, cut, encode, keep, in batches that are whole or not there."""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.archive import create_folder, matching_encoder, opened_served, owned_index
from ingest.articles import Article, Rejection, Remark
from ingest.dates import utc_now
from ingest.encoder import Encoder
from ingest.encoder.tongues import reads
from ingest.feeds import Fetched
from ingest.ledger import Ledger
from ingest.memory import give_back_memory
from ingest.patience import patiently
from ingest.preparing import Engine, Here, OpenEngine, new_among
from ingest.readers import (
    AS_NAMED,
    ReadingOptions,
    find_files,
    read_as,
    read_content,
    read_file,
    whole_path,
)
from ingest.rejected import strike_off
from ingest.runs import Run, remember_run
from ingest.site import Where
from ingest.tracing import span
from ingest.uploads import Upload

log = logging.getLogger(__name__)

# A file or folder, what an address gave or why it didn't, what a browser sent.
Source = Path | Fetched | Upload | Rejection

Read = tuple[int, Article | Rejection]  # with the number of the source it is from

_BATCH = 64  # articles kept in one transaction


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come."""

    files_done: int
    files: int
    articles: int  # read, those left out included
    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, and what the archive holds since."""

    added: int
    updated: int
    unchanged: int
    copies: int  # of those written, how many have copies in the archive
    withdrawn: int
    rejected: tuple[Rejection, ...]
    remarks: tuple[Remark, ...]  # on those written
    articles: int
    passages: int
    seconds: float
    indexed: bool  # False: the running server does that

    @property
    def run(self) -> Run:
        """The same in numbers, with the moment."""
        return Run(
            ended=utc_now().isoformat(timespec="seconds"),
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            withdrawn=self.withdrawn,
            rejected=len(self.rejected),
            seconds=self.seconds,
        )


@span("ingest")
def ingest_paths(
    sources: Sequence[Source],
    archive: Where,
    *,
    opener: Callable[[], Encoder],
    outlet: str,
    notify: Callable[[Progress], None],
    options: ReadingOptions = AS_NAMED,
    engine: OpenEngine | None = None,
) -> Report:
    """Bring the articles of sources into an archive; what it holds already is skipped.

    `engine` is given the ledger, what opens an encoder anywhere, and the one that is open here.
    """
    found = list(_files_of(sources))
    started, began = time.monotonic(), utc_now()
    ledger = create_folder(archive)
    tally = _Tally()
    encoder = cache(opener)  # opened when something is new
    records = _read(found, outlet, options)
    with engine(ledger, opener, encoder) if engine else nullcontext(Here(encoder)) as working:
        for files_done in _Intake(ledger, encoder, working, tally).take_all(records):
            seconds = time.monotonic() - started
            notify(Progress(files_done, len(found), tally.articles, tally.passages, seconds))
    patiently(ledger, lambda: strike_off(ledger, _tried(sources, found), began))
    indexed = patiently(ledger, lambda: _index(archive, ledger))
    report = _report(ledger, tally, seconds=round(time.monotonic() - started, 3), indexed=indexed)
    patiently(ledger, lambda: remember_run(ledger, report.run))
    return report


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    articles: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class _Intake:
    """Where a run takes articles, by which engine, and how far it has come."""

    ledger: Ledger
    encoder: Callable[[], Encoder]
    engine: Engine
    tally: _Tally

    def take_all(self, records: Iterator[Read]) -> Iterator[int]:
        """Take in a batch at a time, in the order they are read; how many files are done."""
        begun: deque[tuple[int, list[Article | Rejection], Any]] = deque()
        while batch := _next_batch(records):
            items = [item for _, item in batch]
            begun.append((batch[-1][0], items, self.engine.begin(_articles(items))))
            while len(begun) > self.engine.ahead:
                yield self._take(*begun.popleft())
        while begun:
            yield self._take(*begun.popleft())

    def _take(self, files_done: int, batch: Sequence[Article | Rejection], begun: Any) -> int:
        """Keep what is new of a batch in one transaction, and note what could not be read."""
        refused = [item for item in batch if isinstance(item, Rejection)]
        articles, ledger, tally = _articles(batch), self.ledger, self.tally
        fresh = patiently(ledger, lambda: new_among(ledger, articles))
        tally.outcomes["unchanged"] += len(articles) - len(fresh)
        if fresh:
            self._keep(fresh, begun)
            give_back_memory()
        patiently(ledger, lambda: ledger.reject(refused))
        tally.rejected += refused
        tally.articles += len(batch)
        return files_done

    def _keep(self, fresh: Sequence[Article], begun: Any) -> None:
        ledger, encoder, tally = self.ledger, self.encoder, self.tally
        _warn_of_unread(encoder(), frozenset(article.language for article in fresh))
        with span("encode", articles=len(fresh)):
            prepared = self.engine.end(begun, fresh)
        known = patiently(ledger, lambda: matching_encoder(ledger, encoder()))
        passages = sum(len(each.passages) for each in prepared)
        with span("keep", articles=len(fresh), passages=passages):
            kept = patiently(ledger, lambda: ledger.keep(prepared, known))
        tally.outcomes.update(each.outcome for each in kept)
        tally.outcomes["copies"] += sum(each.copied for each in kept)
        tally.passages += passages
        tally.remarks += [Remark(each.source, each.remarks) for each in fresh if each.remarks]


@span("read")
def _next_batch(records: Iterator[Read]) -> list[Read]:
    return list(islice(records, _BATCH))


def _articles(items: Sequence[Article | Rejection]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


@cache
def _warn_of_unread(encoder: Encoder, languages: frozenset[str]) -> None:
    for language in sorted(languages):
        if not reads(encoder, language):
            log.warning(
                "The encoder %r does not read %r: questions will hardly find these articles. "
                "The one in the box does: leave the setting `encoder` empty.",
                encoder.name,
                language,
            )


def _read(found: Sequence[Source], outlet: str, options: ReadingOptions) -> Iterator[Read]:
    for number, source in enumerate(found, start=1):
        yield from ((number, item) for item in _items(source, outlet, options))


def _items(source: Source, outlet: str, options: ReadingOptions) -> Iterable[Article | Rejection]:
    if isinstance(source, Rejection):
        return [source]
    if isinstance(source, Fetched):
        return read_content(source.content, source.url, outlet, options)
    if isinstance(source, Upload):
        return read_as(source.path, source.source, outlet, options)
    return read_file(source, outlet, options)


def _files_of(sources: Sequence[Source]) -> Iterator[Source]:
    for source in sources:
        yield from find_files([source]) if isinstance(source, Path) else [source]


def _tried(named: Sequence[Source], found: Sequence[Source]) -> Iterator[Path | str]:
    """Everything that was tried, as the list names it; what failed again is on it since."""
    for source in (*named, *found):
        if isinstance(source, Path):
            yield whole_path(source)
        elif isinstance(source, Fetched):
            yield source.url
        elif isinstance(source, Upload):
            yield source.source


@span("index")
def _index(archive: Where, ledger: Ledger) -> bool:
    """Bring the indexes up to the ledger, unless a running server owns them and will."""
    known = ledger.serving()
    if known is None:
        return True
    with owned_index(archive, ledger, known) as index, opened_served(archive, ledger, known):
        return index is not None  # opening is what brings them up to date


def _report(ledger: Ledger, tally: _Tally, **rest: Any) -> Report:
    held = patiently(ledger, ledger.holdings)
    return Report(
        added=tally.outcomes["added"],
        updated=tally.outcomes["updated"],
        unchanged=tally.outcomes["unchanged"],
        copies=tally.outcomes["copies"],
        withdrawn=tally.outcomes["withdrawn"],
        rejected=tuple(tally.rejected),
        remarks=tuple(tally.remarks),
        articles=held.articles,
        passages=held.passages,
        **rest,
    )
