"""What the doors keep from whom, and how much they take."""

import json
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from tests.ui.doors.conftest import QUESTION, as_member_of
from ui.application import make_app
from ui.settings import ServerSettings


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


def test_too_much_is_refused_before_it_is_held(client: httpx.Client) -> None:
    body = b'{"question": "' + b"a" * 60_000 + b'"}'
    told = client.post("/api/ask", content=body)
    grown = client.post("/api/ask", content=iter([body[:30_000], body[30_000:]]))
    assert (told.status_code, grown.status_code) == (413, 413)
    assert told.json()["error"]["code"] == "large"


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


def test_a_reader_who_asks_too_often_waits(assistant: Assistant) -> None:
    app = make_app(assistant, ServerSettings(questions="2/minute"))
    with TestClient(app, "http://127.0.0.1") as client:
        asked = [client.post("/api/ask", json={"question": QUESTION}) for _ in range(3)]
    assert [found.status_code for found in asked] == [200, 200, 429]
    assert asked[-1].headers["retry-after"] == "60"
