"""The application as a browser sees it, and what a reader is told when something breaks."""

import logging
import re
import socket
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from tests.conftest import Ingest, word_count_encoder
from tests.serving import asking_of
from ui.application import PAGE, make_app
from ui.desk import Desk
from ui.identity.reader import ANYBODY
from ui.server import AddressTakenError, serve
from ui.settings import ServerSettings
from ui.sitting import Sitting

HERE = "http://127.0.0.1"
SITTING = Sitting(ANYBODY, (), "en")
QUESTION = "What do the harbour workers ask for?"


@pytest.fixture
def assistant(ingest: Ingest, folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    file = tmp_path / "harbour.txt"
    file.write_text("The harbour workers walked out. They ask for two more crews.", "utf-8")
    ingest(file)
    with opened_archive(folder, word_count_encoder) as archive:
        yield Assistant(archive)


@pytest.fixture
def client(assistant: Assistant, folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, ServerSettings(archive=folder, port=0)), HERE) as client:
        yield client


def test_every_response_is_guarded(client: TestClient) -> None:
    for path in ("/", "/healthz", "/page/chat.js", "/config", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert "frame-ancestors 'self'" in headers["content-security-policy"], path
        assert "'unsafe-inline'" not in headers["content-security-policy"].split("style-src")[0]


def test_the_page_may_run_the_scripts_it_came_with_and_no_others(client: TestClient) -> None:
    page = client.get("/")
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page.text, re.DOTALL)
    hashes = {b64encode(sha256(script.encode()).digest()).decode() for script in scripts}
    allowed = set(re.findall(r"'sha256-([^']+)'", page.headers["content-security-policy"]))
    assert hashes == allowed != set()


def test_pages_that_nobody_uses_are_let_go(assistant: Assistant, folder: Path) -> None:
    pages = make_app(assistant, ServerSettings(archive=folder)).state.page.state_holder
    for number in range(1_000):
        assert pages[f"page {number}"]
    assert len(pages.session_data) == 600  # may ask at once, or wait to
    assert "page 999" in pages


def test_the_pages_own_files_name_no_foreign_host() -> None:
    files = [file for file in PAGE.rglob("*") if file.suffix in (".css", ".js", ".html")]
    assert files
    assert all("://" not in file.read_text("utf-8") for file in files)


@pytest.mark.parametrize(
    "path", ["/docs", "/openapi.json", "/gradio_api/info", "/monitoring", "/gradio_api/runs"]
)
def test_what_gradio_offers_beside_the_page_is_closed(client: TestClient, path: str) -> None:
    found = client.get(path)
    assert found.status_code in (403, 404) or "ask" not in found.text


def test_the_archive_is_not_served(client: TestClient, folder: Path) -> None:
    found = client.get(f"/gradio_api/file={folder / 'ledger.sqlite3'}")
    assert found.status_code in (403, 404)


def test_a_foreign_page_may_not_read_along(client: TestClient) -> None:
    found = client.get("/config", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in found.headers


def test_health_counts_the_articles(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "articles": 1}


def test_a_reader_gets_a_sentence_and_the_log_gets_the_cause(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    with assistant.archive.ledger.writing() as connection:
        connection.execute(text("DROP TABLE vectors"))
        connection.execute(text("DROP TABLE passages"))
    with caplog.at_level(logging.ERROR):
        *_, last = Desk(asking_of(assistant)).answer(QUESTION, SITTING)
    incident = re.search(r"incident (\w{8})\.", last.problem)
    assert incident
    assert f"incident {incident[1]}" in caplog.text
    assert "no such table" in caplog.text
    assert "passages" not in last.problem
    assert (last.progress, last.answer) == ("done", None)


def test_an_answer_comes_with_its_question_first(assistant: Assistant) -> None:
    first, *_, last = Desk(asking_of(assistant)).answer(QUESTION, SITTING)
    assert (first.question, first.answer, first.progress) == (QUESTION, None, "running")
    assert last.answer
    assert "harbour workers" in last.answer.text


def test_a_long_question_is_refused_with_a_sentence(assistant: Assistant) -> None:
    *_, last = Desk(asking_of(assistant)).answer("why " * 2000, replace(SITTING, language="fr"))
    assert last.problem.startswith("La question dépasse 4000 caractères")


def test_who_asks_the_page_too_often_is_asked_for_patience(assistant: Assistant) -> None:
    desk = Desk(asking_of(assistant, "1/minute"))
    *_, first = desk.answer(QUESTION, SITTING)
    *_, second = desk.answer(QUESTION, SITTING)
    assert first.answer
    assert second.problem.startswith("You have asked many questions within a minute")


def test_a_taken_port_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressTakenError, match=rf"port {port} .* choose another"):
            serve(ServerSettings(archive=tmp_path / "nowhere", port=port))
