"""A page behind nginx whose server is killed: it goes on at the other one by itself."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.intranet import ANNA
from tests.openai_server import speaking
from tests.pair import SHUNNED, Pair, running_pair
from tests.servers import ChromaServer, Postgres

pytestmark = pytest.mark.timeout(900)  # a busy machine opens the archive slowly

_ESTABLISHED = "01"
SIGNED_IN = {"http_credentials": {"username": ANNA[0], "password": ANNA[1]}}
QUICK = "What do the harbour workers of Wexmoor ask for?"
SLOW = "How slowly do the workers of Wexmoor get more crews?"


def talk(prompt: str) -> Iterator[str]:
    mark = re.findall(r'mark="(\w+)"', prompt)[0]
    for letter in "abcd":
        yield f"Sentence {letter} of the workers rests on it. [{mark}] "
        time.sleep(2 if "slowly" in prompt else 0)


@pytest.fixture
def pair(postgres: Postgres, chroma: ChromaServer, tmp_path: Path) -> Iterator[Pair]:
    with (
        speaking(talk) as model,
        running_pair(postgres, chroma, tmp_path, model, ANNA[:1]) as pair,
    ):
        yield pair


def one_that_answers(pair: Pair) -> int:
    """Which of the two somebody listens to: proc_pid_net(5)."""
    held = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listened = {int(each[1].rpartition(":")[2], 16) for each in held if each[3] == _ESTABLISHED}
    [port] = [each for each in pair.ports if int(each) in listened]
    return pair.ports.index(port)


def test_a_page_goes_on_at_the_other_server_whether_its_own_dies_at_work_or_at_rest(
    pair: Pair, visiting: Visiting
) -> None:
    visit = visiting(pair.intranet, **SIGNED_IN)
    page, questions = visit.page, visit.page.locator(".question")
    visit.ask(QUICK)
    page.locator("#box textarea").fill(SLOW)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange[data-busy] .prose")).to_contain_text("Sentence a")
    first = one_that_answers(pair)
    pair.running[first].kill()
    with ThreadPoolExecutor() as starting:
        started = starting.submit(pair.starts[first])
        expect(page.locator("#past .question")).to_contain_text(QUICK)  # it came by itself
        expect(page.locator("#present .waiting")).to_contain_text("Stopped before the end")
        page.locator("#present .retry").click()
        expect(visit.answer(2)).to_contain_text("Sentence d")
        pair.running[first] = started.result()
    time.sleep(SHUNNED)
    pair.running[1 - first].kill()
    expect(visit.ask(QUICK)).to_contain_text("Sentence d")
    expect(questions).to_have_count(3)
    page.reload()
    expect(questions).to_have_count(3)
    visit.complaints.clear()  # the connection that was lost, twice
