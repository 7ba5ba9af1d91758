"""What the page's script fetches: pieces of HTML, files, and what it may change."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from assistant.evaluation.questions import Question, read_questions
from ingest.archive import opened_archive
from ingest.cited import words_hash
from tests.conftest import Ingest, word_count_encoder
from tests.serving import asking_of
from tests.ui.test_cards import HOSTILE, Reading
from ui.application import make_app
from ui.desk import Desk
from ui.identity.reader import ANYBODY
from ui.kept import open_conversations
from ui.settings import ServerSettings
from ui.sitting import Sitting

HERE = "http://127.0.0.1"
QUESTION = "Which ferry broke down?"
TEXT = f"The ferry Alba broke down. {HOSTILE} Nobody was hurt."
ARTICLES = (
    {"id": "a/1?", "outlet": "Tide", "published": "2024-01-02", "title": HOSTILE, "text": TEXT},
    {"id": "gone", "outlet": "Mail", "status": "withdrawn", "text": "The ferry sank."},
    {"id": "b", "outlet": "Mail", "published": "2024-03-02", "text": "The ferry Alba sails on."},
)


@pytest.fixture
def assistant(ingest: Ingest, folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    file = tmp_path / "ferry.jsonl"
    file.write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    ingest(file)
    with opened_archive(folder, word_count_encoder) as archive:
        yield Assistant(archive)


@pytest.fixture
def client(assistant: Assistant, folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, ServerSettings(archive=folder, port=0)), HERE) as client:
        yield client


@pytest.fixture
def conversation(assistant: Assistant) -> str:
    """A conversation of one answered question."""
    kept = open_conversations(assistant.archive.ledger, 30)
    name = kept.begin(ANYBODY.name, QUESTION)
    *_, exchange = Desk(asking_of(assistant)).answer(QUESTION, Sitting(ANYBODY, (), "en"))
    kept.keep(ANYBODY.name, name, 1, exchange)
    return name


def test_an_article_is_shown_whole_with_the_cited_words_marked(client: TestClient) -> None:
    asked = {"id": "a/1?", "words": words_hash(TEXT), "start": 4, "end": 26}
    found = Reading(client.get(f"/room/article?{urlencode(asked)}").text)
    assert TEXT in found.text
    assert found.marked == "ferry Alba broke down."
    assert {"img", "script"}.isdisjoint(found.elements)


@pytest.mark.parametrize("missing", ["gone", "never there", ""])
def test_an_article_that_may_not_be_shown_is_not(client: TestClient, missing: str) -> None:
    found = client.get("/room/article", params={"id": missing, "lang": "fr"})
    assert found.text == '<p class="nothing">Cet article n’est plus dans l’archive.</p>'


def test_a_plain_search_lists_articles_within_the_filters(client: TestClient) -> None:
    everything = Reading(client.get("/room/search?q=ferry").text)
    assert everything.elements.count("article") == 2
    assert {"img", "script"}.isdisjoint(everything.elements)
    some = Reading(client.get("/room/search?q=ferry&outlet=Mail&to=2024-03").text)
    assert "sails on" in some.text
    assert "broke down" not in some.text
    assert "no word" in client.get("/room/search?q=%3F").text


def test_the_filters_offer_what_the_archive_holds(client: TestClient) -> None:
    found = Reading(client.get("/room/filters?outlet=Tide").text)
    assert {"Tide", "Mail"} <= set(found.attributes["value"])
    assert found.elements.count("g") == 3  # January to March
    assert found.attributes["checked"] == ["", ""]  # the outlet, and every kind


def test_a_conversation_is_listed_renamed_exported_and_deleted(
    client: TestClient, conversation: str
) -> None:
    one = f"/room/conversations/{conversation}"
    assert client.put(one, json={"name": f"Alba {HOSTILE}"}).status_code == 204
    listed = Reading(client.get("/room/conversations").text)
    assert f"Alba {HOSTILE}" in listed.text
    assert {"img", "script"}.isdisjoint(listed.elements)
    markdown = client.get(f"{one}.md")
    assert markdown.headers["content-disposition"] == f'attachment; filename="{conversation}.md"'
    assert f"## {QUESTION}" in markdown.text
    assert client.get(f"{one}.json").json()["exchanges"][0]["question"] == QUESTION
    assert client.delete(one).status_code == 204
    assert client.get(f"{one}.json").status_code == 404
    assert client.delete(one).status_code == 404


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_verdict_becomes_a_draft_that_eval_reads(
    client: TestClient, conversation: str, folder: Path, verdict: str
) -> None:
    judged = {"conversation": conversation, "turn": 1, "verdict": verdict}
    assert client.post("/room/feedback", json=judged).status_code == 204
    [drafted] = read_questions(folder / "feedback.jsonl")
    assert isinstance(drafted, Question)
    assert drafted.text == QUESTION
    assert drafted.answerable == (verdict == "right")


@pytest.mark.parametrize(
    "judged",
    [
        {"turn": 2},
        {"turn": 0},
        {"verdict": "great"},
        {"conversation": "somebody else's"},
    ],
)
def test_a_verdict_on_nothing_is_refused(
    client: TestClient, conversation: str, folder: Path, judged: dict[str, object]
) -> None:
    whole = {"conversation": conversation, "turn": 1, "verdict": "right", **judged}
    assert client.post("/room/feedback", json=whole).status_code in (404, 422)
    assert not (folder / "feedback.jsonl").exists()
