"""How long a question takes from its words to its passages, beside a bare query of Chroma."""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.assistant import EVIDENCE, Assistant
from ingest.archive import create_folder, opened_archive
from ingest.encoder import Encoder, open_encoder
from ingest.versions import Prepared
from tests.bench.corpus import QUESTIONS, generated

Figures = dict[str, float]
Item = TypeVar("Item")

ASKED = 200  # times
WARMING = 10  # of them before the clock counts
TODAY = date(2024, 7, 1)


def retrieve(passages: int) -> Figures:
    """Milliseconds of a search over generated passages, and of Chroma's query alone."""
    encoder = open_encoder("")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        _, filling = timed(lambda: _fill(folder, passages, encoder))
        with opened_archive(folder, lambda: encoder) as archive:
            assistant = Assistant(archive)
            ours = milliseconds(
                lambda text: assistant.search(text, EVIDENCE, today=TODAY), QUESTIONS
            )
        encoding = milliseconds(lambda text: encoder.encode_questions([text]), QUESTIONS)
        bare = _bare(Path(place) / "bare", passages, encoder)
    return (
        {"filling": filling}
        | spread("search", ours)
        | spread("bare", bare)
        | spread("question", encoding)
    )


def timed(action: Callable[[], Item]) -> tuple[Item, float]:
    """What an action returns, and the seconds it took."""
    started = time.perf_counter()
    result = action()
    return result, time.perf_counter() - started


def _fill(folder: Path, passages: int, encoder: Encoder) -> None:
    ledger = create_folder(folder)
    known = ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)
    for batch in batches(generated(passages, encoder.dimension), 200):
        ledger.keep(batch, known)
    with opened_archive(folder, lambda: encoder):
        pass  # brings the indexes up to the ledger


def _bare(folder: Path, passages: int, encoder: Encoder) -> list[float]:
    """The same vectors in one collection, asked for as many as an answer rests on."""
    import chromadb

    collection = chromadb.PersistentClient(str(folder)).create_collection(
        "bare", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    number = 0
    for batch in batches(generated(passages, encoder.dimension), 12):
        vectors = np.stack([vector for one in batch for vector in one.vectors])
        ids = [str(number + place) for place in range(len(vectors))]
        collection.add(ids=ids, embeddings=vectors.astype(np.float32))
        number += len(vectors)
    asked = [encoder.encode_questions([text]).astype(np.float32) for text in QUESTIONS]
    return milliseconds(
        lambda vector: collection.query(query_embeddings=vector, n_results=EVIDENCE), asked
    )


def milliseconds(action: Callable[[Item], object], given: Iterable[Item]) -> list[float]:
    repeated = islice(cycle(given), ASKED + WARMING)
    taken = [timed(partial(action, one))[1] * 1000 for one in repeated]
    return taken[WARMING:]


def spread(name: str, taken: list[float]) -> Figures:
    p50, p95 = np.percentile(taken, (50, 95))
    return {f"{name} p50": float(p50), f"{name} p95": float(p95)}


def batches(items: Iterator[Prepared], size: int) -> Iterator[list[Prepared]]:
    while batch := list(islice(items, size)):
        yield batch
