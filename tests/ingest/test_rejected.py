"""What was left out stays on a list until it could be read, or is gone."""

from pathlib import Path

import pytest

from ingest.archive import create_folder
from ingest.rejected import paths_to_retry, rejected_sources, strike_off_gone
from tests.conftest import Ingest


def listed(folder: Path) -> list[str]:
    return [each.source for each in rejected_sources(create_folder(folder))]


def test_a_source_that_can_be_read_again_leaves_the_list(
    tmp_path: Path, folder: Path, ingest: Ingest
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Fine."}\n{"text": 3}\n{\n')
    ingest(path)
    ledger = create_folder(folder)
    assert [each.source for each in rejected_sources(ledger)] == [f"{path}:2", f"{path}:3"]
    assert paths_to_retry(ledger) == [path]
    path.write_text('{"text": "Fine."}\n{"text": "Now too."}\n{\n')
    ingest(*paths_to_retry(ledger))
    assert [each.source for each in rejected_sources(ledger)] == [f"{path}:3"]


def test_a_folder_that_held_nothing_leaves_the_list_when_it_holds_something(
    tmp_path: Path, folder: Path, ingest: Ingest
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    ingest(inbox)
    ingest(inbox)
    assert listed(folder) == [str(inbox)]
    (inbox / "a.txt").write_text("Words.")
    ingest(inbox)
    assert listed(folder) == []


def test_what_is_gone_leaves_the_list_but_not_while_its_folder_is_gone_too(
    tmp_path: Path, folder: Path, ingest: Ingest
) -> None:
    lost, mounted = tmp_path / "a.txt", tmp_path / "mounted" / "b.txt"
    mounted.parent.mkdir()
    for path in (lost, mounted):
        path.write_text(" ")
    ingest(lost, mounted)
    lost.unlink()
    mounted.parent.rename(tmp_path / "elsewhere")
    assert strike_off_gone(create_folder(folder)) == [lost]
    assert listed(folder) == [str(mounted)]


def test_a_source_named_from_where_one_stood_is_found_from_elsewhere(
    tmp_path: Path, folder: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(" ")
    ingest(Path("a.txt"))
    monkeypatch.chdir("/")
    assert paths_to_retry(create_folder(folder)) == [tmp_path / "a.txt"]
