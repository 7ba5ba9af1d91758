import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archive import matching_encoder, opened_archive
from ingest.articles import Article
from ingest.index import meaning, opened_index
from ingest.index.shelf import current_generation
from ingest.ledger import Ledger, open_ledger
from ingest.preparing import prepare
from ingest.serving import KnownEncoder
from tests.conftest import word_count_encoder

PARTS = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin", "index_metadata.pickle")
TORN = [PARTS[:count] for count in range(6)] + [
    ("data_level0.bin",),
    ("length.bin",),
    ("link_lists.bin",),
    ("index_metadata.pickle",),
    ("data_level0.bin", "header.bin", "length.bin"),
    ("data_level0.bin", "length.bin"),
]
Damage = Callable[[Path, Path], object]  # of Chroma's folder and the one of its graph in it


def cut(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))


def scribble(path: Path, place: int, count: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(random.Random(5).randbytes(count))


DAMAGES: dict[str, Damage] = {
    "pickle cut": lambda store, graph: cut(graph / "index_metadata.pickle", 0.5),
    "pickle empty": lambda store, graph: cut(graph / "index_metadata.pickle", 0),
    "pickle missing": lambda store, graph: (graph / "index_metadata.pickle").unlink(),
    "vectors cut": lambda store, graph: cut(graph / "data_level0.bin", 0.5),
    "vectors missing": lambda store, graph: (graph / "data_level0.bin").unlink(),
    "vectors scribbled on": lambda store, graph: scribble(graph / "data_level0.bin", 50_000, 1024),
    "lengths cut": lambda store, graph: cut(graph / "length.bin", 0.5),
    "links cut": lambda store, graph: cut(graph / "link_lists.bin", 0.5),
    "header missing": lambda store, graph: (graph / "header.bin").unlink(),
    "header zeroed": lambda store, graph: (graph / "header.bin").write_bytes(bytes(100)),
    "graph missing": lambda store, graph: shutil.rmtree(graph),
    "database cut": lambda store, graph: cut(store / "chroma.sqlite3", 0.5),
    "database missing": lambda store, graph: (store / "chroma.sqlite3").unlink(),
    "database empty": lambda store, graph: cut(store / "chroma.sqlite3", 0),
    "database scribbled on": lambda store, graph: scribble(
        store / "chroma.sqlite3", 4096 * 40, 4096 * 4
    ),
}


def write(folder: Path, numbers: range) -> None:
    ledger = open_ledger(str(folder / "ledger.sqlite3"))
    known = keep(ledger, numbers)
    with opened_index(folder / "index", ledger, known):
        pass


def keep(ledger: Ledger, numbers: range) -> KnownEncoder:
    encoder = word_count_encoder()
    known = matching_encoder(ledger, encoder)
    for start in range(numbers.start, numbers.stop, 50):
        batch = [
            Article(f"a{each}", f"w{each} v{each % 7} u{each % 91}.", f"t{each}", language="en")
            for each in range(start, min(start + 50, numbers.stop))
        ]
        ledger.keep(prepare(batch, encoder), known)
    return known


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One archive, before and after its graph was written once more."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "_SYNC", 100)
        write(before, range(450))
        shutil.copytree(before, after, dirs_exist_ok=True)
        write(after, range(450, 560))
    return before, after


def store_of(folder: Path) -> Path:
    [place] = (folder / "index").iterdir()
    generation = current_generation(place)
    assert generation
    return generation / "meaning"


def graph_of(store: Path) -> Path:
    [graph] = (each for each in store.iterdir() if each.is_dir())
    return graph


def assert_whole(folder: Path, count: int) -> str:
    """Opens within the deadline and finds every vector by itself; returns what was mended."""
    with opened_archive(folder, word_count_encoder) as archive:
        assert archive.index
        assert archive.index.meaning.count() == archive.index.words.count() == count
        _, vectors = archive.ledger.vectors_of("en", archive.known, None)
        for start in range(0, count, 200):
            hits = archive.index.meaning.nearest_to_each(vectors[start : start + 200], "en", 1)
            assert all(found[0][1] > 0.999 for found in hits)
        mended = archive.index.mended
        keep(archive.ledger, range(1000, 1120))  # enough for the graph to be written again
        assert archive.follow() == 120
        assert archive.index.meaning.count() == archive.index.words.count() == count + 120
        return mended


def test_the_snapshots_are_well(snapshots: tuple[Path, Path], tmp_path: Path) -> None:
    for number, (snapshot, count) in enumerate(zip(snapshots, (450, 560), strict=True)):
        folder = tmp_path / str(number)
        shutil.copytree(snapshot, folder)
        assert assert_whole(folder, count) == ""


@pytest.mark.parametrize("parts", TORN, ids=lambda parts: "+".join(parts) or "none")
def test_a_graph_torn_between_two_writes_is_mended(
    snapshots: tuple[Path, Path], tmp_path: Path, parts: tuple[str, ...]
) -> None:
    before, after = snapshots
    folder = tmp_path / "archive"
    shutil.copytree(before, folder)
    (store_of(folder).parent / "seal.json").unlink()
    for part in parts:
        shutil.copy(graph_of(store_of(after)) / part, graph_of(store_of(folder)) / part)
    started = time.monotonic()
    mended = assert_whole(folder, 450)
    print(parts, "mended:", mended, round(time.monotonic() - started, 1), "s")


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_mended(snapshots: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(snapshots[1], folder)
    DAMAGES[name](store_of(folder), graph_of(store_of(folder)))
    started = time.monotonic()
    mended = assert_whole(folder, 560)
    print(name, "mended:", mended, round(time.monotonic() - started, 1), "s")


@pytest.mark.parametrize("suffix", [".idx", ".term", ".store", ".fieldnorm"])
@pytest.mark.parametrize(
    "damage", [lambda file: cut(file, 0.5), lambda file: scribble(file, 20, 9)]
)
def test_a_damaged_index_of_words_is_mended(
    snapshots: tuple[Path, Path], tmp_path: Path, suffix: str, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(snapshots[1], folder)
    words = store_of(folder).parent / "words"
    damage(next(file for file in sorted(words.iterdir()) if file.suffix == suffix))
    assert assert_whole(folder, 560) != ""


def test_a_store_of_another_version_is_built_anew(
    snapshots: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(snapshots[1], folder)
    stamp = store_of(folder).parent / "made.json"
    stamp.write_text(stamp.read_text().replace('"chromadb": "', '"chromadb": "9'))
    assert "other versions" in assert_whole(folder, 560)
