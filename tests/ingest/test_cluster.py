"""The engine on a Ray cluster does what the engine of one process does; two workers here."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from ingest.archive import create_folder
from ingest.cluster import ClusterUnusableError, joined, opened_cluster
from ingest.encoder import Encoder, open_encoder
from ingest.intake import Progress, Report, ingest_paths
from ingest.ledger import Ledger
from ingest.tables import metadata, vectors
from tests.conftest import word_count_encoder
from tests.ingest.test_intake import write_lines

pytestmark = pytest.mark.timeout(600)  # a busy machine starts Ray slowly

DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
MOMENTS = {"seen", "ended", "seconds"}
BATCH = 64
ARTICLES = int(os.environ.get("DEPECHE_CLUSTER_ARTICLES", 8 * BATCH))  # while workers are killed
LONG = {"id": "a", "text": "Red apples fell. They fell far. Nobody saw it."}
OTHER = {"id": "a", "text": "Green apples fell. They fell far. Nobody saw it."}


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Ray with two workers, which every engine of this module finds running."""
    with ExitStack() as stack:
        try:
            stack.enter_context(joined(2))
        except ClusterUnusableError as error:
            pytest.skip(str(error))
        yield


def ingest(folder: Path, *paths: Path, opener=word_count_encoder, notify=None, **more) -> Report:  # type: ignore[no-untyped-def]  # options of one function
    return ingest_paths(
        paths, folder, opener=opener, outlet="", notify=notify or (lambda step: None), **more
    )


ON_RAY = {"engine": partial(opened_cluster, workers=2)}


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the ledger but its vectors, without the moments in which it was written."""
    held = dict[str, list[tuple[object, ...]]]()
    with create_folder(folder).engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [each for each in table.columns if each.name not in MOMENTS]
            if table is not vectors and table.name != "facts":
                rows = connection.execute(select(*columns)).all()
                held[table.name] = sorted(map(tuple, rows), key=repr)
    return held


def vectors_in(ledger: Ledger) -> np.ndarray:
    query = select(vectors.c.vector).order_by(vectors.c.passage)
    with ledger.engine.connect() as connection:
        rows = [np.frombuffer(each, np.float16) for each in connection.scalars(query)]
    return np.stack(rows).astype(np.float32)


def assert_alike(one: Path, two: Path) -> None:
    assert content(one) == content(two)
    ours, theirs = (vectors_in(create_folder(each)) for each in (one, two))
    assert np.abs(ours - theirs).max() <= 1e-3


def test_the_demonstration_is_the_same_by_either_engine(cluster: None, tmp_path: Path) -> None:
    opener = partial(open_encoder, "")
    here = ingest(tmp_path / "here", DEMONSTRATION, opener=opener)
    there = ingest(tmp_path / "there", DEMONSTRATION, opener=opener, **ON_RAY)
    assert (here.added, here.copies, here.passages) == (there.added, there.copies, there.passages)
    assert_alike(tmp_path / "here", tmp_path / "there")
    read = here.added + here.updated + here.withdrawn + here.unchanged
    again = ingest(tmp_path / "there", DEMONSTRATION, opener=opener, **ON_RAY)
    assert (again.added, again.unchanged) == (0, read)


def test_versions_that_follow_each_other_fast_are_the_same_by_either_engine(
    cluster: None, tmp_path: Path
) -> None:
    """An article goes to and fro while the batches before it are still being encoded."""
    pears = [
        [{"id": f"{turn} {each}", "text": f"Pears {turn} {each}."} for each in range(BATCH)]
        for turn in range(3)
    ]
    articles = [LONG, *pears[0], OTHER, *pears[1], LONG, *pears[2], LONG, OTHER]
    lines = write_lines(tmp_path / "a.jsonl", *articles)
    here = ingest(tmp_path / "here", lines)
    there = ingest(tmp_path / "there", lines, **ON_RAY)
    assert (here.added, here.updated) == (1 + 3 * BATCH, 2)
    assert (there.added, there.updated) == (here.added, here.updated)
    assert_alike(tmp_path / "here", tmp_path / "there")


def test_a_killed_worker_costs_a_moment_and_nothing_else(cluster: None, tmp_path: Path) -> None:
    articles = [{"id": f"{n}", "text": f"Apples {n} fell. " * 9} for n in range(ARTICLES)]
    lines, killed = write_lines(tmp_path / "a.jsonl", *articles), list[int]()

    def kill_one(_step: Progress) -> None:
        for each in workers()[: len(killed) < 3]:  # one that was killed takes a moment to come back
            os.kill(each, signal.SIGKILL)
            killed.append(each)

    there = ingest(tmp_path / "there", lines, notify=kill_one, **ON_RAY)
    here = ingest(tmp_path / "here", lines)
    assert there.added == here.added == ARTICLES
    assert len(killed) > 1
    assert_alike(tmp_path / "here", tmp_path / "there")


def workers() -> list[int]:
    """Processes that hold an encoder."""
    found = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]
    return [each for each in found if b"ray::Encoding" in said_by(each)]


def said_by(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_run_that_was_stopped_goes_on_where_it_stopped(cluster: None, tmp_path: Path) -> None:
    articles = [{"id": f"{n}", "text": f"Apples {n} fell."} for n in range(10 * BATCH)]
    lines = write_lines(tmp_path / "a.jsonl", *articles)

    def stop(step: Progress) -> None:
        if step.articles == 3 * BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(tmp_path / "there", lines, notify=stop, **ON_RAY)
    rest = ingest(tmp_path / "there", lines, **ON_RAY)
    assert (rest.added, rest.unchanged) == (7 * BATCH, 3 * BATCH)
    ingest(tmp_path / "here", lines)
    assert_alike(tmp_path / "here", tmp_path / "there")


def other_encoder() -> Encoder:
    """One that is another in every process."""
    return replace(word_count_encoder(), fingerprint=str(os.getpid()))


def test_a_cluster_of_one_machine_is_reached_from_there_alone(cluster: None) -> None:
    import ray

    assert [each["NodeManagerAddress"] for each in ray.nodes()] == ["127.0.0.1"]


def test_a_cluster_with_another_encoder_is_refused(cluster: None, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", LONG)
    with pytest.raises(ClusterUnusableError, match="another encoder than this machine"):
        ingest(tmp_path / "there", lines, opener=other_encoder, **ON_RAY)


def test_who_has_no_ray_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    lines = write_lines(tmp_path / "a.jsonl", LONG)
    with pytest.raises(ClusterUnusableError, match=r"pip install 'depeche\[ray\]'"):
        ingest(tmp_path / "there", lines, **ON_RAY)
