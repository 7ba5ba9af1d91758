"""What comes while a server runs, and feeds by address on the command line."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.archive import Archive, opened_archive
from ingest.index import Hit
from ingest.rejected import addresses_to_retry, rejected_sources
from ingest.scope import EVERYTHING
from tests.conftest import Ingest, word_count_encoder
from tests.ingest.test_feeds import Canary, serving
from ui.arrivals import arriving
from ui.cli import main
from ui.server import following
from ui.settings import ServerSettings

FEED = (
    "<rss version='2.0'><channel><title>The Quay</title><item><title>At sea</title><guid>q1</guid>"
    "<description>The {} returned to the harbour of Brindle.</description></item></channel></rss>"
)


@pytest.fixture
def canary() -> Iterator[Canary]:
    with serving() as server:
        yield server


@pytest.fixture
def served(tmp_path: Path, folder: Path, ingest: Ingest) -> Iterator[Archive]:
    (tmp_path / "first.txt").write_text("The tram stood still all day.")
    ingest(tmp_path / "first.txt")
    with opened_archive(folder, word_count_encoder) as archive, following(archive):
        yield archive


def publish(canary: Canary, vessel: str) -> str:
    content = FEED.format(vessel).encode()
    canary.answers["/rss"] = (200, {"ETag": f'"{vessel}"'}, content)
    return f"http://127.0.0.1:{canary.server_port}/rss"


def wait_for(found: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def about(archive: Archive, word: str) -> list[Hit]:
    return archive.words.nearest(word, "en", 5, EVERYTHING)


def test_a_server_reads_its_feeds_again_and_again(
    served: Archive, folder: Path, canary: Canary
) -> None:
    url = publish(canary, "ferry")
    hosts = ("127.0.0.1",)
    often = ServerSettings(archive=folder, feeds=(url,), feed_hosts=hosts, feed_minutes=0.001)
    with arriving(served, often):
        wait_for(lambda: about(served, "ferry"))
        publish(canary, "steamer")
        wait_for(lambda: about(served, "steamer") and not about(served, "ferry"))
        canary.answers["/rss"] = (200, {}, b"<rss version='2.0'><channel/></rss>")
        wait_for(lambda: addresses_to_retry(served.ledger) == [url])


def test_a_server_takes_in_what_comes_into_its_folders(
    served: Archive, folder: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "there.txt").write_text("The barge was there before.")
    missing = tmp_path / "missing"
    with arriving(served, ServerSettings(archive=folder, watch=(inbox, missing))):
        wait_for(lambda: about(served, "barge"))
        (inbox / "fresh.txt").write_text("The catamaran came into the harbour later that evening.")
        wait_for(lambda: about(served, "catamaran"))
    assert [each.source for each in rejected_sources(served.ledger)] == [str(missing)]


def test_a_feed_on_no_allowed_host_is_refused_when_the_server_starts(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="name its host among feed_hosts, too"):
        ServerSettings(archive=tmp_path, feeds=("https://feeds.example/rss",))


def test_a_feed_is_ingested_by_its_address_where_its_host_is_allowed(
    canary: Canary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["ingest", publish(canary, "ferry"), "--archive", str(tmp_path / "a"), "--json"]
    refused = CliRunner().invoke(main, words)
    [rejection] = json.loads(refused.stdout)["rejected"]
    assert (refused.exit_code, rejection["source"], canary.hits) == (1, words[1], [])
    assert "the host '127.0.0.1' is not among feed_hosts" in rejection["reason"]
    monkeypatch.setenv("DEPECHE_FEED_HOSTS", "feeds.example, 127.0.0.1")
    retried = CliRunner().invoke(main, ["ingest", "--retry", *words[2:]])
    report = json.loads(retried.stdout)
    assert (retried.exit_code, report["added"], report["rejected"]) == (0, 1, [])
    assert CliRunner().invoke(main, ["ingest", "--retry", *words[2:]]).exit_code == 0
    assert canary.hits == ["/rss"]
    [found] = json.loads(CliRunner().invoke(main, ["search", "ferry", *words[2:]]).stdout)
    assert (found["source"], found["outlet"]) == (f"{words[1]}#1", "The Quay")
