"""The whole page behind nginx, beneath a path of an intranet that knows its readers."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HEADLINE, Visiting, serving
from tests.intranet import ANNA, SETTINGS, proxied
from tests.openai_server import speaking
from tests.ui.test_identity import SPOOFED

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

WIDE = {"viewport": {"width": 1440, "height": 900}}
SIGNED_IN = {"http_credentials": {"username": ANNA[0], "password": ANNA[1]}, **WIDE}


def talk(prompt: str) -> Iterator[str]:
    """Sentences that rest on the first passage, a second between two."""
    mark = re.findall(r'mark="(\w+)"', prompt)[0]
    for letter in "abcd":
        yield f"Sentence {letter} of the commission rests on it. [{mark}] "
        time.sleep(1)


@pytest.fixture(scope="module")
def server(demonstration: Path) -> Iterator[str]:
    with speaking(talk) as model:
        settings = {f"DEPECHE_{name.upper()}": said for name, said in SETTINGS.items()}
        written = {"DEPECHE_MODEL": "openai:scripted", "OPENAI_BASE_URL": model.address}
        with serving(demonstration, **settings, **written, OPENAI_API_KEY="none") as address:
            yield address


@pytest.fixture(scope="module")
def intranet(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with proxied(server, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def exported(page: Page, kind: str) -> str:
    """What the first conversation reads like as a file."""
    menu = page.locator("#kept details").first
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    with page.expect_download() as downloading:
        page.locator(f"#kept a[href$='.{kind}']").first.click()
    return downloading.value.path().read_text("utf-8")


def test_everything_on_the_page_works_beneath_the_path(visiting: Visiting, intranet: str) -> None:
    visit = visiting(intranet, **SIGNED_IN)
    page, paths, failed = visit.page, set[str](), list[str]()
    page.on("request", lambda sent: paths.add(sent.url))
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    page.locator("#box textarea").fill(HEADLINE)
    page.keyboard.press("Enter")
    growing = page.locator(".exchange[data-busy] .prose")
    expect(growing).to_contain_text("Sentence a")
    expect(growing).not_to_contain_text("Sentence d")
    expect(visit.answer(1)).to_contain_text("Sentence d")
    expect(page.locator("#kept a[aria-current]")).to_have_text(HEADLINE)
    page.reload()
    expect(page.locator("#present .answer")).to_contain_text("Sentence d")
    page.locator("#present a.mark").first.click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name="Agence Trivane").check()
    page.locator("#filters > summary").click()
    visit.ask(HEADLINE)
    expect(page.locator(".within")).to_contain_text("Agence Trivane")
    assert all(HEADLINE in exported(page, kind) for kind in ("md", "json"))
    assert [path for path in paths if not path.startswith(intranet)] == []
    assert failed == []
    # What is left: Gradio names its manifest at the root of the host, which is the intranet's.
    assert all("404" in each for each in visit.complaints)
    visit.complaints.clear()


def test_who_goes_around_the_proxy_is_a_stranger_twenty_times_of_twenty(server: str) -> None:
    found = [httpx.get(f"{server}depeche/config", headers=headers) for headers in SPOOFED]
    assert [each.status_code for each in found] == [401] * 20
