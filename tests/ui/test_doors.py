"""The same answers through every door: REST, OpenAI's protocol, MCP."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import jwt
import openai
import pytest
import schemathesis
from fastapi.testclient import TestClient
from httpx2 import AsyncClient
from hypothesis import HealthCheck, given, settings
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from assistant.assistant import Assistant
from assistant.contract import answer_as_json, search_as_json
from ingest.archive import opened_archive
from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from tests.conftest import word_count_encoder
from tests.serving import listening
from ui.application import make_app
from ui.doors import shapes
from ui.settings import ServerSettings

QUESTION = "What do the harbour workers ask for?"
KEY = "a key that is shared by portal and archive"
STORY = "The harbour workers of Wexmoor walked out on Monday. They ask for two more crews."
ARTICLES = (
    {"id": "quay/1", "outlet": "Mercury", "published": "2024-01-10", "text": STORY},
    {"id": "copy", "outlet": "Courrier", "published": "2024-01-11", "text": STORY},
    {"id": "bread", "outlet": "Review", "text": "The bakers of Selm bake rye bread at night."},
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("doors")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    ingest_paths(
        [folder / "a.jsonl"],
        folder / "archive",
        opener=word_count_encoder,
        outlet="",
        notify=lambda step: None,
    )
    with opened_archive(folder / "archive", word_count_encoder) as archive:
        yield Assistant(archive)


@pytest.fixture(scope="module")
def app(assistant: Assistant) -> Any:
    said: dict[str, Any] = {
        "identity": "token",
        "portal_key": KEY,
        "portals": "https://portal.example",
        "groups": {"harbour": ("Mercury",), "board": ("*",)},
        "questions": "10000/minute",
        "requests": "10000/minute",
        "largest_request": 50_000,
    }
    return make_app(assistant, ServerSettings(**said))


@pytest.fixture(scope="module")
def address(app: Any) -> Iterator[str]:
    with listening(app) as address:
        yield address


def token(*groups: str) -> str:
    claims = {"sub": "anna", "iss": "portal", "aud": "depeche", "groups": list(groups)}
    return jwt.encode({**claims, "exp": time.time() + 600}, KEY, "HS256")


def as_member_of(*groups: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(*groups)}"}


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers=as_member_of("board"), timeout=60) as client:
        yield client


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


def test_a_group_sees_its_outlets_and_no_trace_of_others(address: str) -> None:
    with httpx.Client(base_url=address, headers=as_member_of("harbour"), timeout=60) as member:
        answer = member.post("/api/ask", json={"question": QUESTION}).json()
        wider = {"question": QUESTION, "outlets": ["Courrier", "Review"]}
        assert {each["outlet"] for each in answer["citations"]} == {"Mercury"}
        assert "Courrier" not in json.dumps(answer)
        assert member.post("/api/ask", json=wider).json()["citations"] == []
        assert member.get("/api/search", params={"question": "bread"}).json() != []
        assert "bread" not in member.get("/api/search", params={"question": "bread"}).text
        assert member.get("/api/articles/bread").status_code == 404


def test_who_is_in_no_listed_group_sees_nothing(address: str) -> None:
    with httpx.Client(base_url=address, headers=as_member_of("others"), timeout=60) as member:
        answer = member.post("/api/ask", json={"question": QUESTION}).json()
        assert (answer["status"], answer["citations"]) == ("not_found", [])


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


def test_too_much_is_refused_before_it_is_held(client: httpx.Client) -> None:
    body = b'{"question": "' + b"a" * 60_000 + b'"}'
    told = client.post("/api/ask", content=body)
    grown = client.post("/api/ask", content=iter([body[:30_000], body[30_000:]]))
    assert (told.status_code, grown.status_code) == (413, 413)
    assert told.json()["error"]["code"] == "large"


def test_the_official_openai_client_asks(address: str) -> None:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=token("board")) as client:
        [model] = client.models.list().data
        asked: list[Any] = [{"role": "user", "content": QUESTION}]
        whole = client.chat.completions.create(model=model.id, messages=asked)
        streamed = client.chat.completions.create(model=model.id, messages=asked, stream=True)
        pieces = [chunk.choices[0] for chunk in streamed]
    message = whole.choices[0].message
    assert "two more crews" in (message.content or "")
    assert "] Mercury, January 10, 2024. The harbour workers" in (message.content or "")
    cited = {each["article"] for each in (message.model_extra or {})["citations"]}
    assert "quay/1" in cited
    assert "".join(piece.delta.content or "" for piece in pieces) == message.content
    assert pieces[-1].finish_reason == "stop"


def test_a_conversation_comes_with_its_messages(address: str) -> None:
    said: list[Any] = [
        {"role": "system", "content": "Answer briefly."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        {"role": "assistant", "content": "Two more crews."},
        {"role": "user", "content": "And the bakers of Selm?"},
    ]
    with openai.OpenAI(base_url=f"{address}/v1", api_key=token("board")) as client:
        whole = client.chat.completions.create(model="depeche", messages=said)
        assert "bread" in (whole.choices[0].message.content or "")
        with pytest.raises(openai.UnprocessableEntityError):
            client.chat.completions.create(model="depeche", messages=said[:3])


def test_a_forged_key_is_refused_as_openai_does(address: str) -> None:
    forged = openai.OpenAI(base_url=f"{address}/v1", api_key="forged")
    with forged as client, pytest.raises(openai.AuthenticationError):
        client.models.list()


def test_an_mcp_client_uses_the_tools(address: str) -> None:
    async def use() -> tuple[list[str], Any, Any, Any]:
        carrying = AsyncClient(headers=as_member_of("board"), timeout=60)
        transport = streamable_http_client(f"{address}/mcp", http_client=carrying)
        async with carrying, Client(transport) as client:
            listed = await client.list_tools()
            found = await client.call_tool("search_news", {"question": QUESTION})
            answer = await client.call_tool("ask_news", {"question": QUESTION})
            missing = await client.call_tool("get_article", {"article": "none"})
            return [tool.name for tool in listed.tools], found, answer, missing

    names, found, answer, missing = asyncio.run(use())
    assert names == ["search_news", "ask_news", "get_article"]
    assert found.structured_content["result"][0]["article"] == "quay/1"
    assert "two more crews" in answer.structured_content["answer"]
    assert missing.is_error
    assert missing.content[0].text.endswith("no such article")


def test_the_doors_stay_shut_for_strangers(address: str) -> None:
    for path in ("/api/ask", "/v1/chat/completions", "/mcp"):
        assert httpx.post(address + path, json={}).status_code == 401


ORIGINS = """
    https://evil.example http://portal.example https://portal.example.evil.example
    https://evil-portal.example https://portal.example:8443 https://sub.portal.example null
    https://portal.example. https://PORTAL.example.org https://portal.examplee
    https://portal.example@evil.example https://portal.example%00.evil.example file://
    https://xn--portal-example https://127.0.0.1 http://localhost https://portal_example
    https://portal.example/ chrome-extension://abc https://portal.example,https://evil.example
""".split()


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_foreign_origin_may_not_read_along(client: httpx.Client, origin: str) -> None:
    assert len(ORIGINS) == 20
    preflight = {"Access-Control-Request-Method": "POST", "Origin": origin}
    for found in (
        client.get("/v1/models", headers={"Origin": origin}),
        client.get("/config", headers={"Origin": origin}),
        client.options("/api/ask", headers=preflight),
    ):
        assert "access-control-allow-origin" not in found.headers


def test_a_portal_may_read_along(client: httpx.Client) -> None:
    origin = {"Origin": "https://portal.example"}
    assert (
        client.get("/v1/models", headers=origin).headers["access-control-allow-origin"]
        == origin["Origin"]
    )


def test_every_response_of_every_kind_is_guarded(client: httpx.Client, address: str) -> None:
    responses = [
        client.get("/"),
        client.get("/config"),
        client.get("/nowhere"),
        client.get("/api/openapi.json"),
        client.post("/api/ask", json={}),
        client.post("/api/ask", content=b"a" * 60_000),
        client.options("/api/ask", headers={"Origin": "https://portal.example"}),
        client.get("/metrics"),
        httpx.get(address),
        httpx.get(f"{address}/healthz"),
        httpx.get(f"{address}/page/chat.js"),
        httpx.post(f"{address}/mcp"),
    ]
    for found in responses:
        assert found.headers["x-content-type-options"] == "nosniff", found
        framing = found.headers["content-security-policy"].split("; ")[-1]
        assert framing == "frame-ancestors 'self' https://portal.example", found


def test_a_failure_tells_nobody_its_cause(
    app: Any, address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise RuntimeError("the secret path /etc/x")

    monkeypatch.setattr(Assistant, "searched", fail)
    found = httpx.get(f"{address}/healthz")
    assert found.status_code == 500
    assert found.json()["error"]["message"].startswith("incident ")
    assert "secret" not in found.text
    assert "the secret path" in caplog.text
    assert found.headers["x-content-type-options"] == "nosniff"


def test_the_figures_count_and_name_nobody(client: httpx.Client) -> None:
    client.post("/api/ask", json={"question": QUESTION})
    printed = client.get("/metrics").text
    assert 'depeche_questions_total{door="api",status="answered"}' in printed
    assert "anna" not in printed


def test_a_reader_who_asks_too_often_waits(assistant: Assistant) -> None:
    app = make_app(assistant, ServerSettings(questions="2/minute"))
    with TestClient(app, "http://127.0.0.1") as client:
        asked = [client.post("/api/ask", json={"question": QUESTION}) for _ in range(3)]
    assert [found.status_code for found in asked] == [200, 200, 429]
    assert asked[-1].headers["retry-after"] == "60"


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


def test_over_stdio_the_tools_answer_whoever_started_them(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    ingest_paths(
        [tmp_path / "a.txt"],
        archive,
        opener=partial(open_encoder, ""),
        outlet="",
        notify=lambda step: None,
    )
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from ui.cli import main; main()", "mcp", "--archive", str(archive)],
        cwd=Path(__file__).parents[2],
        env={**os.environ},
    )

    async def ask() -> Any:
        async with Client(command) as client:
            return await client.call_tool("ask_news", {"question": QUESTION})

    assert "two more crews" in asyncio.run(ask()).structured_content["answer"]
