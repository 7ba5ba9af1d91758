import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.assistant import Assistant
from ingest.archive import existing_ledger, opened_archive
from ingest.backup import back_up
from tests.conftest import Ingest, word_count_encoder
from tests.ingest.test_intake import texts_found, write_lines
from ui.cli import main
from ui.conversation import Exchange
from ui.kept import open_conversations
from ui.room.feedback import draft_line, open_drafts

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
    assert "1 article, with every version." in kept.output
    assert texts_found(filled, "red apples")
    gone = run("forget", "--outlet", "Gazette", "--archive", filled, "--yes")
    assert "1 article forgotten." in gone.output
    assert texts_found(filled, "red apples") == []


def test_forget_takes_an_article_out_of_what_readers_asked_and_judged(filled: Path) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        *_, answer = Assistant(archive).ask("What of the red apples?", today=date(2024, 6, 1))
    asked = Exchange("What of the fruit?", answer, "done")
    conversations = open_conversations(existing_ledger(filled), 30)
    conversations.keep("ada", conversations.begin("ada", "Fruit"), 1, asked)
    for exchange in (asked, Exchange("Nothing?")):
        open_drafts(filled).add(draft_line(exchange, "outdated", date(2024, 6, 1)))
    assert conversations.listed("ada", "Red apples fell")
    run("forget", "--article", "a", "--archive", filled, "--yes")
    assert conversations.listed("ada", "Red apples fell") == []
    [left] = (filled / "feedback.jsonl").read_text("utf-8").splitlines()
    assert json.loads(left)["question"] == "Nothing?"


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


@pytest.fixture
def set_encoder(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the settings name an encoder: a count of words each, told apart by its weights."""

    def name(encoder: str) -> None:
        other = replace(word_count_encoder(), name=encoder, fingerprint=encoder[0] * 64)
        for place in ("ui.intake", "assistant.assistant", "ingest.encoder"):  # the importers first
            monkeypatch.setattr(f"{place}.open_encoder", lambda said: other)

    return name


def test_doctor_and_reindex_go_hand_in_hand(
    filled: Path, tmp_path: Path, set_encoder: Callable[[str], None]
) -> None:
    set_encoder("0: word count")
    sick = run("ingest", tmp_path / "gone.jsonl", "--archive", filled)
    well = run("doctor", "--archive", filled, "--json")
    health = json.loads(well.stdout)
    assert (sick.exit_code, well.exit_code, health["well"]) == (1, 0, True)
    assert health["holdings"] == {
        "articles": 2, "passages": 2, "languages": {"en": 2}, "newest": "2024-01-05",
    }  # fmt: skip
    assert (health["index"]["passages"], health["index"]["mended"]) == (2, "")
    assert [each["source"] for each in health["rejected"]] == [str(tmp_path / "gone.jsonl")]

    set_encoder("1: another count")
    foreign = run("doctor", "--archive", filled, "--json")
    assert (foreign.exit_code, json.loads(foreign.stdout)["well"]) == (1, False)
    assert "run depeche reindex" in json.loads(foreign.stdout)["problems"][0]
    done = run("reindex", "--archive", filled)
    assert (done.exit_code, "2 passages encoded by '1:" in done.output) == (0, True)
    mended = json.loads(run("doctor", "--archive", filled, "--json").stdout)
    assert (mended["well"], mended["encoder"]["name"]) == (True, "1: another count")
    [found] = json.loads(run("search", "apples", "-k", "1", "--archive", filled, "--json").stdout)
    assert found["article"] == "a"


def test_doctor_says_who_has_the_archive_open_and_reindex_that_it_waits(
    filled: Path, set_encoder: Callable[[str], None]
) -> None:
    with opened_archive(filled, word_count_encoder):
        set_encoder("0: word count")
        told = run("doctor", "--archive", filled)
        assert "has it open: stop it to have the index checked" in told.output
        set_encoder("1: another count")
        done = run("reindex", "--archive", filled)
        assert "Start the running server again to use it." in done.output
