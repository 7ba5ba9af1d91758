"""Asked by REST, the archive answers as the commands do."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from assistant.assistant import Assistant
from assistant.contract import answer_as_json, search_as_json
from tests.ui.doors.conftest import QUESTION, STORY, as_member_of
from ui.doors import shapes


def events(stream: str) -> list[tuple[str, Any]]:
    parts = [part.split("\n", 1) for part in stream.strip().split("\n\n")]
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in parts
    ]


def test_asked_by_rest_an_answer_is_as_the_command_prints_it(
    client: httpx.Client, assistant: Assistant
) -> None:
    found = client.post("/api/ask", json={"question": QUESTION}).json()
    *_, whole = assistant.ask(QUESTION, today=datetime.now(UTC).date())
    assert found == json.loads(json.dumps(answer_as_json(whole)))
    assert "two more crews" in found["answer"]
    described = shapes.Answer.model_validate(found)
    assert described.model_dump(mode="json", exclude_unset=True, by_alias=True) == found


def test_searched_by_rest_passages_are_as_the_command_lists_them(
    client: httpx.Client, assistant: Assistant
) -> None:
    found = client.get("/api/search", params={"question": QUESTION, "count": 3}).json()
    assert found == search_as_json(assistant.search(QUESTION, 3, today=datetime.now(UTC).date()))
    for passage in found:
        assert shapes.Passage.model_validate(passage).model_dump(mode="json") == passage


def test_an_answer_streams_and_its_last_event_is_whole(client: httpx.Client) -> None:
    accept = {"Accept": "text/event-stream"}
    found = client.post("/api/ask", json={"question": QUESTION}, headers=accept)
    *grown, last = events(found.text)
    assert last == ("done", {})
    assert grown[-1] == ("answer", client.post("/api/ask", json={"question": QUESTION}).json())


def test_filters_narrow_an_answer(client: httpx.Client) -> None:
    chosen = {"question": QUESTION, "outlets": ["Review"]}
    assert {
        each["outlet"] for each in client.post("/api/ask", json=chosen).json()["citations"]
    } <= {"Review"}


def test_an_article_is_read_by_its_id(client: httpx.Client) -> None:
    found = client.get("/api/articles/quay/1").json()
    assert (found["article"], found["text"], found["outlet"]) == ("quay/1", STORY, "Mercury")
    assert shapes.WholeArticle.model_validate(found).model_dump(mode="json") == found
    assert client.get("/api/articles/none").status_code == 404


@pytest.mark.parametrize(
    ("question", "language", "sentence"),
    [
        ("?!", "en", "There is no word in this question"),
        ("?!", "fr", "Cette question ne contient aucun mot"),
    ],
)
def test_a_question_that_cannot_be_asked_gets_a_sentence(
    client: httpx.Client, question: str, language: str, sentence: str
) -> None:
    for accept in ("application/json", "text/event-stream"):
        headers = {"Accept-Language": language, "Accept": accept}
        found = client.post("/api/ask", json={"question": question}, headers=headers)
        assert found.status_code == 422
        assert found.json()["error"]["message"].startswith(sentence)


def test_the_figures_count_and_name_nobody(client: httpx.Client) -> None:
    client.post("/api/ask", json={"question": QUESTION})
    printed = client.get("/metrics").text
    assert 'depeche_questions_total{door="api",status="answered"}' in printed
    assert "anna" not in printed


OPERATIONS = ("POST /api/ask", "GET /api/search", "GET /api/articles/{article_id}")


@pytest.mark.parametrize("wanted", [*OPERATIONS, "POST /v1/chat/completions"])
def test_whatever_is_asked_no_door_fails(address: str, wanted: str) -> None:
    headers = as_member_of("board")
    schema = schemathesis.openapi.from_url(f"{address}/api/openapi.json", headers=headers)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    [operation] = [each for each in operations if each.label == wanted]

    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def no_door_fails(case: Any) -> None:
        found = case.call(headers=headers)
        assert found.status_code < 500, found.text

    no_door_fails()
