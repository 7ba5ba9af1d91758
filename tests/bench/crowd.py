"""Two hundred readers at the page, and a stop among them: python -m tests.bench.crowd."""

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import Popen

import click

from ingest.ledger import open_ledger
from tests.bench.page import CROWD, put_section, table
from tests.crowd import QUESTION, SETTINGS, STORY, TOLD, arrive, talk_for
from tests.openai_server import speaking
from tests.quality.floors import questions_of
from tests.serving import archive_from, archive_of, serving
from ui.kept import open_conversations

_GRACE = 10  # seconds; what the setting is by default
_LOOK = 10  # seconds between two looks at what the server holds
_SHORT = 0.5, 4.0  # seconds of an answer while readers come and go
_LONG = 0.5, 20.0
_ROOT = Path(__file__).parents[2]
_ARTICLES = _ROOT / "ingest" / "demonstration"
_ASKED = _ROOT / "tests" / "quality" / "questions.jsonl"
_BEFORE = "", "Please: ", "Tell me: ", "Once more: ", "In short: "
_SECTION = """
Written by `python -m tests.bench.crowd{said}`. Each reader opens the page, asks, and reads an
answer that a scripted model writes, through the web server and Gradio's queue by the protocol of
the page's own script; sixty-four words in half a second to twenty, the first sentence at once.
Readers and model run on the same {cores} cores; {load:.1f} processes wanted to run at the start.

{crowds}

{soak}Told to stop while {people} readers came, 20 a second, and with {grace} seconds of grace, the
server was gone after {took:.1f} seconds. Of the {asked} readers who had asked, {whole} had the
whole answer, {told} heard that the server restarts, after what there was of it, and {lost} nothing;
{kept} answers were kept: who asked later was sent away. The others found the door closed.
"""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a process holds, and how long it has run."""

    memory: float  # MB
    files: int
    threads: int
    processor: float  # seconds


@click.command()
@click.option("--people", type=click.IntRange(min=1), default=200)
@click.option("--rate", "rates", type=float, multiple=True, default=(10.0,), help="A second.")
@click.option("--soak", type=float, default=0.0, help="Minutes of coming and going.")
@click.option("--steady", type=float, default=2.0, help="Readers a second meanwhile.")
@click.option("--own", is_flag=True, help="Each asks the demonstration what nobody else does.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), default=None)
def main(
    people: int, rates: tuple[float, ...], soak: float, steady: float, own: bool, page: Path | None
) -> None:
    """Let readers come; say how they were served, and write it into a page where one is named."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        archive = archive_from(_ARTICLES, Path(place)) if own else archive_of(STORY, Path(place))
        questions = _questions() if own else [QUESTION]
        with _model(_LONG) as slow, _running(archive, slow) as (server, where):
            crowds = [_crowd(where, server.pid, people, rate, questions) for rate in rates]
            stopped = _stop(where, server, people, questions)
        kept = _count_kept(archive, people)
        with _model(_SHORT) as quick, _running(archive, quick) as (server, where):
            held = _soak(where, server.pid, soak, steady) if soak else ""
    options = f" --people {people}" + "".join(f" --rate {rate:g}" for rate in rates)
    options += " --own" if own else ""
    section = _SECTION.format(
        said=options + (f" --soak {soak:g} --steady {steady:g}" if soak else ""),
        cores=len(os.sched_getaffinity(0)),
        load=load,
        crowds=_crowds_table(crowds),
        soak=held,
        people=people,
        grace=_GRACE,
        kept=kept,
        **stopped,
    )
    click.echo(section)
    if page:
        put_section(page, CROWD, section)


def _questions() -> list[str]:
    """What the demonstration is asked, in so many ways that no two readers ask the same."""
    return [f"{before}{each.text}" for before in _BEFORE for each in questions_of(_ASKED)]


@contextmanager
def _model(seconds: tuple[float, float]) -> Iterator[str]:
    """The address of a scripted model in a process of its own: readers must not wait for it."""
    context = get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_speak, args=(its, *seconds), daemon=True)
    process.start()
    yield str(ours.recv())
    ours.send("enough")
    process.join()


def _speak(pipe: Connection, shortest: float, longest: float) -> None:
    with speaking(talk_for(shortest, longest)) as model:
        pipe.send(model.address)
        pipe.recv()


@contextmanager
def _running(archive: Path, model: str) -> Iterator[tuple[Popen[str], str]]:
    settings = {**SETTINGS, "OPENAI_BASE_URL": model, "DEPECHE_GRACE": str(_GRACE)}
    with serving(archive, **settings) as (server, address):
        asyncio.run(arrive(address, 2, rate=1, name="first"))  # what opens lazily is open then
        yield server, address


def _crowd(
    address: str, server: int, people: int, rate: float, questions: Sequence[str]
) -> tuple[str, ...]:
    """A row: how so many were served who came at a rate."""
    before = vitals_of(server)
    served = asyncio.run(arrive(address, people, rate, f"at {rate:g}", questions))
    after = vitals_of(server)
    for each in served:
        if not each.ended_in_order:
            click.echo(f"not served: {each.failure or each.heard[-300:]}", err=True)
    first = sorted(each.first for each in served if each.complete)
    complete = sum(each.ended_in_order for each in served)
    waited = [first[int(share * (len(first) - 1))] for share in (0.5, 0.95, 1)]
    used = 1000 * (after.processor - before.processor) / people
    return (
        f"{rate:g}",
        f"{complete} of {people}",
        f"{len(first)}",
        *(f"{seconds:.2f}" for seconds in waited),
        f"{used:.0f}",
        f"{after.memory:.0f}",
    )


def _crowds_table(rows: Sequence[tuple[str, ...]]) -> str:
    first = [f"first sentence, {which}, s" for which in ("p50", "p95", "last")]
    names = ("arrivals a second", "served to the end", "with the model's words", *first)
    return table((*names, "ms of processor a reader", "memory, MB"), rows)


def _soak(address: str, server: int, minutes: float, rate: float) -> str:
    """A paragraph: what the server holds while readers come and go."""
    people = int(minutes * 60 * rate)
    with ThreadPoolExecutor(1) as other:
        coming = other.submit(asyncio.run, arrive(address, people, rate, name="passing"))
        looks = []
        while not coming.done():
            looks.append(vitals_of(server))
            time.sleep(_LOOK)
    served = coming.result()
    whole = sum(each.complete for each in served)
    minutely = looks[60 // _LOOK :: 60 // _LOOK]
    return (
        f"In {minutes:g} minutes {people} readers came, {rate:g} a second, for answers of up to "
        f"{_SHORT[1]:g} seconds; {whole} were served whole. After each minute the server held "
        f"{', '.join(f'{look.memory:.0f}' for look in minutely)} MB; from the first to the last "
        f"open files went from {minutely[0].files} to {minutely[-1].files}, threads from "
        f"{minutely[0].threads} to {minutely[-1].threads}.\n\n"
    )


def _stop(
    address: str, server: Popen[str], people: int, questions: Sequence[str]
) -> dict[str, float]:
    """How a server stops while so many read."""
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(asyncio.run, arrive(address, people, 20, "late", questions))
        time.sleep(people / 20 + 2)
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.wait()
        took = time.monotonic() - began
        served = reading.result()
    asked = [each for each in served if each.asked]
    told = sum(TOLD in each.heard for each in asked)
    whole = sum(each.ended_in_order and TOLD not in each.heard for each in asked)
    lost = len(asked) - whole - told
    return {"took": took, "asked": len(asked), "whole": whole, "told": told, "lost": lost}


def _count_kept(archive: Path, people: int) -> int:
    kept = open_conversations(open_ledger(str(archive / "ledger.sqlite3")), 365)
    readers = [f"late {number}" for number in range(people)]
    held = [(reader, each.id) for reader in readers for each in kept.listed(reader)]
    return sum(any(each.answer for each in kept.read(*one)) for one in held)


def vitals_of(process: int) -> Vitals:
    """What a process holds now."""
    place = Path("/proc") / str(process)
    fields = place.joinpath("stat").read_text("utf-8").rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    return Vitals(
        memory=int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20,
        files=len(list(place.joinpath("fd").iterdir())),
        threads=int(fields[17]),
        processor=(int(fields[11]) + int(fields[12])) / ticks,
    )


if __name__ == "__main__":
    main()
