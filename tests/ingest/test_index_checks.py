"""A graph is called damaged for what it has lost, not for what a quick search overlooks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.encoder import Vectors
from ingest.index.checks import check_searches
from ingest.index.meaning import IndexDamagedError, Meaning, open_meaning

COUNT = 2_000
# A search compares so few candidates as beside the size of a large graph.
HASTY: Any = {"space": "cosine", "ef_search": 2, "ef_construction": 20, "max_neighbors": 6}


def cloud(seed: int) -> Vectors:
    return np.random.default_rng(seed).normal(size=(COUNT, 32)).astype(np.float16)


@pytest.fixture
def meaning(tmp_path: Path) -> Iterator[Meaning]:
    """A graph of a cloud of vectors, whose searches compare few candidates."""
    meaning = open_meaning(tmp_path)
    meaning.client.get_or_create_collection(
        "passages-en", embedding_function=None, configuration={"hnsw": HASTY}
    ).add([str(number) for number in range(COUNT)], cloud(1).astype(np.float32))
    yield meaning
    meaning.close()


def test_what_a_quick_search_overlooks_is_not_lost(meaning: Meaning) -> None:
    found = meaning.nearest_to_each(cloud(1)[::4], "en", 1)
    overlooked = [hits for hits in found if not hits or hits[0][1] < 0.999]
    assert len(overlooked) > 0.02 * len(found)
    check_searches(meaning, "en", cloud(1))


def test_what_is_not_there_is_missed(meaning: Meaning) -> None:
    some = np.concatenate([cloud(1)[:1_900], cloud(2)[:100]])
    with pytest.raises(IndexDamagedError, match="25 of 500 vectors do not find themselves"):
        check_searches(meaning, "en", some)
