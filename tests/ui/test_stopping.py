"""A server that is told to stop lets its answers end."""

import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.crowd import STORY
from tests.openai_server import speaking
from tests.serving import archive_of, serving

pytestmark = pytest.mark.timeout(600)  # a busy machine opens the archive slowly

GRACE = 15  # seconds; the answers take five, and a busy machine its time
AT_ONCE = 20
SENTENCES = 8


def talk(prompt: str) -> Iterator[str]:
    """Four seconds of sentences that rest on the first passage."""
    mark = re.findall(r'mark="(\w+)"', prompt)[0]
    for number in range(SENTENCES):
        yield f"Sentence {'abcdefgh'[number]} of the workers rests on it. [{mark}] "
        time.sleep(0.5)


def ask(address: str) -> list[str]:
    """The names of the events of an answer."""
    accept, asked = {"Accept": "text/event-stream"}, {"question": "What do the workers ask for?"}
    found = httpx.post(f"{address}api/ask", json=asked, headers=accept, timeout=120)
    return re.findall(r"^event: (\w+)", found.text, re.M)


def test_told_to_stop_under_load_it_loses_no_answer_and_keeps_to_its_grace(tmp_path: Path) -> None:
    archive = archive_of(STORY, tmp_path)
    with speaking(talk) as model:
        settings = {
            "DEPECHE_MODEL": "openai:scripted",
            "DEPECHE_GRACE": str(GRACE),
            "OPENAI_BASE_URL": model.address,
            "OPENAI_API_KEY": "none",
        }
        with (
            serving(archive, **settings) as (server, address),
            ThreadPoolExecutor(AT_ONCE) as readers,
        ):
            answers = [readers.submit(ask, address) for _ in range(AT_ONCE)]
            while len(model.prompts) < AT_ONCE:
                time.sleep(0.1)
            server.send_signal(signal.SIGTERM)
            assert server.wait(GRACE + 1) == 0
            ended = [each.result()[-1] for each in answers]
    assert ended == ["done"] * AT_ONCE
