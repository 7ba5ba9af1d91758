"""How fast an archive grows, from its first articles to its last: python -m tests.bench.growth."""

import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import click

from ingest.encoder import Encoder, open_encoder
from ingest.encoder.training.texts import read_pairs
from ingest.intake import Progress, Report, ingest_paths
from tests.bench.page import put_section, write_growth
from tests.bench.plot import Line, draw
from tests.conftest import word_count_encoder

_PAIRS = "parallel.en-fr.tsv.xz"
_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_LENGTHS = range(60, 261)  # characters of a sentence as reports print them
_OUTLETS = 24
_COPIED = 10  # every so many articles one is a copy of an earlier one in another outlet
_FIRST = date(2023, 1, 1)
_DAYS = 365


@dataclass(frozen=True, slots=True)
class Kind:
    """What is measured, and where the page says it."""

    heading: str
    picture: str
    options: str


_COUNTED = Kind("Growth", "growth.svg", "--counting --data DIR")
_ENCODED = Kind("Growth with the encoder", "growth-encoder.svg", "--data DIR")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a run stands."""

    articles: int
    seconds: float
    processor: float  # seconds of all cores
    encoding: float  # of these
    memory: float  # MB held at that moment


@dataclass(slots=True, eq=False)  # told apart as one model, whatever it has taken
class Timed:
    """A model that notes how much of the processor's time it takes."""

    model: Any
    taken: float = 0.0

    def encode_document(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a passage."""
        started = time.process_time()
        vectors = self.model.encode_document(inputs, **options)
        self.taken += time.process_time() - started
        return vectors

    def encode_query(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a question; nobody asks while this is measured."""
        return self.model.encode_query(inputs, **options)


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--articles", type=click.IntRange(min=10), default=10_000)
@click.option("--counting", is_flag=True, help="Count words, encode nothing: in minutes.")
@click.option("--minutes", type=float, default=600, help="Read no longer than that.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), default=_PAGE)
def main(data: Path, articles: int, counting: bool, minutes: float, page: Path) -> None:
    """Ingest generated articles in one process, and write down how the rate and memory went."""
    encoder = word_count_encoder() if counting else open_encoder("")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "articles.jsonl"
        lines = (json.dumps(one, ensure_ascii=False) for one in generate(data / _PAIRS, articles))
        file.write_text("\n".join(lines), "utf-8")
        marks, report = ingest(file, Path(place) / "archive", encoder, minutes)
    steps = thin_out(marks, marks[-1].articles // 10)
    kind = _COUNTED if counting else _ENCODED
    draw_steps(steps, page.parent / "pictures" / kind.picture)
    put_section(page, kind.heading, write_steps(steps, report, encoder.name, kind))


class _TimeUpError(Exception):
    """The minutes are over."""


def ingest(file: Path, archive: Path, opened: Encoder, minutes: float) -> tuple[list[Mark], Report]:
    """Ingest a file while the minutes last: where it stood after each batch, then the indexes."""
    opened.encode_passages(["The first call of a model is slower than any later one."])
    model = Timed(opened._model)
    marks = [_mark(0, 0.0, model)]

    def note(step: Progress) -> None:
        marks.append(_mark(step.articles, step.seconds, model))
        click.echo(marks[-1], err=True)
        if step.seconds > 60 * minutes:
            raise _TimeUpError

    encoder = replace(opened, _model=model)
    run = partial(ingest_paths, archive=archive, opener=lambda: encoder, outlet="")
    started = time.monotonic()
    with suppress(_TimeUpError):
        run([file], notify=note)
    report = run([], notify=note)  # the indexes, where that did not come to them
    return marks, replace(report, seconds=time.monotonic() - started)


def _mark(articles: int, seconds: float, model: Timed) -> Mark:
    held = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    memory = held * os.sysconf("SC_PAGE_SIZE") / 2**20
    return Mark(articles, seconds, time.process_time(), model.taken, memory)


def generate(pairs: Path, count: int) -> Iterator[dict[str, str]]:
    """Articles of six to eight sentences of the European Parliament, in English and French."""
    dice, sentences = random.Random(1), _sentences(pairs)
    written: list[dict[str, str]] = []
    for number in range(count):
        if written and number % _COPIED == 0:
            copied = dice.choice(written)
            fresh = {"id": f"g{number}", "title": f"{copied['title'][:40]} ({number})"}
            yield copied | fresh | {"outlet": f"Outlet {dice.randrange(_OUTLETS)}"}
            continue
        side = number % 2
        said = [pair[side] for pair in islice(sentences, dice.randint(6, 8))]
        day = _FIRST + timedelta(dice.randrange(_DAYS))
        fields = {"title": said[0][:70], "text": " ".join(said), "published": str(day)}
        names = {"outlet": f"Outlet {dice.randrange(_OUTLETS)}", "language": ("en", "fr")[side]}
        written.append({"id": f"g{number}", **fields, **names})
        yield written[-1]


def _sentences(pairs: Path) -> Iterator[tuple[str, str]]:
    for source, pair in read_pairs(pairs):
        both = (pair.english, pair.french)
        if source == "europarl" and all(len(side) in _LENGTHS for side in both):
            yield both


def thin_out(marks: Sequence[Mark], every: int) -> list[Mark]:
    """The first mark, the first at or after each so many articles, and the last."""
    kept = [marks[0]]
    for mark in marks[1:]:
        if mark.articles - kept[-1].articles >= every or mark is marks[-1]:
            kept.append(mark)
    return kept


def draw_steps(steps: Sequence[Mark], picture: Path) -> None:
    """The picture of the page: what an article costs, and memory."""
    figures = [_figures(one, two) for one, two in pairwise(steps)]
    lines = [
        Line("milliseconds of processor an article", [each[1] for each in figures], "#b3261e"),
        Line("of which without the encoder", [each[2] for each in figures], "#8a5a00"),
        Line("memory, MB", [each[3] for each in figures], "#23527c"),
    ]
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(draw([step.articles for step in steps[1:]], lines, "articles"), "utf-8")


def _figures(one: Mark, two: Mark) -> tuple[float, float, float, float]:
    """Between two marks: articles a second, milliseconds an article, without encoding, memory."""
    articles = two.articles - one.articles
    used, encoding = two.processor - one.processor, two.encoding - one.encoding
    rate = articles / (two.seconds - one.seconds)
    return rate, 1000 * used / articles, 1000 * (used - encoding) / articles, two.memory


def write_steps(steps: Sequence[Mark], report: Report, encoder: str, kind: Kind) -> str:
    """The section of the page."""
    rows = [
        (f"{two.articles:,}", *(f"{figure:.1f}" for figure in _figures(one, two)[:3]),
         f"{two.memory:.0f}")
        for one, two in pairwise(steps)
    ]  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB; Linux counts in KB
    kept = steps[-1].seconds
    return write_growth(
        rows,
        report,
        options=kind.options,
        picture=kind.picture,
        encoder=encoder,
        kept=kept,
        indexing=report.seconds - kept,
        peak=peak,
    )


if __name__ == "__main__":
    main()
