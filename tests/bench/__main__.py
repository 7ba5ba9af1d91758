"""Measure everything and write docs/performance.md: python -m tests.bench, or make bench."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from tests.bench.engines import ENGINES
from tests.bench.page import sections_of, write_page
from tests.bench.retrieval import Figures
from tests.conftest import SHARED

_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    rounds: int
    encoded: int  # articles whose passages are encoded
    ingested: int  # articles
    archives: tuple[int, ...]  # passages in each archive that questions are put to


_FULL = Scale(rounds=5, encoded=80, ingested=200, archives=(1_000, 10_000, 100_000))
_QUICK = Scale(rounds=1, encoded=4, ingested=4, archives=(200,))


@click.command()
@click.option("--quick", is_flag=True, help="Measure little, to see that it works.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), default=_PAGE)
def main(quick: bool, page: Path) -> None:
    """Compare speed with peers in one run."""
    scale = _QUICK if quick else _FULL
    encoding = _alternate([f"encode {name}" for name in ENGINES], scale.rounds, scale.encoded)
    found = {name: _run(f"find {name}", 0)["recall"] for name in ENGINES} if SHARED.is_dir() else {}
    ingesting = _alternate(("ingest ours", "ingest langchain"), scale.rounds, scale.ingested)
    retrieval = {size: _run("retrieve", size) for size in scale.archives}
    page.parent.mkdir(parents=True, exist_ok=True)
    text = write_page(encoding, found, ingesting, retrieval, rounds=scale.rounds)
    text += sections_of(page)
    page.write_text(text, encoding="utf-8")
    click.echo(text)


def _alternate(names: Sequence[str], rounds: int, count: int) -> dict[str, Figures]:
    """Medians of runs that take turns: what slows the machine for a while slows each of them."""
    runs: dict[str, list[Figures]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(_run(name, count))
    return {
        name: {figure: median(one[figure] for one in found) for figure in found[0]}
        for name, found in runs.items()
    }


def _run(name: str, count: int) -> Figures:
    """One contender in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "tests.bench.contenders", name, str(count)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"{name} failed:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    said = ", ".join(f"{figure} {value:.1f}" for figure, value in figures.items())
    click.echo(f"{name} {count}: {said}", err=True)
    return figures


if __name__ == "__main__":
    main()
