"""The operator's page in a real browser: a file is added and found, on every screen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from tests.browser.conftest import Starting, Visiting
from tests.browser.test_room import NARROW, WIDE, violations

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

Picture = Callable[[Page, str], None]
HOSTILE = "<img src=x onerror=alert(1)>"
STORY = f"""date 2024-06-19

{HOSTILE} The ferry Zanthe ran aground off Quellmouth. Divers will free her on Friday."""


def test_a_file_is_added_and_a_question_finds_it(
    starting: Starting, visiting: Visiting, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    (tmp_path / "first.txt").write_text("The bakers of Selm bake rye bread at night.", "utf-8")
    (tmp_path / f"{HOSTILE}.txt").write_text(STORY, "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    ingest_paths(
        [tmp_path / "first.txt"],
        archive,
        opener=partial(open_encoder, ""),
        outlet="",
        notify=lambda step: None,
    )
    address = starting(archive)
    visit = visiting(f"{address}operator", until="#coverage", **WIDE)
    page = visit.page
    page.locator("#files input[type=file]").set_input_files(
        [tmp_path / f"{HOSTILE}.txt", tmp_path / "broken.pdf"]
    )
    page.get_by_role("button", name="Add the files").click()
    expect(page.locator(".additions .state").last).to_contain_text("1 new")
    expect(page.locator(".additions li").first).to_contain_text("is a damaged PDF")
    expect(page.locator("#rejected")).to_contain_text("upload:broken.pdf")
    expect(page.locator(".health:not([data-pending])")).to_contain_text("2 of 2 passages")
    assert page.locator("img").count() == 0
    assert violations(page) == []
    page.get_by_role("link", name="To the chat").click()
    page.locator(".greeting").wait_for()
    expect(visit.ask("When will divers free the ferry Zanthe?")).to_contain_text("on Friday")


@pytest.mark.parametrize(
    ("locale", "shape", "theme"),
    [("en-GB", WIDE, "light"), ("fr-FR", WIDE, "dark"), ("fr-FR", NARROW, "light"),
     ("en-GB", NARROW, "dark")],
    ids=["English wide light", "French wide dark", "French narrow light", "English narrow dark"],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    visiting: Visiting,
    address: str,
    picture: Picture,
    locale: str,
    shape: dict[str, object],
    theme: str,
) -> None:
    asked = f"{address}operator?days=366&theme={theme}"
    page = visiting(asked, until="#coverage", locale=locale, **shape).page
    french = locale == "fr-FR"
    expect(page.locator("html")).to_have_attribute("lang", "fr" if french else "en")
    expect(page.locator("#coverage h2")).to_contain_text(
        "Ce que contient l’archive" if french else "What the archive holds"
    )
    page.evaluate("document.getElementById('coverage').scrollIntoView()")
    language, size = ("fr" if french else "en"), ("wide" if shape is WIDE else "narrow")
    picture(page, f"operator-{language}-{size}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_way_there_stands_with_the_conversations(visiting: Visiting, address: str) -> None:
    page = visiting(address, **WIDE).page
    way = page.get_by_role("link", name="Look after the archive")
    expect(way).to_have_attribute("href", "operator?lang=en")
