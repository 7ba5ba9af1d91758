import errno
import gc
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import opened_archive
from ingest.intake import ingest_paths
from ingest.ledger import open_ledger
from ingest.storage import explain_storage
from tests.conftest import word_count_encoder
from tests.ingest.test_intake import write_lines
from tests.ingest.test_kills import whole
from ui.mendable import explain

POINTS = 50
SEED = int(os.environ.get("DEPECHE_SEED", "1"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place))
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    run("umount", "-l", str(place))


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def ingest(path: Path, archive: Path) -> Exception | None:
    try:
        ingest_paths(
            [path], archive, opener=word_count_encoder, outlet="", notify=lambda step: None
        )
    except Exception as error:
        return error
    return None


def words(chance: random.Random) -> str:
    return " ".join(f"w{chance.randrange(4000)}" for _ in range(20))


def leave_free(disk: Path, count: int) -> Path:
    ballast, state = disk / "ballast", os.statvfs(disk)
    ballast.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - count)))
    return ballast


@pytest.mark.timeout(900)
def test_a_disk_that_fills_up_costs_nothing_once_there_is_room(disk: Path, tmp_path: Path) -> None:
    archive, told = disk / "archive", 0
    for point in range(POINTS):
        chance = random.Random(f"{SEED} {point}")
        articles = [
            {"id": f"a{point}-{n}", "text": words(chance), "language": "en"} for n in range(12)
        ]
        lines = write_lines(tmp_path / "a.jsonl", *articles)
        ballast = leave_free(disk, 0 if point == 0 else int(2 ** chance.uniform(10, 20.5)))
        if error := ingest(lines, archive):
            told += 1
            assert "the disk is full" in (explain(error) or repr(error)), (point, error)
        ballast.unlink()
        assert ingest(lines, archive) is None
        with opened_archive(archive, word_count_encoder) as opened:
            assert opened.index
            numbers = opened.ledger.article_numbers()
            assert len(numbers) == 12 * (point + 1)
            whole(opened.ledger, numbers)
            _, vectors = opened.ledger.vectors_of("en", opened.known, None)
            assert opened.index.meaning.count() == opened.index.words.count() == len(vectors)
            found = opened.index.meaning.nearest_to_each(vectors, "en", 1)
            assert all(hits[0][1] > 0.999 for hits in found)
    print("seed", SEED, "errors told", told, "of", POINTS)
    assert told > POINTS / 4


def test_a_folder_that_may_not_be_written_is_said_to_be_so(disk: Path, tmp_path: Path) -> None:
    archive = disk / "archive"
    lines = write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "Red apples fell."})
    ingest(lines, archive)
    open_ledger(str(archive / "ledger.sqlite3")).engine.dispose()
    gc.collect()  # what is open for writing keeps a disk from turning read-only
    assert run("mount", "-o", "remount,ro", str(disk)).returncode == 0
    error = ingest(lines, archive)
    assert error
    assert "may not be written" in (explain(error) or "")
    with pytest.raises(Exception) as asked, opened_archive(archive, word_count_encoder):
        pass
    assert "may not be written" in (explain_storage(asked.value) or "")
    assert run("mount", "-o", "remount,rw", str(disk)).returncode == 0
    with opened_archive(archive, word_count_encoder) as opened:
        assert opened.index
        assert opened.index.meaning.count() == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "may not be written"),
        (RuntimeError("error returned from database: (code: 13) database or disk is full"), "full"),
        (ValueError("attempt to write a readonly database"), "may not be written"),
        (OSError(errno.EFBIG, "File too large"), "may not grow"),
    ],
)
def test_a_fault_of_the_disk_is_one_sentence(error: Exception, words: str) -> None:
    assert words in (explain_storage(error) or "")
    try:
        raise RuntimeError("above") from error
    except RuntimeError as above:
        assert explain_storage(above) == explain_storage(error)


def test_another_error_is_no_fault_of_the_disk() -> None:
    assert explain_storage(ValueError("a vector")) is None
