"""A follow-up and a timeline in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

Picture = Callable[[Page, str], None]

WIDE = {"viewport": {"width": 1360, "height": 850}}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_follow_up_says_what_was_searched_for_and_a_click_searches_for_what_was_typed(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, **WIDE)
    visit.ask("When will Thornwick Infirmary close?")
    visit.ask("and who founded the campaign?")
    chip = visit.page.locator("#present .chip")
    expect(chip).to_contain_text("Searched for: Thornwick Infirmary: who founded the campaign?")
    picture(visit.page, "follow-up")
    chip.get_by_role("button", name="Search for the words as typed").click()
    expect(chip).to_have_count(0)
    expect(visit.answer(2)).to_be_visible()


def test_a_timeline_is_a_click_away(visiting: Visiting, address: str, picture: Picture) -> None:
    visit = visiting(address, **WIDE)
    visit.ask("Why did the dockers of Port-Sabran walk out?")
    visit.page.locator("#present .wish").click()
    answer = visit.answer(2)
    expect(answer.locator(".under", has_text="February 12, 2024")).to_be_visible()
    assert answer.locator(".under").count() >= 6
    picture(visit.page, "timeline")


def test_a_telephone_shows_a_timeline_in_french(
    visiting: Visiting, address: str, picture: Picture
) -> None:
    visit = visiting(address, locale="fr-FR", **NARROW)
    visit.ask("Pourquoi les dockers de Port-Sabran ont-ils fait grève ?")
    visit.ask("et combien de temps ?")
    expect(visit.page.locator("#present .chip")).to_contain_text("Recherché\u00a0: ")
    picture(visit.page, "follow-up-narrow")
    answer = visit.ask("chronologie de la grève de Port-Sabran")
    expect(answer.locator(".under", has_text="12 février 2024")).to_be_visible()
    expect(visit.page.locator("#question-3")).to_be_in_viewport()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(visit.page, "timeline-narrow")
