"""A real server over the demonstration archive, and a real browser that may reach nothing else."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from ingest.encoder import open_encoder
from ingest.intake import ingest_paths

PROJECT = Path(__file__).parents[2]
HEADLINE = "What factors will the supreme military commission examine?"
HEADLINE_FR = "Quels facteurs la commission militaire suprême va-t-elle examiner ?"

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
    " --test-third-party-cookie-phaseout"
)
_READY = re.compile(r"http://\S+")
_COLOURS = 48  # of a picture
_PATIENCE = 60_000  # milliseconds: the machine may be busy with other tests
expect.set_options(timeout=_PATIENCE)


@dataclass
class Visit:
    """A reader's visit: the page, and what it asked the network and told the console."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith("Blocked autofocusing")  # in a frame of another origin
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def ask(self, question: str) -> Locator:
        """Ask by the keyboard and wait for the whole answer."""
        answered = self.page.locator(".exchange").count()
        self.page.locator("#box textarea").fill(question)
        self.page.keyboard.press("Enter")
        return self.answer(answered + 1)

    def answer(self, turn: int) -> Locator:
        """The whole answer of a turn, once it is there."""
        self.page.locator(f"#present #question-{turn}").wait_for()
        exchange = self.page.locator("#present .exchange:not([data-busy])")
        exchange.locator(".actions").wait_for()
        return exchange


Visiting = Callable[..., Visit]


@contextmanager
def serving(archive: Path, **settings: str) -> Iterator[str]:
    """The address of a server in a process of its own, stopped as an operator would."""
    command = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", "0"]
    variables = {**os.environ, "DEPECHE_ARCHIVE": str(archive), **settings}
    server = subprocess.Popen(
        command, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, text=True, errors="replace"
    )
    try:
        assert server.stdout
        found = next((match for line in server.stdout if (match := _READY.search(line))), None)
        assert found, f"the server did not start: exit code {server.wait()}"
        yield found[0]
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert server.returncode == 0, "the server did not stop cleanly"


Starting = Callable[..., str]


@pytest.fixture
def starting() -> Iterator[Starting]:
    """Start servers for a test; name this fixture before `visiting`, whose pages close first."""
    with ExitStack() as servers:
        yield lambda archive, **settings: servers.enter_context(serving(archive, **settings))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration") / "archive"
    ingest_paths(
        [PROJECT / "ingest" / "demonstration"],
        folder,
        opener=partial(open_encoder, ""),
        outlet="",
        notify=lambda step: None,
    )
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="session")
def portal_port() -> int:
    """Where a portal may stand that the server knows."""
    return free_port()


@pytest.fixture(scope="session")
def address(demonstration: Path, portal_port: int) -> Iterator[str]:
    with serving(demonstration, DEPECHE_PORTALS=f"http://localhost:{portal_port}") as address:
        yield address


@pytest.fixture(scope="package")  # its loop runs in this thread, and no other can meanwhile
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        pytest.fail("The browser tests need Chromium: apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_OPTIONS.split())
        yield browser
        browser.close()


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    """Open a page; when the test ends, nothing but loopback was asked and nothing complained."""
    visits: list[Visit] = []

    def visit(address: str, *, until: str = ".greeting, .exchange", **context: Any) -> Visit:
        page = browser.new_context(**{"locale": "en-GB", **context}).new_page()
        page.set_default_timeout(_PATIENCE)
        visits.append(opened := Visit(page))
        page.on("request", lambda sent: opened.hosts.add(urlsplit(sent.url).hostname or ""))
        page.on("console", opened.hear)
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.goto(address)
        page.locator(until).first.wait_for()
        return opened

    yield visit
    for opened in visits:
        opened.page.remove_listener("console", opened.hear)  # what is cut off by the end complains
        opened.page.context.close()
        assert opened.hosts <= {"127.0.0.1", "localhost", ""}
        assert opened.complaints == []


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Write a picture of the page where DEPECHE_PICTURES says; a usual run writes none.

    Few colours: a page has few, and the pictures stay in the repository.
    """
    folder = os.environ.get("DEPECHE_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            page.wait_for_timeout(700)  # until what scrolls has come to rest
            with Image.open(BytesIO(page.screenshot())) as taken:
                palette = taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
                palette.save(PROJECT / folder / f"{name}.png", optimize=True)

    return take
