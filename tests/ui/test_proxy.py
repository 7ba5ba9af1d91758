"""Behind nginx, beneath a path of an intranet that knows its readers."""

import asyncio
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import yaml

from assistant.assistant import Assistant
from ingest.archive import Archive, opened_archive
from ingest.intake import ingest_paths
from tests.conftest import word_count_encoder
from tests.crowd import visiting
from tests.intranet import ANNA, PROXY, SETTINGS, proxied
from tests.serving import listening
from tests.ui.test_identity import SPOOFED
from ui.application import make_app
from ui.settings import ServerSettings

PROJECT = Path(__file__).parents[2]
QUESTION = {"question": "What do the harbour workers ask for?"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "a.txt").write_text("The harbour workers ask for two more crews.", "utf-8")
    paths, archive = [folder / "a.txt"], folder / "archive"
    ingest_paths(paths, archive, opener=word_count_encoder, outlet="", notify=lambda step: None)
    with opened_archive(archive, word_count_encoder) as opened:
        yield opened


@pytest.fixture(scope="module")
def server(opened: Archive) -> Iterator[str]:
    app = make_app(Assistant(opened), ServerSettings.model_validate(SETTINGS))
    with listening(app) as address:
        yield address


@pytest.fixture(scope="module")
def intranet(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with proxied(server, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture
def anna(intranet: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=intranet, auth=ANNA, timeout=60) as client:
        yield client


def test_the_page_and_all_it_names_come_from_beneath_the_path(
    anna: httpx.Client, intranet: str
) -> None:
    page = anna.get("")
    assert page.status_code == 200
    assert anna.get("config").json()["root"] == intranet.rstrip("/")
    named = set(re.findall(r"(?:assets|page)/[\w./-]+\.(?:css|js)", page.text))
    assert len(named) > 5
    for path in named:
        assert anna.get(urljoin(intranet, path)).status_code == 200, path


def test_the_bare_path_leads_to_the_page(intranet: str) -> None:
    found = httpx.get(intranet.rstrip("/"), auth=ANNA)
    assert (found.status_code, found.headers["location"]) == (301, "/depeche/")


def test_the_proxy_says_who_asks_and_nobody_else_does(
    anna: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    pretended = {"X-Forwarded-User": "bob", "Accept": "text/event-stream"}
    with caplog.at_level(logging.INFO, "ui"):
        found = anna.post("api/ask", json=QUESTION, headers=pretended)
    assert "two more crews" in found.text
    asked = [getattr(record, "fields", {}) for record in caplog.records]
    assert [fields["reader"] for fields in asked if "reader" in fields] == ["anna"]
    assert "harbour" not in caplog.text


@pytest.mark.parametrize("headers", SPOOFED)
def test_who_goes_around_the_proxy_is_a_stranger(server: str, headers: dict[str, str]) -> None:
    assert httpx.get(f"{server}/depeche/config", headers=headers).status_code == 401


def test_large_files_reach_the_operators_door_and_no_other(anna: httpx.Client) -> None:
    large = b"x" * (2 * 2**20)
    origin = {"Origin": str(anna.base_url.copy_with(path=""))}
    sent = anna.post("operator/articles?name=a.txt", content=large, headers=origin)
    assert (sent.status_code, sent.json()) == (403, {"detail": "for operators alone"})
    refused = anna.post("api/ask", content=large)
    assert refused.status_code == 413
    assert "nginx" in refused.text


def test_whom_the_proxy_does_not_know_it_turns_away(intranet: str) -> None:
    assert httpx.get(f"{intranet}config").status_code == 401


def test_an_answer_is_heard_at_whichever_server_gives_it(opened: Archive, tmp_path: Path) -> None:
    settings = ServerSettings.model_validate(SETTINGS)
    apps = [make_app(Assistant(opened), settings) for _ in range(2)]
    with (
        listening(apps[0]) as one,
        listening(apps[1]) as two,
        proxied(one, tmp_path, [two]) as address,
    ):
        heard = [asyncio.run(hear(address, server)) for server in (one, two)]
    assert ["two more crews" in each for each in heard] == [True, True]


async def hear(address: str, server: str) -> str:
    """What somebody hears at the proxy who has asked one of the servers behind it."""
    from_proxy = httpx.AsyncHTTPTransport(local_address=PROXY)
    async with visiting(address, ANNA[0]) as visitor:
        async with httpx.AsyncClient(transport=from_proxy, base_url=f"{server}/depeche/") as asker:
            await visitor.join("submit", visitor.typed(QUESTION["question"]), by=asker)
        return "".join([each async for each in visitor.hear()])


def test_who_listens_where_nothing_was_asked_is_sent_elsewhere(anna: httpx.Client) -> None:
    found = anna.get("gradio_api/queue/data?session_hash=unheard")
    assert (found.status_code, found.json()["error"]["code"]) == (404, "elsewhere")


def test_the_deployment_files_can_be_read() -> None:
    compose = yaml.safe_load((PROJECT / "compose.yaml").read_text("utf-8"))
    assert set(compose["services"]) == {"depeche", "proxy"}
    routed = yaml.safe_load((PROJECT / "docs/deploy/traefik.yaml").read_text("utf-8"))["http"]
    assert {each["service"] for each in routed["routers"].values()} == set(routed["services"])
    assert set(routed["routers"]["depeche"]["middlewares"]) == set(routed["middlewares"])
    copied = re.findall(r"^COPY (.+) \S+$", (PROJECT / "Dockerfile").read_text("utf-8"), re.M)
    for name in " ".join(copied).split():
        assert (PROJECT / name).exists(), name
