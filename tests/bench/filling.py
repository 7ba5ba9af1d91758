"""An archive of generated passages, filled or asked, as tests.bench.capacity wants it."""

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.assistant import EVIDENCE, Assistant
from ingest.archive import create_folder, opened_archive
from ingest.encoder import Encoder, open_encoder
from ingest.footprint import disk_by_part, held_memory
from ingest.ledger import Ledger
from ingest.site import ChromaAddress, Site
from ingest.tracing import listening
from tests.bench.corpus import QUESTIONS, generated, texts
from tests.bench.crowd import vitals_of
from tests.bench.retrieval import ASKED, TODAY, WARMING, Figures, batches, milliseconds, spread

_BATCH = 64  # articles kept at once, as an ingest does
_ENDS = 0.1  # of the passages, which count as the start and as the end
_PARTS = {"index meaning": "meaning", "index words": "words"}
_STAGES = ("encode", "search by meaning", "search by words", "look up", "fuse", "count")


@dataclass(frozen=True, slots=True)
class Step:
    """Some passages brought into a part of an archive."""

    passages: int
    processor: float  # seconds, of this process and of a Chroma server


@dataclass(slots=True)
class Meter:
    """Seconds of the processor since it was asked last."""

    server: int  # number of a Chroma server's process, 0 where there is none
    seen: float = 0.0

    def take(self) -> float:
        """Seconds since the last time."""
        worked = time.process_time() + (vitals_of(self.server).processor if self.server else 0)
        taken, self.seen = worked - self.seen, worked
        return taken


def encode(_site: Site, articles: int, _server: int) -> Figures:
    """Passages that the encoder in the box takes in a second of the processor."""
    encoder, passages = open_encoder(""), texts(articles)
    encoder.encode_passages(passages[:8])
    began = time.process_time()
    encoder.encode_passages(passages)
    return {"passages": len(passages) / (time.process_time() - began)}


def fill(site: Site, passages: int, server: int) -> Figures:
    """Fill an archive: passages a second of processor in each part, at the start and the end."""
    encoder, steps = open_encoder(""), defaultdict[str, list[Step]](list)
    ledger, meter = create_folder(site), Meter(server)

    def note(part: str, brought: int) -> None:
        steps[part].append(Step(brought, meter.take()))
        print(part, sum(step.passages for step in steps[part]), steps[part][-1], file=sys.stderr)

    def hear(span: Any) -> None:
        if part := _PARTS.get(span.name):
            note(part, span.attributes["passages"])

    if ledger.serving() is None:
        _keep(ledger, passages, encoder, partial(note, "ledger"), meter)
    meter.take()
    with listening(hear), opened_archive(site, lambda: encoder):
        pass  # opening is what fills the indexes
    articles = {"articles": float(len(ledger.article_numbers()))}
    rates = {f"{part} {end}": rate for part, taken in steps.items() for end, rate in _rates(taken)}
    disk = {f"disk {part}": float(size) for part, size in disk_by_part(site, ledger).items()}
    return articles | rates | disk


def _keep(
    ledger: Ledger, passages: int, encoder: Encoder, note: Callable[[int], None], meter: Meter
) -> None:
    known = ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)
    for batch in batches(generated(passages, encoder.dimension), _BATCH):
        meter.take()  # what generating them took
        ledger.keep(batch, known)
        note(sum(len(one.passages) for one in batch))


def _rates(steps: Sequence[Step]) -> list[tuple[str, float]]:
    """Passages a second among the first and the last of them."""
    least = _ENDS * sum(step.passages for step in steps)
    return [("start", _rate(steps, least)), ("end", _rate(steps[::-1], least))]


def _rate(steps: Sequence[Step], least: float) -> float:
    passages = seconds = 0.0
    for step in steps:
        if passages >= least:
            break
        passages, seconds = passages + step.passages, seconds + step.processor
    return passages / seconds


def ask(site: Site, _passages: int, server: int) -> Figures:
    """Open a filled archive and search it: milliseconds, by stage, and memory."""
    encoder, stages, meter = open_encoder(""), defaultdict[str, list[float]](list), Meter(server)
    before, began = held_memory(), time.monotonic()

    def hear(span: Any) -> None:
        stages[span.name].append((span.end_time - span.start_time) / 1e6)

    with opened_archive(site, lambda: encoder) as archive:
        opening = time.monotonic() - began
        search = partial(Assistant(archive).search, count=EVIDENCE, today=TODAY)
        meter.take()
        taken = milliseconds(search, QUESTIONS)
        worked = 1000 * meter.take() / (ASKED + WARMING)
        with listening(hear):
            milliseconds(search, QUESTIONS)
        memory = {"before": float(before), "held": float(held_memory())}
    spent = {name: sum(stages[name]) / len(stages["search"]) for name in _STAGES}
    return spread("search", taken) | spent | memory | {"opening": opening, "processor": worked}


def main(what: str, folder: Path, count: int, server: str) -> None:
    """Do one of these, and print the figures with the most memory that the process had, in bytes.

    `server` is the address of a Chroma server and the number of its process.
    """
    address, _, process = server.partition(" ")
    site = Site(folder, chroma=ChromaAddress(address) if address else None)
    figures = {"encode": encode, "fill": fill, "ask": ask}[what](site, count, int(process or 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KB
    print(json.dumps(figures | {"peak": peak}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
