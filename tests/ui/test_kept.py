"""Conversations survive in the ledger's database, each with its reader alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from assistant.assistant import Assistant
from ingest.archive import existing_ledger, opened_archive
from ingest.forgetting import Wanted, find_doomed, forget
from ingest.site import Site
from tests.conftest import Ingest, word_count_encoder
from ui.conversation import Exchange
from ui.kept import Conversations, open_conversations
from ui.kept.export import as_json, as_markdown
from ui.kept.tables import conversations as table

pytestmark = pytest.mark.everywhere

DAY = date(2024, 6, 1)
QUESTION = "How many crews do the harbour workers ask for?"
HARBOUR = {
    "id": "harbour",
    "outlet": "The Quay",
    "published": "2024-05-02",
    "title": "Harbour",
    "text": "The harbour workers walked out. They ask for two more crews.",
}


def write(tmp_path: Path, **changes: str) -> Path:
    file = tmp_path / "harbour.jsonl"
    file.write_text(json.dumps(HARBOUR | changes), "utf-8")
    return file


@pytest.fixture
def asked(ingest: Ingest, site: Site, tmp_path: Path) -> Exchange:
    """A question with its answer from an archive of one article."""
    ingest(write(tmp_path))
    with opened_archive(site, word_count_encoder) as archive:
        *_, answer = Assistant(archive).ask(QUESTION, today=DAY)
    assert answer.citations
    return Exchange(QUESTION, answer, "done")


@pytest.fixture
def kept(asked: Exchange, site: Site) -> Iterator[Conversations]:
    yield open_conversations(existing_ledger(site), 30)


def test_a_conversation_is_there_after_a_restart(
    kept: Conversations, asked: Exchange, site: Site
) -> None:
    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    kept.keep("ada", name, 2, Exchange("And why?", progress="running"))
    again = open_conversations(existing_ledger(site), 30)
    assert again.read("ada", name) == (asked, Exchange("And why?", progress="stopped"))
    assert [each.name for each in again.listed("ada")] == [QUESTION]


def test_a_server_that_knows_less_than_was_kept_goes_on_from_what_was_kept(
    kept: Conversations, asked: Exchange
) -> None:
    name, other = kept.begin("ada", QUESTION), replace(asked, question="And now?")
    kept.keep("ada", name, 1, asked)
    assert kept.resume("ada", name, ()) == (asked,)
    assert kept.resume("ada", name, (asked,)) == (asked,)
    kept.keep("ada", name, 2, other)
    assert kept.resume("ada", name, (asked,)) == (asked, other)
    kept.keep("ada", name, 1, other)  # asked anew, by way of another server
    assert kept.resume("ada", name, (asked,)) == (other,)
    assert kept.resume("eve", name, ()) == ()


def test_what_grows_is_newer_than_what_was_kept_when_it_began(
    kept: Conversations, asked: Exchange
) -> None:
    name, growing = kept.begin("ada", QUESTION), replace(asked, progress="running")
    kept.keep("ada", name, 1, Exchange(QUESTION))
    assert kept.resume("ada", name, (growing,)) == (growing,)
    assert kept.resume("ada", name, ()) == (Exchange(QUESTION, progress="stopped"),)


def test_nobody_reads_or_changes_what_another_reader_asked(
    kept: Conversations, asked: Exchange
) -> None:
    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    kept.keep("eve", name, 1, replace(asked, question="Eve was here"))
    assert kept.read("eve", name) == ()
    assert kept.listed("eve") == []
    assert kept.find("eve", name) is None
    assert not kept.rename("eve", name, "Mine")
    assert not kept.delete("eve", name)
    assert kept.read("ada", name) == (asked,)


def test_an_answer_asked_for_again_takes_the_place_of_the_old_one(
    kept: Conversations, asked: Exchange
) -> None:
    name = kept.begin("ada", QUESTION)
    for turn in (1, 2):
        kept.keep("ada", name, turn, asked)
    other = replace(asked, question="Who walked out?")
    kept.keep("ada", name, 1, other)
    assert kept.read("ada", name) == (other,)


def test_conversations_are_found_by_name_and_by_what_was_said(
    kept: Conversations, asked: Exchange
) -> None:
    name = kept.begin("ada", "First")
    kept.keep("ada", name, 1, asked)
    kept.begin("ada", "100 % sure")
    assert [each.name for each in kept.listed("ada", "two more CREWS")] == ["First"]
    assert [each.name for each in kept.listed("ada", "0 %")] == ["100 % sure"]
    assert kept.listed("ada", "nowhere") == []


def test_a_conversation_is_renamed_and_deleted(kept: Conversations, asked: Exchange) -> None:
    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    assert kept.rename("ada", name, "Crews")
    assert [each.name for each in kept.listed("ada")] == ["Crews"]
    assert kept.delete("ada", name)
    assert kept.read("ada", name) == ()
    kept.keep("ada", name, 2, asked)  # an answer that was under way
    assert kept.read("ada", name) == ()


def test_what_was_kept_long_enough_is_deleted(kept: Conversations) -> None:
    old, young = kept.begin("ada", "Old"), kept.begin("ada", "Young")
    past = datetime.now(UTC) - timedelta(days=31)
    with kept.ledger.writing() as connection:
        connection.execute(update(table).where(table.c.id == old).values(touched=past))
    assert [each.id for each in kept.listed("ada")] == [young]
    assert kept.forget_old() == 1
    assert kept.find("ada", old) is None


def test_an_old_answer_says_that_its_article_changed_since(
    kept: Conversations, asked: Exchange, ingest: Ingest, tmp_path: Path
) -> None:
    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    ingest(write(tmp_path, text=HARBOUR["text"].replace("two", "three")))
    [exchange] = kept.read("ada", name)
    assert exchange == replace(asked, changed=(1,))
    assert exchange.answer
    assert "two more crews" in exchange.answer.citations[0].article.text


@pytest.mark.parametrize("gone", ["withdrawn", "forgotten"])
def test_an_old_answer_loses_the_words_of_an_article_that_is_gone(
    kept: Conversations, asked: Exchange, ingest: Ingest, tmp_path: Path, site: Site, gone: str
) -> None:
    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    if gone == "withdrawn":
        ingest(write(tmp_path, status="withdrawn"))
    else:
        forget(site, find_doomed(kept.ledger, Wanted(article="harbour")))
        kept.take_out_gone()
        assert not [f for f in site.folder.glob("ledger*") if b"two more crews" in f.read_bytes()]
    [exchange] = kept.read("ada", name)
    assert exchange.answer
    assert exchange.answer.citations == ()
    assert "crews" not in exchange.answer.text
    assert "no longer in the archive" in exchange.answer.text


def test_an_exchange_of_an_older_program_keeps_its_question(
    kept: Conversations, asked: Exchange
) -> None:
    from ui.kept.tables import exchanges

    name = kept.begin("ada", QUESTION)
    kept.keep("ada", name, 1, asked)
    older = json.dumps({"question": QUESTION, "answer": {"citations": [], "words": 3}})
    with kept.ledger.writing() as connection:
        connection.execute(update(exchanges).values(written=older))
    assert kept.read("ada", name) == (Exchange(QUESTION, progress="stopped"),)


def test_a_conversation_is_taken_along_with_its_sources(
    kept: Conversations, asked: Exchange
) -> None:
    name = kept.begin("ada", QUESTION)
    named = kept.find("ada", name)
    assert named
    written = as_markdown(named, [asked])
    assert written.startswith(f"# {QUESTION}\n\n## {QUESTION}\n\n")
    assert "[1] The Quay, May 2, 2024. Harbour" in written
    [exchange] = json.loads(json.dumps(as_json(named, [asked])))["exchanges"]
    assert exchange["answer"]["citations"][0]["article"] == "harbour"
