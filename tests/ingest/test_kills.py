import os
import random
import time
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import opened_archive
from ingest.ledger import Ledger
from tests.conftest import word_count_encoder
from tests.ingest.crash import start_child, write_without_end

KILLS = int(os.environ.get("DEPECHE_KILLS", "30"))
FIRST = int(os.environ.get("DEPECHE_SEED", "1"))  # replays a seed: DEPECHE_KILLS=1 DEPECHE_SEED=17
_A_FOLDER = 10  # kills that one archive lives through


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("first", range(FIRST, FIRST + KILLS, _A_FOLDER))
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, first: int) -> None:
    folder, acknowledged = tmp_path / "archive", tmp_path / "acknowledged"
    for seed in range(first, min(first + _A_FOLDER, FIRST + KILLS)):
        print("seed", seed)
        write_and_kill(folder, acknowledged, seed)
        check(folder, acknowledged)


def write_and_kill(folder: Path, acknowledged: Path, seed: int) -> None:
    chance = random.Random(seed)
    written = size_of(acknowledged) + chance.randrange(12) * 500  # bytes: some batches from now
    child = start_child(write_without_end, folder, acknowledged, seed)
    while size_of(acknowledged) < written and child.is_alive():
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.4))
    assert child.is_alive()
    child.kill()
    child.join()


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def check(folder: Path, acknowledged: Path) -> None:
    """Open it as anybody would: whatever was acknowledged is there, once, and found."""
    if not size_of(acknowledged):
        return  # killed before the first was
    kept = dict(line.split() for line in acknowledged.read_text().splitlines())
    with opened_archive(folder, word_count_encoder) as archive:
        assert archive.index is not None
        print("mended:", archive.index.mended)
        numbers = archive.ledger.article_numbers()
        articles = archive.ledger.articles(numbers)
        names = [article.id for article in articles.values()]
        assert len(names) == len(set(names))
        assert kept.keys() - set(names) == set()
        whole(archive.ledger, numbers)
        expected = archive.ledger.vector_count(archive.known)
        assert archive.index.meaning.count() == archive.index.words.count() == expected
        for language in ("en", "fr"):
            passages, vectors = archive.ledger.vectors_of(language, archive.known, None)
            for start in range(0, len(passages), 100):
                asked = vectors[start : start + 100]
                for hits, number in zip(
                    archive.index.meaning.nearest_to_each(asked, language, 3),
                    passages[start : start + 100],
                    strict=True,
                ):
                    assert number in [found for found, _ in hits]


def whole(ledger: Ledger, numbers: list[int]) -> None:
    """Every article has all its passages and vectors, or is withdrawn and has none."""
    known = ledger.serving()
    assert known
    cut: dict[int, int] = {}
    for passage, vector in ledger.passages_with_vectors(numbers, known):
        assert np.isfinite(vector).all()
        cut[passage.article] = max(cut.get(passage.article, 0), passage.passage.end)
    for number, article in ledger.articles(numbers).items():
        assert cut.get(number, 0) == (len(article.text) if article.quotable else 0)
