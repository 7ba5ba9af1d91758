"""The reading room in a real browser: what is kept, whole articles, filters, keys, links."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import HEADLINE, HEADLINE_FR, Starting, Visiting

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

Picture = Callable[[Page, str], None]

WIDE = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FACTORS = "la menace que fait encore peser le groupe État islamique"
SENSORS = "Which firm will place sensors in the wall of the Velkhar Dam?"


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, once its colours have come to rest."""
    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]


def test_a_conversation_survives_a_reload_and_a_restart(
    starting: Starting, visiting: Visiting, address: str, demonstration: Path
) -> None:
    visit = visiting(address, **WIDE)
    visit.ask(HEADLINE)
    expect(visit.page.locator("#kept a[aria-current]")).to_have_text(HEADLINE)
    expect(visit.page).to_have_url(re.compile(r"[?&]c=[\w-]{22}"))
    kept = visit.page.url.partition("?")[2]
    visit.page.reload()
    expect(visit.page.locator("#present .answer")).to_contain_text(FACTORS)
    expect(visit.page.locator(".card mark").first).to_contain_text(FACTORS)
    again = visiting(f"{starting(demonstration)}?{kept}", **WIDE)
    expect(again.page.locator("#present .answer")).to_contain_text(FACTORS)
    again.ask(SENSORS)
    expect(again.page.locator("#question-2")).to_be_visible()
    again.page.get_by_role("button", name="New conversation").click()
    expect(again.page.locator(".greeting")).to_be_visible()
    again.page.locator("#kept li > a").first.click()
    expect(again.page.locator("#question-2")).to_be_visible()


def test_a_conversation_is_renamed_found_and_deleted(visiting: Visiting, address: str) -> None:
    visit = visiting(address, **WIDE)
    page = visit.page
    visit.ask(SENSORS)
    mine = page.locator("#kept li:has([aria-current])")
    mine.locator("summary").click()
    mine.get_by_role("button", name="Rename").click()
    field = page.get_by_role("textbox", name="New name")
    field.fill("The crocuses")
    field.press("Enter")
    expect(mine.locator("> a")).to_have_text("The crocuses")
    find = page.get_by_role("searchbox", name="Search conversations")
    find.fill("no such words")
    expect(page.get_by_text("No conversation says this.")).to_be_visible()
    find.fill("the crocuses")
    mine.locator("summary").click()
    page.locator("#question-1").click()
    expect(mine.get_by_role("button", name="Delete")).to_be_hidden()
    mine.locator("summary").click()
    mine.get_by_role("button", name="Delete").click()
    mine.get_by_role("button", name="Delete for good?").click()
    expect(page.locator(".greeting")).to_be_visible()
    expect(page.get_by_text("No conversation says this.")).to_be_visible()


def test_a_card_opens_the_whole_article_and_escape_comes_back(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, **WIDE)
    page = visit.page
    answer = visit.ask(HEADLINE)
    mark = answer.locator("a.mark").first
    mark.click()
    expect(page.locator(".card.shown")).to_be_focused()
    page.keyboard.press("Enter")
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark")).to_be_focused()
    expect(reader.locator("mark")).to_contain_text(FACTORS)
    expect(reader.locator("mark")).to_be_in_viewport()
    expect(reader.get_by_text("Mathilde Orsenne")).to_be_attached()
    picture(page, "article")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(page.locator(".card.shown").get_by_role("button")).to_be_focused()


def test_filters_reach_the_answer_and_can_be_taken_off(visiting: Visiting, address: str) -> None:
    visit = visiting(address, **WIDE)
    page = visit.page
    page.locator("#filters > summary").click()
    columns = page.locator(".chart g")
    first, second = (columns.nth(number).bounding_box() for number in (0, 1))
    assert first and second
    page.mouse.move(first["x"] + 5, first["y"] + 30)
    page.mouse.down()
    page.mouse.move(second["x"] + 5, second["y"] + 30)
    page.mouse.up()
    expect(page.get_by_label("From")).to_have_value("2024-01-01")
    expect(page.get_by_label("To", exact=True)).to_have_value("2024-02-29")
    page.get_by_role("checkbox", name="Agence Trivane").check()
    page.locator("#filters > summary").click()
    answer = visit.ask(HEADLINE)
    expect(page.locator(".within")).to_contain_text("Agence Trivane")
    expect(answer).not_to_contain_text(FACTORS)
    expect(page).to_have_url(re.compile("outlet=Agence\\+Trivane"))
    page.get_by_role("button", name="Remove the filter Agence Trivane").click()
    expect(visit.ask(HEADLINE)).to_contain_text(FACTORS)


def test_plain_search_lists_articles_without_an_answer(visiting: Visiting, address: str) -> None:
    visit = visiting(address, **WIDE)
    visit.page.locator("#box textarea").fill("Velkhar")
    visit.page.get_by_role("button", name="Search only").click()
    expect(visit.page.locator("#hits .hit").first).to_contain_text("Velkhar")
    expect(visit.page.locator(".exchange")).to_have_count(0)


def test_a_verdict_is_thanked_for(visiting: Visiting, address: str, demonstration: Path) -> None:
    visit = visiting(address, **WIDE)
    answer = visit.ask(SENSORS)
    no, late = (
        answer.get_by_text("No", exact=True),
        answer.get_by_role("button", name="It is out of"),
    )
    no.press("Enter")
    late.press("Escape")
    expect(late).to_be_hidden()
    expect(no).to_be_focused()
    no.press("Enter")
    late.press("Enter")
    expect(answer.get_by_text("Noted, thank you.")).to_be_focused()
    assert '"verdict": "outdated"' in (demonstration / "feedback.jsonl").read_text("utf-8")


def test_the_arrow_brings_the_last_question_back(visiting: Visiting, address: str) -> None:
    visit = visiting(address, **WIDE)
    visit.ask(SENSORS)
    box = visit.page.locator("#box textarea")
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(box).to_have_value(SENSORS)


def test_a_link_asks_its_question_within_its_filters(visiting: Visiting, address: str) -> None:
    asked = "q=Velkhar&outlet=Agence+Trivane&from=2024-01&lang=fr&theme=dark"
    visit = visiting(f"{address}?{asked}", **WIDE)
    answer = visit.answer(1)
    expect(answer).to_contain_text("Trivane")
    expect(visit.page.locator(".within")).to_contain_text("Recherche limitée à")
    expect(visit.page.locator("body")).to_have_class(re.compile("dark"))
    expect(
        visit.page.get_by_role("button", name="Retirer le filtre Agence Trivane")
    ).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "question", "shape", "theme"),
    [
        ("en-GB", HEADLINE, WIDE, "light"),
        ("fr-FR", HEADLINE_FR, WIDE, "dark"),
        ("fr-FR", HEADLINE_FR, NARROW, "light"),
        ("en-GB", HEADLINE, NARROW, "dark"),
    ],
    ids=["English wide light", "French wide dark", "French narrow light", "English narrow dark"],
)
def test_axe_finds_nothing_on_any_screen(
    visiting: Visiting,
    address: str,
    locale: str,
    question: str,
    shape: dict[str, object],
    theme: str,
) -> None:
    visit = visiting(f"{address}?theme={theme}", locale=locale, **shape)
    page = visit.page
    found = {"greeting": violations(page)}
    visit.ask(question)
    found["answer"] = violations(page)
    page.locator("#filters > summary").click()
    page.locator("#filter-form form").wait_for()
    page.get_by_role("checkbox").first.check()
    found["filters"] = violations(page)
    page.locator("#filters > summary").click()
    page.locator("a.mark").first.click()
    found["evidence"] = violations(page)
    page.keyboard.press("Escape")
    if shape is NARROW:
        page.locator(".rail-opener").click()
    page.locator("#kept summary").first.click()
    found["conversations"] = violations(page)
    assert not any(found.values()), found


def test_the_input_stays_in_sight_however_long_page_and_question_are(
    visiting: Visiting, address: str
) -> None:
    visit = visiting(address, viewport={"width": 390, "height": 640}, has_touch=True)
    box = visit.page.locator("#composer")
    expect(box).to_be_in_viewport(ratio=1)
    visit.ask("timeline of the Velkhar Dam")
    expect(box).to_be_in_viewport(ratio=1)
    answer = visit.ask(f"{SENSORS} " * 20).locator(".answer")
    expect(answer.locator("p").first).to_be_in_viewport()
    expect(box).to_be_in_viewport(ratio=1)
