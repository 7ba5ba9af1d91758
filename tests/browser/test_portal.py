"""The widget in a portal that knows its readers, in a browser that blocks third-party cookies."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import HEADLINE, HEADLINE_FR, Visiting, free_port, serving
from tests.portal import KEY, Portal, standing, token

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

FACTORS = "la menace que fait encore peser le groupe État islamique"
UNKNOWN = {
    "en": "This page could not tell who you are. Load it again, or tell whoever looks after it.",
    "fr": "Cette page n’a pas pu vous identifier. Rechargez-la, ou prévenez la personne qui s’en"
    " occupe.",
}


@pytest.fixture(scope="module")
def known(demonstration: Path) -> Iterator[Portal]:
    """A portal whose key the server has."""
    port = free_port()
    settings = {
        "DEPECHE_IDENTITY": "token",
        "DEPECHE_PORTAL_KEY": KEY,
        "DEPECHE_PORTALS": f"http://localhost:{port}",
    }
    with serving(demonstration, **settings) as archive, standing(Portal(port, archive)) as portal:
        yield portal


def open_widget(page: Page) -> FrameLocator:
    page.locator(".depeche .launcher").click()
    return page.frame_locator(".depeche iframe")


def conversations(portal: Portal, reader: str) -> str:
    named = {"Authorization": f"Bearer {token(reader)}"}
    return httpx.get(f"{portal.archive}room/conversations", headers=named).text


@pytest.mark.parametrize(
    ("language", "question"), [("en", HEADLINE), ("fr", HEADLINE_FR)], ids=["English", "French"]
)
def test_the_portal_names_its_reader_whose_conversation_goes_on_from_page_to_page(
    visiting: Visiting, known: Portal, language: str, question: str
) -> None:
    known.language, known.token = language, token(f"anna {language}")
    page = visiting(known.address, until=".depeche .launcher").page
    frame = open_widget(page)
    expect(frame.locator(".masthead")).to_have_attribute("lang", language)
    frame.locator("#box textarea").fill(question)
    frame.locator("#box textarea").press("Enter")
    expect(frame.locator("#present .exchange:not([data-busy])")).to_contain_text(FACTORS)
    for place in (known.address, f"{known.address}canteen"):
        page.goto(place)
        again = open_widget(page)
        expect(again.locator("#present .question")).to_contain_text(question)
        expect(again.locator("#present .answer")).to_contain_text(FACTORS)
    assert question in conversations(known, f"anna {language}")
    assert question not in conversations(known, "bob")
    assert page.context.cookies() == []


def test_where_third_party_cookies_are_refused_the_widget_works(
    visiting: Visiting, known: Portal
) -> None:
    known.language, known.token = "en", token("carl")
    other_site = f"http://127.0.0.1:{known.port}/cookie"
    page = visiting(f"{other_site}?first", until="html").page
    page.goto(f"{known.address}framing")
    page.frame_locator("iframe").locator("html").wait_for()
    page.goto(f"{other_site}?again")
    assert [each["name"] for each in page.context.cookies()] == ["first", "again"]
    assert known.cookies["/cookie?third"] == ""
    assert known.cookies["/cookie?again"] == "first=1"
    page.goto(known.address)
    frame = open_widget(page)
    frame.locator("#box textarea").fill(HEADLINE)
    frame.locator("#box textarea").press("Enter")
    expect(frame.locator("#present .exchange:not([data-busy])")).to_contain_text(FACTORS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "said",
    [token(lasts=-3600), token(key="x" * 32), "noise", ""],
    ids=["expired", "forged", "noise", "none"],
)
def test_a_token_that_names_nobody_is_told_and_opens_nothing(
    visiting: Visiting, known: Portal, said: str, language: str
) -> None:
    known.language, known.token = language, said
    visit = visiting(known.address, until=".depeche .launcher")
    body = open_widget(visit.page).locator("body")
    expect(body).to_have_text(UNKNOWN[language], use_inner_text=True)
    visit.complaints = [each for each in visit.complaints if "401" not in each]


def test_a_portal_that_the_server_does_not_know_shows_nothing_of_it(
    visiting: Visiting, known: Portal
) -> None:
    known.token = token()
    with standing(replace(known, port=free_port())) as foreign:
        visit = visiting(foreign.address, until=".depeche .launcher")
        with visit.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            open_widget(visit.page)
        frame = visit.page.frame_locator(".depeche iframe")
        expect(frame.locator("body")).not_to_contain_text("Dépêche")
        expect(frame.locator("#box, .masthead, [lang=fr]")).to_have_count(0)
        visit.complaints.clear()
