import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PROJECT, Starting, Visiting
from tests.openai_server import speaking

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
ARTICLE = {
    "title": f"A lighthouse {HOSTILE}",
    "text": f"The lighthouse keeper of Skerrow counted 412 puffins in May. {HOSTILE} It rained.",
    "outlet": f"Skerrow Post {HOSTILE}",
    "published": "2024-05",
    "url": "javascript:alert(3)",
}


def test_an_article_ingested_beside_a_server_is_found_within_five_seconds(
    starting: Starting, visiting: Visiting, demonstration: Path, tmp_path: Path
) -> None:
    archive = shutil.copytree(demonstration, tmp_path / "archive")
    (tmp_path / "new.jsonl").write_text(json.dumps(ARTICLE), "utf-8")
    visit = visiting(starting(archive))
    ingest = [sys.executable, "-c", "from ui.cli import main; main()", "ingest"]
    options = [tmp_path / "new.jsonl", "--archive", archive]
    subprocess.run([*ingest, *map(str, options)], cwd=PROJECT, check=True)
    visit.page.wait_for_timeout(5000)
    answer = visit.ask("How many puffins did the lighthouse keeper of Skerrow count?")
    expect(answer).to_contain_text("412 puffins")
    card = visit.page.locator(".card").first
    expect(card.locator("h3")).to_have_text(ARTICLE["title"])
    expect(card.locator(".outlet")).to_have_text(ARTICLE["outlet"])
    expect(card.get_by_text("Read the original")).to_have_count(0)
    assert visit.page.locator("main img, main script").count() == 0


def falls_silent(page: Page, said: list[int]) -> bool:
    """Whether nothing is said for a second and a half, within fifteen."""
    for _ in range(10):
        spoken = len(said)
        page.wait_for_timeout(1500)
        if len(said) == spoken:
            return True
    return False


def test_a_written_answer_streams_and_escape_stops_it(
    starting: Starting, visiting: Visiting, demonstration: Path
) -> None:
    said: list[int] = []

    def talk(prompt: str) -> Iterator[str]:
        """Two minutes of sentences that rest on the first passage."""
        mark = re.findall(r'mark="(\w+)"', prompt)[0]
        for number in range(1, 400):
            said.append(number)
            yield f"Sentence number {number} rests on it. [{mark}] "
            time.sleep(0.3)

    with speaking(talk) as model:
        settings = {"OPENAI_BASE_URL": model.address, "OPENAI_API_KEY": "none"}
        visit = visiting(starting(demonstration, DEPECHE_MODEL="openai:scripted", **settings))
        visit.page.locator("#box textarea").fill("What will the commission examine?")
        visit.page.keyboard.press("Enter")
        growing = visit.page.locator(".exchange[data-busy] .prose")
        expect(growing).to_contain_text("Sentence number 2")
        expect(growing).not_to_contain_text("Sentence number 399")
        visit.page.keyboard.press("Escape")
        stopped = visit.answer(1)
        expect(stopped).to_contain_text("Stopped before the end.")
        expect(stopped).to_contain_text("Sentence number 2")
        expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        shown = stopped.inner_text()
        assert falls_silent(visit.page, said), "the model goes on talking"
        assert stopped.inner_text() == shown
