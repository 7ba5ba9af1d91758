"""What an archive takes as it grows, and how fast it answers: python -m tests.bench.capacity."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import numpy as np

from tests.bench.page import CAPACITY, put_section, table
from tests.bench.plot import Line, draw
from tests.bench.retrieval import Figures
from tests.servers import ChromaServer, running_chroma

_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_ENCODED = 40  # articles that the encoder is measured with
_CUT = 12  # passages of an article of real news: the section on ingest cuts 479 of 40
_SIZES = (1_000, 10_000, 100_000)  # articles that are reckoned for
_MB = 2**20
_PARTS = ("ledger", "meaning", "words")
_SECTION = """
Written by `python -m tests.bench.capacity`: archives of generated passages with generated vectors,
each filled and then asked by a process of its own, 200 times, as under Retrieval: p50 and p95 are
what a reader would have waited, "of processor" what the search itself took. Rates are by a second
of processor.

![Processor time of a search, memory and disk](pictures/capacity.svg)

{searches}

Opening is a server's start; memory is that of the process that answers, and beside it the most that
`chroma run` had. By stage, in milliseconds of a wait:

{stages}

Passages a second, among the first tenth and the last, into each part and into all of them; and
with the encoder before them, which took {encoded:.0f} on a core as busy as that:

{rates}

What to expect, by a straight line through these measurements, for articles of {cut} passages; at
the rate under Ingest, on cores that have nothing else to do, less than a third of the hours:

{fit}
"""

Rows = list[Figures]


@click.command()
@click.option("--passages", "sizes", type=int, multiple=True, default=(10**4, 10**5, 10**6))
@click.option("--served", type=int, multiple=True, default=(10**4, 10**5), help="By `chroma run`.")
@click.option(
    "--measured",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("capacity.jsonl"),
    help="A line for each size that was measured; it is not measured again.",
)
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), default=_PAGE)
def main(sizes: tuple[int, ...], served: tuple[int, ...], measured: Path, page: Path) -> None:
    """Fill archives of several sizes, ask them, and write down what they take."""
    rows = _read(measured)
    for size in sorted({*sizes, *served} - {int(row["passages"]) for row in rows}):
        rows.append(measure(size, alone=size in sizes, served=size in served))
        with measured.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(rows[-1]) + "\n")
    rows.sort(key=lambda row: row["passages"])
    encoded = _run("encode", Path(), _ENCODED)["passages"]
    page.parent.joinpath("pictures", "capacity.svg").write_text(_picture(rows), "utf-8")
    put_section(page, CAPACITY, write_section(rows, encoded))


def _read(measured: Path) -> Rows:
    lines = measured.read_text("utf-8").splitlines() if measured.is_file() else []
    return [json.loads(line) for line in lines]


def measure(passages: int, *, alone: bool, served: bool) -> Figures:
    """Figures of one size, in a folder and with a Chroma server."""
    row: Figures = {"passages": float(passages)}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        if alone:
            row |= _named("", _run("fill", folder, passages), _run("ask", folder, passages))
        if served:
            with _serving(Path(place) / "chroma") as (server, where):
                filled = _run("fill", folder, passages, where)
                asked = _run("ask", folder, passages, where)
                row |= _named("served ", filled, asked) | _vitals(server)
    return row


def _named(kind: str, filled: Figures, asked: Figures) -> Figures:
    asked = asked | {"filling peak": filled["peak"]}
    return {f"{kind}{name}": figure for name, figure in (filled | asked).items()}


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[ChromaServer, str]]:
    with running_chroma(folder) as server:
        assert server.process
        yield server, f"{server.address} {server.process.pid}"


def _vitals(server: ChromaServer) -> Figures:
    """The most memory that a Chroma server had, and its disk, in bytes."""
    assert server.process
    told = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    [peak] = [line.split()[1] for line in told.splitlines() if line.startswith("VmHWM")]
    held = sum(file.stat().st_size for file in server.data.rglob("*") if file.is_file())
    return {"server peak": float(peak) * 1024, "server disk": float(held)}


def _run(what: str, folder: Path, count: int, server: str = "") -> Figures:
    command = [sys.executable, "-m", "tests.bench.filling", what, str(folder), str(count), server]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def write_section(rows: Rows, encoded: float) -> str:
    """The section of the page."""
    return _SECTION.format(
        searches=_searches(rows),
        stages=_stages(rows),
        rates=_rates(rows, encoded),
        encoded=encoded,
        cut=_CUT,
        fit=_fit(rows, encoded),
    )


def _searches(rows: Rows) -> str:
    header = (
        "passages", "p50, ms", "p95, ms", "of processor, ms", "to open, s", "memory, MB",
        "most while filled, MB", "ledger, MB", "meaning, MB", "words, MB",
    )  # fmt: skip
    return table(header, [cells for row in rows for cells in _search_cells(row)])


def _search_cells(row: Figures) -> Iterator[tuple[str, ...]]:
    size = f"{row['passages']:,.0f}"
    for kind, name in (("", size), ("served ", f"{size}, served")):
        if f"{kind}held" in row:
            times = (row[kind + each] for each in ("search p50", "search p95", "processor"))
            beside = f" ({row['server peak'] / _MB:,.0f})" if kind else ""
            meaning = row["server disk"] if kind else row["disk meaning"]
            yield (
                name,
                *(f"{time:.0f}" for time in times),
                f"{row[kind + 'opening']:.1f}",
                f"{row[kind + 'held'] / _MB:,.0f}{beside}",
                f"{row[kind + 'filling peak'] / _MB:,.0f}",
                *(f"{size / _MB:,.0f}" for size in
                  (row[f"{kind}disk ledger"], meaning, row[f"{kind}disk words"])),
            )  # fmt: skip


def _stages(rows: Rows) -> str:
    names = ("encode", "search by meaning", "search by words", "look up", "fuse", "count")
    alone = (row for row in rows if "held" in row)
    cells = ((f"{row['passages']:,.0f}", *(f"{row[name]:.1f}" for name in names)) for row in alone)
    return table(("passages", *names), cells)


def _rates(rows: Rows, encoded: float) -> str:
    header = ("passages", *_PARTS, "into all", "end by start", "after the encoder", "end by start")
    alone = [row for row in rows if "held" in row]
    return table(header, [tuple(_rate_cells(row, encoded)) for row in alone])


def _rate_cells(row: Figures, encoded: float) -> Iterator[str]:
    yield f"{row['passages']:,.0f}"
    for part in _PARTS:
        yield f"{row[f'{part} start']:,.0f} → {row[f'{part} end']:,.0f}"
    for before in (0.0, 1 / encoded):
        start, end = (1 / (before + seconds_into(row, when)) for when in ("start", "end"))
        yield f"{start:,.0f} → {end:,.0f}"
        yield f"{end / start:.2f}"


def seconds_into(row: Figures, when: str) -> float:
    """Seconds of processor that a passage takes into every part, at the start or the end."""
    return sum(1 / row[f"{part} {when}"] for part in _PARTS)


def _fit(rows: Rows, encoded: float) -> str:
    """What articles take, by the least squares of what passages took."""
    alone = [row for row in rows if "held" in row]
    disk = [sum(row[f"disk {part}"] for part in _PARTS) for row in alone]
    lines = {"disk": _line(alone, disk), "memory": _line(alone, [row["held"] for row in alone])}
    seconds = 1 / encoded + seconds_into(alone[-1], "end")
    cells = [
        (
            f"{articles:,}",
            f"{articles * _CUT:,}",
            *(f"{(base + slope * articles * _CUT) / _MB:,.0f}" for base, slope in lines.values()),
            f"{articles * _CUT * seconds / 3600:,.1f}",
        )
        for articles in _SIZES
    ]
    return table(("articles", "passages", "disk, MB", "memory, MB", "hours to ingest"), cells)


def _line(rows: Rows, bytes_taken: Sequence[float]) -> tuple[float, float]:
    """Bytes of none, and of each passage."""
    slope, base = np.polyfit([row["passages"] for row in rows], bytes_taken, 1)
    return float(base), float(slope)


def _picture(rows: Rows) -> str:
    alone = [row for row in rows if "held" in row]
    disk = [sum(row[f"disk {part}"] for part in _PARTS) / _MB for row in alone]
    lines = [
        Line("ms of processor a search", [row["processor"] for row in alone], "#b3261e"),
        Line("memory, MB", [row["held"] / _MB for row in alone], "#23527c"),
        Line("disk, MB", disk, "#8a5a00"),
    ]
    return draw([row["passages"] for row in alone], lines, "passages")


if __name__ == "__main__":
    main()
