"""What a server answers before it is ready, and when it says that it is."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.intake import ingest_paths
from ingest.site import ChromaAddress, Site
from tests.conftest import word_count_encoder
from tests.crowd import STORY
from tests.ingest.test_intake import write_lines
from tests.servers import ChromaServer, Postgres, free_port
from tests.serving import archive_of, listening, serving
from ui.application import make_app
from ui.settings import ServerSettings
from ui.waiting import answering_meanwhile

pytestmark = pytest.mark.timeout(600)  # a busy machine opens the archive slowly

ARTICLES = 1000  # five steps of building
FRENCH = {"Accept": "text/html", "Accept-Language": "fr"}


@pytest.fixture
def replica(postgres: Postgres, chroma: ChromaServer, tmp_path: Path) -> Site:
    """A site without a folder yet, over a ledger that another one has filled."""
    ledger, where = postgres.make_ledger("replica"), ChromaAddress(chroma.address)
    articles = ({"id": f"{each}", "text": f"Red apples {each}."} for each in range(ARTICLES))
    lines = [write_lines(tmp_path / "a.jsonl", *articles)]
    first = Site(tmp_path / "first", ledger, where)
    ingest_paths(lines, first, opener=word_count_encoder, outlet="", notify=lambda step: None)
    return Site(tmp_path / "second", ledger, where)


@contextmanager
def asking(address: str) -> Iterator[list[str]]:
    """Ask again and again whether it is ready; what it said, each once."""
    said, ending = list[str](), Event()

    def ask() -> None:
        while not ending.wait(0.01):
            answer = httpx.get(f"{address}/readyz", timeout=30)
            told = f"{answer.status_code} {answer.json()['error']['message']}"
            said.extend([] if told in said else [told])

    with ThreadPoolExecutor() as others:
        asked = others.submit(ask)
        try:
            yield said
        finally:
            ending.set()
            asked.result()


def test_a_new_replica_says_how_far_its_words_are_built_and_then_that_it_is_ready(
    replica: Site,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with answering_meanwhile(listener, ()) as progress, asking(address) as said:
            while not said:
                time.sleep(0.01)
            opening = opened_archive(replica, word_count_encoder, progress.tell)
            archive = opening.__enter__()
    try:
        assert said[0] == "503 the archive is being opened"
        built = [each for each in said if each.endswith(f" of {ARTICLES} articles")]
        assert built[0] == f"503 the indexes are being built: 200 of {ARTICLES} articles"
        with listening(make_app(Assistant(archive), ServerSettings())) as address:
            assert httpx.get(f"{address}/readyz").json() == {"status": "ready"}
        assert len(archive.words.nearest("apples", "en", ARTICLES, None)) == ARTICLES
    finally:
        opening.__exit__(None, None, None)


def test_a_server_answers_from_its_first_moment_and_its_readers_need_no_key(
    tmp_path: Path,
) -> None:
    archive, port = archive_of(STORY, tmp_path), free_port()
    address = f"http://127.0.0.1:{port}"
    with ThreadPoolExecutor() as others, started(archive, port, others):
        page = first_answer(address)
        assert page.status_code == 503
        assert "ouvre son archive" in page.text
        assert page.headers["refresh"] == "5"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
        assert httpx.get(f"{address}/readyz").json()["error"]["code"] == "opening"
        while httpx.get(f"{address}/readyz", timeout=60).status_code == 503:
            time.sleep(0.1)
        assert httpx.get(address, headers=FRENCH, timeout=60).status_code == 200


@contextmanager
def started(archive: Path, port: int, others: ThreadPoolExecutor) -> Iterator[None]:
    """A server that is started while the block already runs."""
    ending = Event()

    def run() -> None:
        with serving(archive, str(port)) as (server, _):
            ending.wait()
            server.terminate()
            assert server.wait(60) == 0

    running = others.submit(run)
    try:
        yield
    finally:
        ending.set()
        running.result()


def first_answer(address: str) -> httpx.Response:
    while True:
        try:
            return httpx.get(address, headers=FRENCH, timeout=60)
        except httpx.ConnectError:
            time.sleep(0.02)
