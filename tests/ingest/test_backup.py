import json
import time
import zipfile
from pathlib import Path

import pytest

from ingest.backup import BackupUnusableError, back_up, restore
from tests.conftest import Ingest
from tests.ingest.crash import start_child
from tests.ingest.test_intake import texts_found, write_lines


@pytest.fixture
def filled(tmp_path: Path, folder: Path, ingest: Ingest) -> Path:
    """An archive with everything in its folder."""
    apples, pears = {"id": "a", "text": "Red apples fell."}, {"id": "b", "text": "Red pears rose."}
    ingest(write_lines(tmp_path / "a.jsonl", apples, pears))
    return folder


def test_a_backup_is_restored_to_the_same_answers(filled: Path, tmp_path: Path) -> None:
    written, manifest = back_up(filled, tmp_path)
    assert (written.parent, manifest.articles, manifest.encoder) == (tmp_path, 2, "word count")
    restore(written, tmp_path / "again")
    assert texts_found(tmp_path / "again", "red") == texts_found(filled, "red")
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_backup_and_a_folder_in_use_are_refused(filled: Path, tmp_path: Path) -> None:
    written, _ = back_up(filled, tmp_path / "kept.zip")
    with pytest.raises(BackupUnusableError, match="holds an archive"):
        restore(written, filled)
    with zipfile.ZipFile(written) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        ledger = bytearray(packed.read("ledger.sqlite3"))
    ledger[5000] ^= 1
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("manifest.json", json.dumps(manifest))
        packed.writestr("ledger.sqlite3", bytes(ledger))
    with pytest.raises(BackupUnusableError, match="is damaged"):
        restore(written, tmp_path / "again")
    written.write_bytes(b"PK")
    with pytest.raises(BackupUnusableError, match="is no backup"):
        restore(written, tmp_path / "again")
    assert not (tmp_path / "again" / "ledger.sqlite3").exists()
    with pytest.raises(BackupUnusableError, match="is no backup"):
        restore(written, tmp_path / "third")
    assert not (tmp_path / "third").exists()


@pytest.mark.parametrize("place", ["/dev/full", "/proc/kept.zip", "{}/a file/kept.zip"])
def test_a_place_that_takes_no_backup_is_told(filled: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").touch()
    target = Path(place.format(tmp_path))
    with pytest.raises(BackupUnusableError, match=str(target)):
        back_up(filled, target)
    assert not target.is_file()


@pytest.mark.parametrize("delay", [0, 0.02, 0.05, 0.1, 0.2])
def test_a_kill_during_a_backup_keeps_the_one_before(
    filled: Path, tmp_path: Path, delay: float
) -> None:
    written, _ = back_up(filled, tmp_path / "kept.zip")
    child = start_child(back_up_for_ever, filled, written)
    time.sleep(delay)
    child.kill()
    child.join()
    restore(written, tmp_path / "again")
    assert texts_found(tmp_path / "again", "red") == texts_found(filled, "red")


def back_up_for_ever(folder: Path, target: Path) -> None:
    while True:
        back_up(folder, target)
