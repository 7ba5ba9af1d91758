"""A running archive moved to servers, interrupted, changed meanwhile, and never encoded again."""

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromadb.api.models.Collection import Collection
from click.testing import CliRunner
from sqlalchemy import Table, select

from ingest.archive import Archive, create_folder, existing_ledger, opened_archive
from ingest.forgetting import Wanted, find_doomed, forget
from ingest.index import served
from ingest.index.remote import Remote
from ingest.index.served import open_served
from ingest.ledger import Ledger
from ingest.moving import MoveRefusedError, move_ledger
from ingest.site import ChromaAddress, Site
from ingest.tables import metadata
from tests.conftest import Ingest, passages_held, word_count_encoder
from tests.ingest.crash import article_of, start_child
from tests.ingest.test_intake import texts_found, write_lines
from tests.servers import ChromaServer, Postgres
from ui.moving import migrate
from ui.room.feedback import open_drafts


@pytest.fixture
def filled(tmp_path: Path, folder: Path, ingest: Ingest) -> Path:
    articles = [article_of(1, step, 0) for step in range(40)]
    lines = [{"id": f"a{step}", "text": one.text} for step, one in enumerate(articles)]
    copied = {"id": "copy", "outlet": "Q", "text": articles[0].text + " And more."}
    ingest(write_lines(tmp_path / "a.jsonl", *lines, copied))
    return folder


@pytest.fixture
def address(postgres: Postgres, tmp_path: Path) -> str:
    return postgres.make_ledger(tmp_path.name.replace("-", "_"))


def rows(ledger: Ledger, table: Table) -> list[tuple[object, ...]]:
    """All rows of a table, moments as text: SQLite forgets their zone."""
    with ledger.engine.connect() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [tuple(str(each)[:19] if name == "seen" else each
                      for name, each in row._mapping.items()) for row in found]  # fmt: skip


def assert_alike(one: Ledger, two: Ledger) -> None:
    for table in metadata.sorted_tables:
        assert rows(one, table) == rows(two, table), table.name


def test_an_interrupted_move_goes_on_and_brings_what_changed_meanwhile(
    filled: Path, address: str, tmp_path: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.moving._PAGE", 7)
    source, target = existing_ledger(filled), create_folder(Site(tmp_path / "new", address))

    def stop(name: str) -> None:
        if name == "vectors":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_ledger(source, target, (), stop)
    forget(filled, find_doomed(source, Wanted(article="a0")))
    changed = [{"id": "a1", "text": "Red plums."}, {"id": "new", "text": "Red pears rose."}]
    ingest(write_lines(tmp_path / "b.jsonl", *changed))
    move_ledger(source, target, (), lambda name: None)
    assert_alike(source, target)
    with pytest.raises(MoveRefusedError, match="holds articles already"):
        move_ledger(source, target, (), lambda name: None)


def test_another_archive_is_not_moved_into_a_part_of_this_one(
    filled: Path, address: str, tmp_path: Path
) -> None:
    target = create_folder(Site(tmp_path / "new", address))

    def stop(name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_ledger(existing_ledger(filled), target, (), stop)
    with pytest.raises(MoveRefusedError, match="part of another archive"):
        move_ledger(create_folder(tmp_path / "other"), target, (), lambda name: None)


def fill_until_killed(folder: Path, address: str, after: str, calls: int) -> None:
    """Move to a Chroma server a few articles at a time, and die after so many calls of a kind."""
    served._PAGE = 4
    owner = Remote if hasattr(Remote, after) else Collection
    call, left = getattr(owner, after), [calls]

    def dying(*values: Any, **named: Any) -> Any:
        result = call(*values, **named)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, after, dying)
    CliRunner().invoke(migrate, ["--archive", str(folder), "--to-chroma", address])


@pytest.mark.parametrize(
    ("after", "calls"),
    [
        pytest.param("write_note", 4, id="between two pages"),
        pytest.param("upsert", 3, id="amid a page"),
    ],
)
def test_a_move_to_chroma_that_is_killed_goes_on_and_doubles_nothing(
    filled: Path, chroma: ChromaServer, tmp_path: Path, ingest: Ingest, after: str, calls: int
) -> None:
    child = start_child(fill_until_killed, filled, chroma.address, after, calls)
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    moved = Site(filled, chroma=ChromaAddress(chroma.address))
    ledger = existing_ledger(filled)
    encoder = ledger.serving()
    assert moved.chroma
    assert encoder
    half = open_served(moved.chroma, ledger, encoder)
    assert half.is_away
    begun = half.filling.read_note(half.base + "note")
    assert begun
    assert 0 < begun["applied"] < begun["whole_at"]
    changed = [{"id": "a1", "text": "Red plums."}, {"id": "new", "text": "Red pears rose."}]
    ingest(write_lines(tmp_path / "b.jsonl", *changed))
    said = ["--archive", str(filled), "--to-chroma", chroma.address]
    assert CliRunner().invoke(migrate, said).exit_code == 0
    with opened_archive(moved, word_count_encoder) as archive:
        assert archive.served
        assert archive.served.generation == begun["generation"]
        assert passages_held(archive) == {ledger.vector_count(encoder)}
        assert_each_is_held(archive)


def assert_each_is_held(archive: Archive) -> None:
    """Read, not searched for: a graph need not lead to one of passages that say nearly the same."""
    assert archive.served
    graph = archive.served._passages(archive.served.asking, archive.served.generation)
    numbers = archive.ledger.article_numbers()
    languages = {number: each.language for number, each in archive.ledger.articles(numbers).items()}
    for passage, vector in archive.ledger.passages_with_vectors(numbers, archive.known):
        held = graph.held([passage.number], languages[passage.article])
        assert held[passage.number] == pytest.approx(vector.astype(np.float32), abs=0.01)


def test_the_command_moves_all_of_an_archive_and_it_goes_on_there(
    filled: Path, address: str, chroma: ChromaServer, tmp_path: Path, ingest: Ingest
) -> None:
    open_drafts(filled).add({"id": "one", "verdict": "right"})
    said = ["--archive", str(filled), "--to-ledger", address, "--to-chroma", chroma.address]
    done = CliRunner().invoke(migrate, said)
    assert done.exit_code == 0, done.output
    moved = Site(tmp_path / "new", address, ChromaAddress(chroma.address))
    assert texts_found(moved, "w1") == texts_found(filled, "w1")
    assert '"verdict": "right"' in open_drafts(moved).written()
    with opened_archive(moved, word_count_encoder) as archive:
        before = passages_held(archive)
        assert before == {archive.ledger.vector_count(archive.known)}
        kept = archive.ledger.article_numbers()
    from ingest.intake import ingest_paths

    lines = write_lines(tmp_path / "c.jsonl", {"id": "late", "text": "Red figs fell."})
    report = ingest_paths(
        [lines], moved, opener=word_count_encoder, outlet="", notify=lambda step: None
    )
    assert (report.added, existing_ledger(moved).article_numbers()) == (1, [*kept, max(kept) + 1])
