"""How soon a server answers from what is ingested beside it: python -m tests.bench.beside DIR."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import httpx

_DEPECHE = (sys.executable, "-c", "from ui.cli import main; main()")
_READY = re.compile(r"http://\S+/")
_TOWNS = (
    "Ardoise Belcombe Cravant Dunmore Elvaston Fontarel Garwick Hautmont Inverley Jossac".split()
)
_PATIENCE = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Found:
    """How one article came to be found."""

    seconds: float  # from the end of the command to the end of the answer that quotes it
    asking: float  # of these, the answer that quotes it
    processor: float  # seconds of it that the server took since the command began


@click.command()
@click.argument("archive", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1, len(_TOWNS)), default=5)
def main(archive: Path, rounds: int) -> None:
    """Serve a copy of ARCHIVE, ingest an article beside it and ask, again and again."""
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(archive, Path(place) / "archive")
        with _serving(copy) as (address, server):
            for number, town in enumerate(_TOWNS[:rounds], start=1):
                found = _measure(address, server, copy, town, 40 + number)
                click.echo(
                    f"{number}: found {found.seconds:.1f} s after the command's end, of which the "
                    f"answer took {found.asking:.1f} s; the server worked {found.processor:.1f} s"
                )


@contextmanager
def _serving(archive: Path) -> Iterator[tuple[str, int]]:
    """The address of a server over an archive, and the number of its process."""
    command = [*_DEPECHE, "serve", "--port", "0", "--archive", str(archive)]
    variables = os.environ | {"DEPECHE_QUESTIONS": "1000/minute"}
    server = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
    try:
        ready = next(filter(None, map(_READY.search, server.stdout or ())))
        yield ready[0], server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=_PATIENCE)


def _measure(address: str, server: int, archive: Path, town: str, puffins: int) -> Found:
    text = f"The lighthouse keeper of {town} counted {puffins} puffins in May. It rained."
    file = archive.parent / f"{town}.jsonl"
    file.write_text(json.dumps({"id": town, "text": text, "language": "en"}), "utf-8")
    began = _worked(server)
    subprocess.run([*_DEPECHE, "ingest", str(file), "--archive", str(archive)], check=True)
    ended = time.monotonic()
    while (asked := time.monotonic()) - ended < _PATIENCE:
        question = {"question": f"How many puffins did the lighthouse keeper of {town} count?"}
        answer = httpx.post(f"{address}api/ask", json=question, timeout=_PATIENCE).json()
        done = time.monotonic()
        if any(each["article"] == town for each in answer["citations"]):
            return Found(done - ended, done - asked, _worked(server) - began)
        time.sleep(0.2)
    raise click.ClickException(f"{town} was not found within {_PATIENCE:.0f} s")


def _worked(process: int) -> float:
    """Seconds of the processor that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
