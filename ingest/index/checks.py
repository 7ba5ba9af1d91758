"""Whether a generation holds exactly what the ledger does, and finds it again."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.index.generation import Generation
from ingest.index.meaning import IndexDamagedError, Meaning
from ingest.ledger import Ledger
from ingest.serving import KnownEncoder

_STEP = 250  # passages checked between two signs of life
_SAMPLE = 500  # passages a language that must find themselves
_MISSED = 0.02  # share of the sample that may fail to
_WIDE = 1000  # candidates of a second search for those that one of them missed
_SAME = 1e-3  # cosines and vectors may differ by so much: float32 against float16


def check_generation(
    generation: Generation, ledger: Ledger, encoder: KnownEncoder
) -> Iterator[None]:
    """Yield after every step; raise IndexDamagedError at the first difference."""
    meaning, every = generation.meaning, list[int]()
    if meaning:
        meaning.refuse_strangers()
    counts = meaning.counts() if meaning else {}
    for language in sorted({*ledger.holdings().languages, *counts}):
        numbers, vectors = ledger.vectors_of(language, encoder, None)
        if meaning:
            yield from _check_meaning(meaning, counts.get(language, 0), language, numbers, vectors)
        every += numbers
    if sorted(generation.words.passages()) != sorted(every):
        raise IndexDamagedError("the index of words holds other passages than the ledger")


def _check_meaning(
    meaning: Meaning, held: int, language: str, numbers: Sequence[int], vectors: Vectors
) -> Iterator[None]:
    if held != len(numbers):
        raise IndexDamagedError(f"{held} of {len(numbers)} passages in {language!r}")
    if numbers:
        yield from _check_vectors(meaning, language, numbers, vectors)
        yield from _search_steps(meaning, language, vectors)


def _check_vectors(
    meaning: Meaning, language: str, numbers: Sequence[int], vectors: Vectors
) -> Iterator[None]:
    """Every vector is there and is the ledger's."""
    for start in range(0, len(numbers), _STEP):
        page = numbers[start : start + _STEP]
        held = meaning.held(page, language)
        if held.keys() != set(page):
            raise IndexDamagedError(f"{len(set(page) - held.keys())} vectors are missing")
        found = np.stack([held[number] for number in page])
        kept = vectors[start : start + _STEP].astype(np.float32)
        if not np.allclose(_directions(found), _directions(kept), atol=_SAME):
            raise IndexDamagedError("vectors are not those of the ledger")
        yield


def _search_steps(meaning: Meaning, language: str, vectors: Vectors) -> Iterator[None]:
    """A sample of vectors, spread evenly: each finds itself or one just like it, but for a few.

    A whole graph misses some where hundreds of passages are nearly the same, and the more the
    larger it is: seven of a hundred at half a million. A wider search finds those.
    """
    places = np.linspace(0, len(vectors) - 1, min(len(vectors), _SAMPLE)).astype(int)
    missed = places
    for count in (1, _WIDE):
        left: list[int] = []
        for start in range(0, len(missed), _STEP):
            left += _missed(meaning, language, vectors, missed[start : start + _STEP], count)
            yield
        missed = np.array(left, int)
    if len(missed) > _MISSED * len(places):
        raise IndexDamagedError(f"{len(missed)} of {len(places)} vectors do not find themselves")


def _missed(
    meaning: Meaning, language: str, vectors: Vectors, places: NDArray[np.int64], count: int
) -> list[int]:
    """Places of the vectors that are not found among the nearest to themselves."""
    found = meaning.nearest_to_each(vectors[places], language, count)
    return [
        int(place)
        for place, hits in zip(places, found, strict=True)
        if not hits or hits[0][1] < 1 - _SAME
    ]


def check_searches(meaning: Meaning, language: str, vectors: Vectors) -> None:
    """The same in one go."""
    for _ in _search_steps(meaning, language, vectors):
        pass


def _directions(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
