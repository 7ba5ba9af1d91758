import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import HEADLINE, HEADLINE_FR, Visiting

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

Picture = Callable[[Page, str], None]

WIDE = {"viewport": {"width": 1360, "height": 850}}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FACTORS = "la menace que fait encore peser le groupe État islamique"


def mark_of(answer: Locator, words: str) -> Locator:
    """The citation mark behind the quote that holds some words."""
    return answer.locator(".quoted", has_text=words).locator("a.mark").first


def test_the_headline_question_is_answered_by_a_marked_quote(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, **WIDE)
    page = visit.page
    picture(page, "greeting")
    answer = visit.ask(HEADLINE)
    mark = mark_of(answer, FACTORS)
    expect(mark).to_have_text("[1]")
    mark.click()
    card = page.locator(".card.shown")
    expect(card).to_be_focused()
    expect(card.locator(".number")).to_have_text("1")
    expect(card.locator("mark")).to_contain_text(FACTORS)
    expect(card.locator(".outlet")).to_have_text("Le Courrier d’Ardence")
    expect(card.locator("time")).to_have_text("January 27, 2024")
    expect(card.locator("h3")).to_contain_text("Irak")
    expect(card.get_by_text("Read the original")).to_have_attribute("href", re.compile("^https://"))
    picture(page, "chat")
    card.get_by_text("Back to the answer").click()
    expect(mark).to_be_focused()


def test_a_french_reader_is_served_in_french(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, locale="fr-FR", **WIDE)
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Que voulez-vous savoir ?")
    expect(page.get_by_text("Ceci est une archive de démonstration")).to_be_visible()
    expect(page.get_by_placeholder("Interrogez l’archive…")).to_be_focused()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    answer = visit.ask(HEADLINE_FR)
    answer.locator("a.mark").first.click()
    card = page.locator(".card.shown")
    expect(card.locator("mark")).to_contain_text(FACTORS)
    expect(card.locator("time")).to_have_text("27 janvier 2024")
    picture(page, "chat-french")


def test_the_language_changes_everything_but_the_conversation(
    visiting: Visiting, address: str
) -> None:
    visit = visiting(address)
    page = visit.page
    visit.ask(HEADLINE)
    page.get_by_text("Français").click()
    expect(page.get_by_role("button", name="Nouvelle conversation")).to_be_visible()
    expect(page.get_by_role("button", name="Copier avec les sources")).to_be_visible()
    expect(page.locator(".card time").first).to_contain_text("janvier")
    expect(page.locator("#question-1")).to_contain_text(HEADLINE)
    expect(page).to_have_url(re.compile(r"[?&]lang=fr"))
    page.reload()
    expect(page.get_by_role("button", name="Nouvelle conversation")).to_be_visible()
    expect(page.locator("#question-1")).to_contain_text(HEADLINE)


def test_an_example_is_asked_with_a_click(visiting: Visiting, address: str) -> None:
    visit = visiting(address)
    expect(visit.page.get_by_text("This is a demonstration archive: 60 articles")).to_be_visible()
    visit.page.get_by_role("button", name="Which firm will place sensors").click()
    expect(visit.answer(1)).to_contain_text("Brackwell Geotechnics")


def test_an_older_answer_brings_its_evidence_back(visiting: Visiting, address: str) -> None:
    visit = visiting(address)
    page = visit.page
    visit.ask(HEADLINE)
    visit.ask("Which firm will place sensors in the wall of the Velkhar Dam?")
    expect(page.locator("#evidence-1")).to_be_hidden()
    page.locator("#past a.mark").first.click()
    expect(page.locator("#evidence-1")).to_be_visible()
    expect(page.locator("#evidence-2")).to_be_hidden()
    expect(page.locator("#source-1-1")).to_have_class(re.compile("shown"))


def test_what_the_archive_cannot_answer_is_plainly_said(visiting: Visiting, address: str) -> None:
    answer = visiting(address).ask("What is the best recipe for an apple pie?")
    expect(answer.locator(".label")).to_have_text(re.compile("No clear answer|Nothing found"))
    expect(answer).to_contain_text("Searched: 60 articles in English and French")


def test_a_question_without_a_word_gets_a_friendly_sentence(
    visiting: Visiting, address: str
) -> None:
    answer = visiting(address).ask("?!")
    expect(answer).to_contain_text("There is no word in this question")


def test_shift_and_enter_start_a_line_and_the_input_is_at_hand_again(
    visiting: Visiting, address: str
) -> None:
    visit = visiting(address, **WIDE)
    box = visit.page.locator("#box textarea")
    box.fill("Which firm will place sensors")
    visit.page.keyboard.press("Shift+Enter")
    visit.page.keyboard.type("in the Velkhar Dam?")
    expect(box).to_have_value("Which firm will place sensors\nin the Velkhar Dam?")
    visit.page.keyboard.press("Enter")
    expect(visit.answer(1)).to_contain_text("Brackwell")
    expect(box).to_be_focused()
    expect(box).to_have_value("")


def test_an_answer_is_copied_with_its_sources(visiting: Visiting, address: str) -> None:
    visit = visiting(address, permissions=["clipboard-read", "clipboard-write"])
    visit.ask("Which firm will place sensors in the wall of the Velkhar Dam?")
    visit.page.get_by_role("button", name="Copy with sources").click()
    expect(visit.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "Brackwell Geotechnics" in copied
    assert re.search(r"\n\n\[1\] .+, .+ 2024\. .+ https://", copied)


def test_asking_again_answers_in_the_same_place(visiting: Visiting, address: str) -> None:
    visit = visiting(address)
    visit.ask(HEADLINE)
    visit.page.locator("#present .answer").evaluate("(answer) => answer.classList.add('old')")
    visit.page.get_by_role("button", name="Ask again").click()
    expect(visit.page.locator(".answer.old")).to_have_count(0)
    expect(visit.answer(1)).to_contain_text(FACTORS)
    expect(visit.page.locator(".exchange")).to_have_count(1)


def test_a_new_conversation_begins_at_the_first_page(visiting: Visiting, address: str) -> None:
    visit = visiting(address)
    visit.ask(HEADLINE)
    visit.page.get_by_role("button", name="New conversation").click()
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visit.page.locator(".exchange")).to_have_count(0)
    expect(visit.page.get_by_text("Latest in the archive")).to_be_visible()


def test_on_a_telephone_the_evidence_is_a_sheet(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, **NARROW)
    page = visit.page
    answer = visit.ask(HEADLINE)
    expect(page.locator("#evidence")).to_be_hidden()
    mark_of(answer, FACTORS).tap()
    expect(page.locator(".card.shown mark")).to_be_in_viewport()
    picture(page, "chat-narrow")
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#evidence")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_between_telephone_and_wide_screen_nothing_lies_over_anything(
    visiting: Visiting, address: str
) -> None:
    visit = visiting(address, viewport={"width": 1100, "height": 800})
    page = visit.page
    visit.ask(HEADLINE)
    expect(page.locator("#rail")).to_be_hidden()
    expect(page.locator(".masthead .holdings")).to_be_hidden()
    question, evidence = (page.locator(each).bounding_box() for each in ("#desk", "#evidence"))
    assert question and evidence
    assert question["x"] + question["width"] <= evidence["x"]
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("searchbox", name="Search conversations")).to_be_focused()


def test_the_page_is_dark_where_the_reader_wants_it_so(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(f"{address}?__theme=dark", **WIDE)
    visit.ask(HEADLINE)
    paper = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(23, 21, 18)"
    picture(visit.page, "chat-dark")


def test_a_screen_reader_hears_an_answer_once_and_whole(visiting: Visiting, address: str) -> None:
    visit = visiting(address)
    status = visit.page.locator("#status")
    status.evaluate(
        """(place) => {
          window.spoken = [];
          const hear = () => window.spoken.push(place.textContent);
          new MutationObserver(hear).observe(place, { childList: true, characterData: true });
        }"""
    )
    visit.ask(HEADLINE)
    log = visit.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "off")
    expect(log).to_have_attribute("aria-busy", "false")
    expect(status).to_contain_text(FACTORS)
    spoken = visit.page.evaluate("window.spoken")
    assert [FACTORS in words for words in spoken] == [False, True]
    assert spoken[0] == "Searching."
    expect(visit.page.get_by_role("textbox", name="Your question")).to_be_visible()
    name = re.compile("Source 1: .+ 2024")
    expect(log.get_by_role("link", name=name).first).to_be_visible()
