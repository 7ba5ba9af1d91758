"""The widget on a portal of another origin, in a browser that blocks third-party cookies."""

import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import HEADLINE, HEADLINE_FR, Visiting, free_port
from ui.embed.portal import portal_server

pytestmark = pytest.mark.timeout(900)  # a busy machine reads the archive slowly

Picture = Callable[[Page, str], None]
FACTORS = "la menace que fait encore peser le groupe État islamique"


@pytest.fixture(scope="module")
def portals(address: str, portal_port: int) -> Iterator[tuple[str, str]]:
    """Addresses of two portals with the widget: one that the server knows, and one it does not."""
    ports = (portal_port, free_port())
    servers = [portal_server(address, port) for port in ports]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{ports[0]}/", f"http://localhost:{ports[1]}/"
    for server in servers:
        server.shutdown()
        server.server_close()


def open_widget(page: Page) -> FrameLocator:
    page.locator(".depeche .launcher").click()
    frame = page.frame_locator(".depeche iframe")
    frame.locator("#box textarea").wait_for()
    return frame


def ask(frame: FrameLocator, question: str, turn: int) -> None:
    frame.locator("#box textarea").fill(question)
    frame.locator("#box textarea").press("Enter")
    frame.locator(f"#present #question-{turn}").wait_for()
    expect(frame.locator("#present .exchange:not([data-busy])")).to_contain_text(FACTORS)


@pytest.mark.parametrize(
    ("language", "question"), [("en", HEADLINE), ("fr", HEADLINE_FR)], ids=["English", "French"]
)
def test_a_portal_asks_and_goes_on_after_a_reload_without_a_cookie(
    visiting: Visiting,
    portals: tuple[str, str],
    picture: Picture,
    language: str,
    question: str,
) -> None:
    page = visiting(portals[0], until=".depeche .launcher").page
    if language == "fr":
        page.get_by_role("button", name="Français").click()
    frame = open_widget(page)
    expect(frame.locator(".masthead")).to_have_attribute("lang", language)
    expect(frame.locator(".greeting li").first).to_contain_text("Thornwick Infirmary")
    ask(frame, question, 1)
    frame.locator("a.mark").first.click()
    expect(frame.locator(".card.shown mark")).to_contain_text(FACTORS)
    picture(page, f"widget-{language}")
    page.reload()
    again = open_widget(page)
    expect(again.locator("#question-1")).to_contain_text(question)
    expect(again.locator("#present .answer")).to_contain_text(FACTORS)
    assert page.context.cookies() == []


def test_the_frame_follows_the_theme_and_the_language_of_the_portal(
    visiting: Visiting, portals: tuple[str, str]
) -> None:
    page = visiting(portals[0], until=".depeche .launcher").page
    frame = open_widget(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(frame.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(frame.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
    page.evaluate("document.documentElement.lang = 'fr'")
    expect(frame.locator(".greeting h1")).to_have_text("Que voulez-vous savoir ?")
    expect(page.locator(".depeche .close")).to_have_text("Fermer")


def test_on_a_telephone_the_widget_fills_the_screen_and_escape_closes_it(
    visiting: Visiting, portals: tuple[str, str]
) -> None:
    shape = {"viewport": {"width": 390, "height": 844}}
    page = visiting(portals[0], until=".depeche .launcher", **shape).page
    frame = open_widget(page)
    assert page.locator(".depeche .panel").bounding_box() == {
        "x": 0, "y": 0, "width": 390, "height": 844,
    }  # fmt: skip
    frame.locator("#box textarea").press("Escape")
    expect(page.locator(".depeche .panel")).to_be_hidden()
    expect(page.locator(".depeche .launcher")).to_be_focused()


def test_a_portal_that_the_server_does_not_know_gets_no_frame(
    browser: Browser, portals: tuple[str, str]
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(portals[1])
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.locator(".depeche .launcher").click()
        expect(page.frame_locator(".depeche iframe").locator("#box")).to_have_count(0)
