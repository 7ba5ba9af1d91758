"""An archive of generated passages, filled or asked, as tests.bench.capacity wants it."""

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.assistant import EVIDENCE, Assistant
from ingest.archive import create_folder, opened_archive
from ingest.encoder import open_encoder
from ingest.footprint import disk_by_part, held_memory
from ingest.ledger import Ledger
from ingest.site import ChromaAddress, Site
from ingest.tracing import listening
from tests.bench.corpus import QUESTIONS, generated
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


def fill(site: Site, passages: int, server: int) -> Figures:
    """Fill an archive: passages a second of processor in each part, at the start and the end."""
    encoder, steps = open_encoder(""), defaultdict[str, list[Step]](list)
    ledger, meter = create_folder(site), Meter(server)
    began = time.monotonic()

    def note(part: str, brought: int) -> None:
        steps[part].append(Step(brought, meter.take()))
        print(part, sum(step.passages for step in steps[part]), steps[part][-1], file=sys.stderr)

    def hear(span: Any) -> None:
        if part := _PARTS.get(span.name):
            note(part, span.attributes["passages"])

    if ledger.serving() is None:
        _keep(ledger, passages, encoder, note, meter)
    kept = time.monotonic() - began

    with listening(hear), opened_archive(site, lambda: encoder):
        meter.take()
    return (
        {
            "kept": kept,
            "seconds": time.monotonic() - began,
            "articles": len(ledger.article_numbers()),
        }
        | {f"{part} {end}": rate for part, taken in steps.items() for end, rate in _rates(taken)}
        | {f"disk {part}": float(size) for part, size in disk_by_part(site, ledger).items()}
    )


def _keep(
    ledger: Ledger, passages: int, encoder: Any, note: Callable[[str, int], None], meter: Meter
) -> None:
    known = ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)
    for batch in batches(generated(passages, encoder.dimension), _BATCH):
        meter.take()
        ledger.keep(batch, known)
        note("ledger", sum(len(one.passages) for one in batch))
    meter.take()


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


def ask(site: Site, _passages: int, _server: int) -> Figures:
    """Open a filled archive and search it: milliseconds, by stage, and memory."""
    encoder, stages = open_encoder(""), defaultdict[str, list[float]](list)
    before = held_memory()

    def hear(span: Any) -> None:
        stages[span.name].append((span.end_time - span.start_time) / 1e6)

    began = time.monotonic()
    with opened_archive(site, lambda: encoder) as archive:
        opening, assistant = time.monotonic() - began, Assistant(archive)
        search = lambda text: assistant.search(text, EVIDENCE, today=TODAY)  # noqa: E731
        worked = time.process_time()
        taken = milliseconds(search, QUESTIONS)
        worked = 1000 * (time.process_time() - worked) / (ASKED + WARMING)
        with listening(hear):
            milliseconds(search, QUESTIONS)
        held = held_memory()
    asked = len(stages["search"])
    spent = {name: sum(stages[name]) / asked for name in _STAGES}
    memory = {"before": before, "held": held}
    return spread("search", taken) | spent | memory | {"opening": opening, "processor": worked}


def main(what: str, folder: Path, passages: int, server: str) -> None:
    """Fill or ask, and print the figures with the most memory that the process had."""
    address, _, process = server.partition(" ")
    site = Site(folder, chroma=ChromaAddress(address) if address else None)
    figures = {"fill": fill, "ask": ask}[what](site, passages, int(process or 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KB
    print(json.dumps(figures | {"peak": peak}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
