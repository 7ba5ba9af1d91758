"""The operator's page: who may see it, what it tells, and what is added through it."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.rejected import rejected_sources
from tests.conftest import Ingest, word_count_encoder
from tests.ingest.test_feeds import Canary, serving
from tests.serving import asking_of
from tests.ui.test_cards import HOSTILE, Reading
from ui.application import make_app
from ui.desk import Desk
from ui.identity.reader import ANYBODY
from ui.kept import open_conversations
from ui.server import following
from ui.settings import ServerSettings
from ui.sitting import Sitting

HERE = "http://127.0.0.1"
SAME = {"Origin": HERE}
PROXY = "10.1.0.7"
HEADER = {"identity": "header", "trusted_proxies": PROXY, "operators": "desk, archive"}
ANNA = {"X-Forwarded-User": "anna"}
QUAY = {"outlet": HOSTILE, "title": HOSTILE, "published": "2024-01-02", "text": "The quay is shut."}


@pytest.fixture
def assistant(ingest: Ingest, folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "a.jsonl").write_text(json.dumps(QUAY) + '\n{"text": ""}', "utf-8")
    ingest(tmp_path / "a.jsonl")
    with opened_archive(folder, word_count_encoder) as archive, following(archive):
        yield Assistant(archive)


Opening = Callable[..., TestClient]


@pytest.fixture
def opening(assistant: Assistant, folder: Path) -> Opening:
    def open_at(peer: str = "127.0.0.1", **settings: Any) -> TestClient:
        app = make_app(assistant, ServerSettings(archive=folder, port=0, **settings))
        return TestClient(app, HERE, client=(peer, 50000))

    return open_at


@pytest.fixture
def client(opening: Opening) -> TestClient:
    return opening()


def wait_for(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 60
    while not (there := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return there


def additions_of(client: TestClient, language: str = "en") -> Reading:
    """What was added, once nothing is being read any more."""
    address = f"/operator/additions?lang={language}"
    said = wait_for(lambda: "data-busy" not in (said := client.get(address).text) and said)
    return Reading(said)


def send(client: TestClient, name: str, content: bytes, **headers: str) -> int:
    asked = {"name": name, "outlet": "Tide"}
    sent = client.post(
        "/operator/articles", params=asked, content=content, headers={**SAME, **headers}
    )
    return int(sent.status_code)


ROUTES = [
    ("GET", ""), ("GET", "/survey"), ("GET", "/additions"), ("GET", "/verdicts.jsonl"),
    ("POST", "/articles?name=a.txt"), ("POST", "/feed"),
]  # fmt: skip


def test_strangers_get_401_and_readers_403(opening: Opening) -> None:
    said, client, everybody = {"address": "a"}, opening(PROXY, **HEADER), opening(open_to_all=True)
    for method, path in ROUTES:
        whole = f"/operator{path}"
        assert client.request(method, whole, json=said, headers=SAME).status_code == 401
        assert everybody.request(method, whole, json=said, headers=SAME).status_code == 403
        for groups in ({}, {"X-Forwarded-Groups": "sport"}, {"X-Forwarded-Groups": "desks"}):
            refused = client.request(method, whole, json=said, headers=SAME | ANNA | groups)
            assert refused.status_code == 403
            assert "quay" not in refused.text


def test_a_member_of_the_configured_group_gets_the_page(opening: Opening) -> None:
    headers = ANNA | {"X-Forwarded-Groups": "sport, archive"}
    found = opening(PROXY, **HEADER).get("/operator", headers=headers)
    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]


def test_operators_without_an_identity_stop_the_start() -> None:
    with pytest.raises(ValueError, match="operators are told by their groups"):
        ServerSettings(operators=("desk",))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 article", "January 2, 2024", "text: is empty", "1 left out", "well"]),
        ("fr", ["1 article", "2 janvier 2024", "1 écartés", "Écartés", "en ordre"]),
    ],
)
def test_the_page_tells_how_the_archive_is(
    client: TestClient, language: str, said: list[str]
) -> None:
    found = Reading(client.get(f"/operator?lang={language}").text)
    for each in said:
        assert each in found.text
    assert HOSTILE in found.text
    assert "img" not in found.elements
    assert set(found.attributes.get("src", [])) == {"page/theme.js", "page/operator.js"}


def test_what_is_sent_is_read_and_found_and_not_kept_as_a_file(
    client: TestClient, assistant: Assistant, folder: Path
) -> None:
    lines = [{"id": "z", "text": "The ferry Zanthe sank."}, {"text": ""}]
    assert send(client, "b.jsonl", "\n".join(map(json.dumps, lines)).encode()) == 202
    said = additions_of(client)
    assert "1 new, 0 changed, 0 known already, 0 withdrawn, 1 left out" in said.text
    assert "upload:b.jsonl:2: text: is empty" in said.text
    wait_for(lambda: "Zanthe" in client.get("/room/search?q=Zanthe").text)
    assert client.get("/api/articles/z").json()["outlet"] == "Tide"
    assert list((folder / "uploads").iterdir()) == []
    assert send(client, "b.jsonl", b'{"text": "Fine now."}') == 202
    additions_of(client)
    assert len(rejected_sources(assistant.archive.ledger)) == 1  # the one from before


def test_hostile_files_and_names_cost_only_themselves(client: TestClient) -> None:
    assert send(client, f"../{HOSTILE}.pdf", b"%PDF-1.4 no") == 202
    assert send(client, "a.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>') == 202
    assert send(client, "fine.txt", b"The tram to Selm runs again.") == 202
    said = additions_of(client)
    assert "1 new" in said.text
    assert "is a damaged PDF" in said.text
    assert {"img", "script"}.isdisjoint(said.elements)


@pytest.mark.parametrize("by", ["length", "content"])
def test_a_file_that_is_too_large_is_refused(opening: Opening, folder: Path, by: str) -> None:
    client = opening(largest_upload=2_000, largest_request=1_000)
    assert send(client, "a.txt", b"word " * 300) == 202
    content: Any = b"word " * 500
    content = content if by == "length" else iter([content[:1500], content[1500:]])
    assert send(client, "a.txt", content) == 413
    additions_of(client)
    assert list((folder / "uploads").iterdir()) == []
    assert client.post("/room/feedback", content=b" " * 1_500).status_code == 413


FORGED: list[dict[str, str]] = [
    {},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://portal.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://127.0.0.1:81", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


def test_nothing_is_taken_that_another_page_sent(opening: Opening) -> None:
    client, said = opening(portals="https://portal.example"), {"address": "http://a.example/"}
    for headers in FORGED:
        sent = client.post("/operator/articles?name=a.txt", content=b"Forged.", headers=headers)
        fed = client.post("/operator/feed", json=said, headers=headers)
        assert (sent.status_code, fed.status_code) == (403, 403)
    assert "Nothing was added yet." in additions_of(client).text


@pytest.fixture
def canary() -> Iterator[Canary]:
    with serving() as server:
        yield server


def test_a_feed_is_read_where_its_host_is_allowed_and_not_asked_elsewhere(
    opening: Opening, canary: Canary
) -> None:
    item = "<item><title>T</title><description>The barge Orla is afloat.</description></item>"
    answer = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    canary.answers["/rss"] = (200, {}, answer)
    said = {"address": f"http://127.0.0.1:{canary.server_port}/rss"}
    strict = opening()
    assert strict.post("/operator/feed", json=said, headers=SAME).status_code == 202
    assert "is not among feed_hosts" in additions_of(strict).text
    assert canary.hits == []
    client = opening(feed_hosts="127.0.0.1")
    assert client.post("/operator/feed", json=said, headers=SAME).status_code == 202
    assert "1 new" in additions_of(client, "en").text
    wait_for(lambda: "Orla" in client.get("/room/search?q=Orla").text)


def test_questions_in_vain_and_verdicts_are_shown_without_names(
    opening: Opening, assistant: Assistant, folder: Path
) -> None:
    kept = open_conversations(assistant.archive.ledger, 30)
    sitting = Sitting(ANYBODY, (), "en")
    for question in ("Who won in Mogadishu?", HOSTILE, "Is the quay shut?"):
        name = kept.begin("anna", question)
        *_, exchange = Desk(asking_of(assistant)).answer(question, sitting)
        kept.keep("anna", name, 1, exchange)
    verdict = {"verdict": "wrong", "question": HOSTILE, "given": HOSTILE, "asked": "2024-01-02"}
    (folder / "feedback.jsonl").write_text(f"{json.dumps(verdict)}\nbroken\n", "utf-8")
    found = Reading(opening().get("/operator").text)
    assert "Who won in Mogadishu?" in found.text
    assert "1 Wrong" in found.text
    assert "anna" not in found.text
    assert "img" not in found.elements
    saved = opening().get("/operator/verdicts.jsonl")
    assert saved.text.startswith(json.dumps(verdict))
    shy = opening(show_questions=False)
    assert "Mogadishu" not in shy.get("/operator").text
    assert "show_questions keeps them" in shy.get("/operator").text
    assert shy.get("/operator/verdicts.jsonl").status_code == 404


def test_any_period_can_be_asked_for(client: TestClient) -> None:
    for asked in ("days=5&until=2024-01-02", "until=0001-01-01", "days=366", "until=9999-12-31"):
        assert client.get(f"/operator?{asked}").status_code == 200
    assert client.get("/operator?until=never").status_code == 422


def test_what_a_killed_server_left_half_arrived_is_thrown_away(
    opening: Opening, folder: Path
) -> None:
    left = folder / "uploads" / "name" / "half.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF")
    opening()
    assert not left.exists()


def test_a_file_that_fails_is_an_incident_and_the_next_is_read(
    client: TestClient, folder: Path
) -> None:
    ledger = folder / "ledger.sqlite3"
    held = ledger.rename(folder / "held")
    ledger.mkdir()  # what happens to a disk
    assert send(client, "a.txt", b"The first one.") == 202
    said = additions_of(client)
    assert "Failed: the log says why, incident" in said.text
    assert "sqlite" not in said.text.lower()
    ledger.rmdir()
    held.rename(ledger)
    assert send(client, "b.txt", b"The second one.") == 202
    assert "1 new" in additions_of(client).text
