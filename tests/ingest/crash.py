"""Child processes that start fast, and one that writes to an archive until it is killed."""

import multiprocessing
import random
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ingest.archive import create_folder, matching_encoder
from ingest.articles import Article
from ingest.index import meaning, opened_index
from ingest.owner import owning
from ingest.preparing import prepare
from tests.conftest import word_count_encoder

SUBJECTS = 60  # ids that articles share: later batches update and withdraw earlier ones


def start_child(run: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Run a function in a process forked from one that has imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ingest.crash", "chromadb.api.client", "tantivy"])
    child = context.Process(target=run, args=arguments)
    child.start()
    return child


def article_of(seed: int, step: int, place: int) -> Article:
    """The article that a run writes at one place of one step."""
    chance = random.Random(f"{seed} {step} {place}")
    name = f"a{chance.randrange(SUBJECTS)}"
    words = " ".join(f"w{chance.randrange(4000)}" for _ in range(30))
    text = ". ".join(f"{seed} {step} {place} {words} {part}" for part in range(5)) + "."
    status = "withdrawn" if chance.random() < 0.1 else "usual"
    return Article(name, text, name, language=chance.choice(["en", "fr"]), status=status)  # type: ignore[arg-type]  # one of two literals


def write_without_end(folder: Path, acknowledged: Path, seed: int) -> None:
    """Add, update and withdraw; note each article once the ledger has it."""
    meaning._SYNC = 100  # frequent writes of the graph are what a kill can tear
    ledger, encoder = create_folder(folder), word_count_encoder()
    known = matching_encoder(ledger, encoder)
    with owning(folder, 10) as owner, acknowledged.open("a") as notes:
        if not owner:
            raise SystemExit("another process has the archive")
        with opened_index(folder / "index", ledger, known) as index:
            for step in range(10_000):
                batch = {each.id: each for each in (article_of(seed, step, n) for n in range(8))}
                ledger.keep(prepare(list(batch.values()), encoder), known)
                notes.write("".join(f"{name} {each.fingerprint}\n" for name, each in batch.items()))
                notes.flush()
                index.follow(ledger, known)
