"""The index of meaning on a real Chroma server: shared, filled by one, and away now and then."""

import json
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from assistant.assistant import Assistant
from ingest.archive import Archive, opened_archive
from ingest.index.meaning import IndexDamagedError
from ingest.index.remote import open_remote
from ingest.index.served import Served
from ingest.site import ChromaAddress, Site
from tests.conftest import Ingest, passages_held, word_count_encoder
from tests.ingest.crash import start_child
from tests.ingest.test_intake import write_lines
from tests.servers import ChromaServer, Postgres, free_port, running_chroma
from tests.ui.test_kept import DAY

APPLES = {"id": "a", "text": "Red apples fell.", "language": "en"}
PEARS = {"id": "b", "text": "Red pears rose.", "language": "en"}


@pytest.fixture
def site(folder: Path, chroma: ChromaServer) -> Site:
    """A ledger in a folder, and the index of meaning on the server."""
    return Site(folder, chroma=ChromaAddress(chroma.address))


@pytest.fixture
def filled(tmp_path: Path, site: Site, ingest: Ingest) -> Site:
    ingest(write_lines(tmp_path / "a.jsonl", APPLES))
    return site


def served(archive: Archive) -> Served:
    assert archive.served
    return archive.served


def nearest(archive: Archive, words: str) -> list[int]:
    vector = archive.encoder.encode_questions([words])[0]
    return [number for number, _ in archive.meaning.nearest(vector, "en", 5, None)]


def test_opening_it_again_builds_nothing_anew(filled: Site, ingest: Ingest, tmp_path: Path) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        generation = served(archive).generation
    ingest(write_lines(tmp_path / "b.jsonl", PEARS))
    with opened_archive(filled, word_count_encoder) as archive:
        assert served(archive).generation == generation != ""
        assert passages_held(archive) == {2}
        assert nearest(archive, "red pears rose")[0] == 2


def test_archives_on_one_server_see_nothing_of_each_other(
    filled: Site, tmp_path: Path, ingest: Ingest
) -> None:
    from ingest.intake import ingest_paths

    other = Site(tmp_path / "other", chroma=filled.chroma)
    lines = write_lines(tmp_path / "b.jsonl", PEARS)
    ingest_paths([lines], other, opener=word_count_encoder, outlet="", notify=lambda step: None)
    with (
        opened_archive(filled, word_count_encoder) as one,
        opened_archive(other, word_count_encoder) as two,
    ):
        assert (passages_held(one), passages_held(two)) == ({1}, {1})
        assert served(one).base != served(two).base


def test_what_was_lost_on_the_server_is_brought_there_again(filled: Site) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        served(archive).clear()
    with opened_archive(filled, word_count_encoder) as archive:
        assert passages_held(archive) == {1}


def test_passages_that_went_from_the_server_are_missed_when_it_is_opened(filled: Site) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        remote = served(archive).filling
        [collection] = [each for each in remote.list_collections() if each.name.endswith("-en")]
        collection.delete(ids=["1"])
    with opened_archive(filled, word_count_encoder) as archive:
        assert nearest(archive, "red apples fell") == [1]
        assert passages_held(archive) == {1}


def test_a_collection_that_would_load_a_model_is_not_used(filled: Site) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        base = served(archive).base
        generation = served(archive).generation
        name = f"{base}{generation}-fr"
        poisoned = {"type": "known", "name": "sentence_transformer",
                    "config": {"model_name": "evil", "device": "cpu", "normalize_embeddings": False,
                               "kwargs": {"trust_remote_code": True}}}  # fmt: skip
        post(filled, {"name": name, "configuration": {"embedding_function": poisoned}})
        passages = served(archive)._passages(served(archive).filling, generation)
        with pytest.raises(IndexDamagedError, match="is not ours"):
            passages.refuse_strangers()
    with opened_archive(filled, word_count_encoder) as archive:
        assert served(archive).generation != generation
        names = [each.name for each in served(archive).filling.list_collections()]
        assert name not in names


def post(site: Site, collection: object) -> None:
    assert site.chroma
    path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
    asked = Request(site.chroma.url + path, json.dumps(collection).encode(),
                    {"Content-Type": "application/json"})  # fmt: skip
    with urlopen(asked, timeout=30) as answer:
        assert answer.status == 200


def take_in(site: Site, file: Path, *articles: object) -> None:
    from ingest.intake import ingest_paths

    lines = write_lines(file, *articles)
    ingest_paths([lines], site, opener=word_count_encoder, outlet="", notify=lambda step: None)


def test_a_server_that_is_away_costs_a_sentence_and_no_article(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_chroma(tmp_path / "chroma") as server:
        site = Site(folder, chroma=ChromaAddress(server.address))
        take = partial(take_in, site, tmp_path / "a.jsonl")
        take(APPLES)
        with opened_archive(site, word_count_encoder) as archive:
            server.kill()
            assert nearest(archive, "red apples fell") == [1]  # from the ledger: it is small
            assert not remarks(archive, "en")
            monkeypatch.setattr("ingest.archive._SMALL", 0)
            take(APPLES, PEARS)
            archive.follow()
            assert nearest(archive, "red pears rose") == []
            assert archive.words.nearest("pears", "en", 5, None)
            assert "The index of meaning is away" in remarks(archive, "en")[0]
            assert "L’index du sens est absent" in remarks(archive, "fr")[0]
            server.start()
            archive.follow()
            assert nearest(archive, "red pears rose")[0] == 2
            assert passages_held(archive) == {2}
            assert not remarks(archive, "en")


def remarks(archive: Archive, language: str) -> tuple[str, ...]:
    *_, answer = Assistant(archive).ask("Which pears rose?", today=DAY, language=language)  # type: ignore[arg-type]  # one of two literals
    return answer.remarks


def hold(site: Site, said: Path) -> None:
    with opened_archive(site, word_count_encoder) as archive:
        said.write_text(str(archive.follow()))
        threading.Event().wait(600)  # it is killed long before


def test_another_server_goes_on_filling_when_the_one_that_did_is_killed(
    postgres: Postgres, chroma: ChromaServer, tmp_path: Path, ingest: Ingest
) -> None:
    from ingest.intake import ingest_paths

    ledger, address = postgres.make_ledger("handed_on"), ChromaAddress(chroma.address)
    one, two = (Site(tmp_path / name, ledger, address) for name in ("one", "two"))

    def take(article: object) -> None:
        lines = write_lines(tmp_path / "a.jsonl", article)
        ingest_paths([lines], two, opener=word_count_encoder, outlet="", notify=lambda step: None)

    take(APPLES)
    child, said = start_child(hold, one, tmp_path / "said"), tmp_path / "said"
    while not said.exists():
        assert child.is_alive()
        time.sleep(0.05)
    with opened_archive(two, word_count_encoder) as archive:
        assert not served(archive).claim.take()
        take(PEARS)
        child.kill()
        child.join()
        while not served(archive).claim.take():
            time.sleep(0.05)
        archive.follow()
        assert passages_held(archive) == {2}
        assert nearest(archive, "red pears rose")[0] == 2


class Doorkeeper(BaseHTTPRequestHandler):
    """A proxy's page in place of an answer; it notes what it is asked with."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("X-Token", ""))
        self.send_response(502)
        self.end_headers()
        self.wfile.write(b"<html>Bad gateway</html>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def doorkeeper() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    kind = type("Noting", (Doorkeeper,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
        server.shutdown()


def test_a_proxy_that_answers_in_its_place_is_a_server_that_is_away(
    doorkeeper: tuple[str, list[str]], filled: Site
) -> None:
    url, seen = doorkeeper
    site = Site(filled.folder, chroma=ChromaAddress(url, headers=(("X-Token", "secret"),)))
    with opened_archive(site, word_count_encoder) as archive:
        assert served(archive).is_away
        assert nearest(archive, "red apples fell") == [1]
    assert set(seen) == {"secret"}
    assert "secret" not in repr(site)


def test_every_call_has_a_deadline() -> None:
    remote = open_remote(ChromaAddress(f"http://127.0.0.1:{free_port()}"), "depeche-", 7.0)
    timeout = remote.server._session.timeout  # type: ignore[attr-defined]  # httpx's, in Chroma's
    assert (timeout.connect, timeout.read, timeout.write) == (3.0, 7.0, 7.0)
