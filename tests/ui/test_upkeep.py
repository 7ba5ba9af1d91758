from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.backup import back_up
from tests.conftest import Ingest
from tests.ingest.test_intake import texts_found, write_lines
from ui.cli import main

RED = {"id": "a", "text": "Red apples fell.", "outlet": "Gazette", "published": "2024-01-05"}
BLUE = {"id": "b", "text": "Blue plums rose.", "outlet": "Courier"}


@pytest.fixture
def filled(tmp_path: Path, folder: Path, ingest: Ingest) -> Path:
    ingest(write_lines(tmp_path / "a.jsonl", RED, BLUE))
    return folder


def run(*words: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answer)


def test_forget_shows_what_will_go_and_asks_first(filled: Path) -> None:
    kept = run("forget", "--outlet", "Gazette", "--archive", filled, answer="n\n")
    assert "Red apples fell.  (Gazette, 2024-01-05)" in kept.output
    assert "1 articles with all their versions." in kept.output
    assert texts_found(filled, "red apples")
    gone = run("forget", "--outlet", "Gazette", "--archive", filled, "--yes")
    assert "1 articles are forgotten." in gone.output
    assert texts_found(filled, "red apples") == []


def test_forget_wants_to_be_told_what(filled: Path) -> None:
    assert run("forget", "--archive", filled).exit_code == 2


def test_a_backup_is_restored_by_the_command_line(filled: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "kept.zip", "--archive", filled).exit_code == 0
    again = run("restore", tmp_path / "kept.zip", "--archive", tmp_path / "again")
    assert (again.exit_code, "2 articles of" in again.output) == (0, True)
    assert texts_found(tmp_path / "again", "red apples") == ["Red apples fell."]


def test_a_restore_over_an_archive_is_refused_in_one_sentence(filled: Path, tmp_path: Path) -> None:
    written, _ = back_up(filled, tmp_path / "kept.zip")
    refused = run("restore", written, "--archive", filled)
    assert refused.exit_code == 1
    assert refused.output == f"depeche: {filled} holds an archive: restore into another folder\n"
