"""Twenty readers at the page at once, and a server that is told to stop while they read."""

import asyncio
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import httpx
import pytest

from ingest.ledger import open_ledger
from tests.crowd import QUESTION, SETTINGS, STORY, TOLD, Served, arrive, talk_for, visiting
from tests.openai_server import speaking
from tests.serving import archive_of, serving
from ui.kept import open_conversations

pytestmark = pytest.mark.timeout(600)  # a busy machine opens the archive slowly

PEOPLE = 20
GRACE = 8
LATE = 10  # seconds that a busy machine may add; an answer would hold it for a minute


def come(address: str, name: str) -> list[Served]:
    return asyncio.run(arrive(address, PEOPLE, rate=20, name=name))


def ask_at_once(address: str) -> str:
    """A whole answer, by a door that does not stream."""
    asked, named = {"question": QUESTION}, {"X-Forwarded-User": "program"}
    return httpx.post(f"{address}api/ask", json=asked, headers=named, timeout=120).text


async def hurry(address: str) -> str:
    """Ask before the page has greeted, in a French browser; all that the server says."""
    async with visiting(address, "anna") as visitor:
        visitor.client.headers["Accept-Language"] = "fr-FR, en;q=0.5"
        await visitor.join("submit", [None, None, "", "", QUESTION, ""])
        return "".join([said async for said in visitor.hear()])


def test_who_asks_before_the_greeting_has_come_is_answered_in_the_browsers_language(
    tmp_path: Path,
) -> None:
    with serving(archive_of(STORY, tmp_path)) as (_, address):
        heard = asyncio.run(hurry(address))
    assert "Recherche dans" in heard
    assert "<mark" in heard


def test_twenty_are_served_and_who_still_reads_is_told_of_a_stop(tmp_path: Path) -> None:
    archive = archive_of(STORY, tmp_path)
    quick, slow, asked = talk_for(0.5, 3), talk_for(60, 90), count()

    def talk(prompt: str) -> Iterator[str]:
        return (quick if next(asked) < PEOPLE else slow)(prompt)

    with speaking(talk) as model, ThreadPoolExecutor() as others:
        settings = SETTINGS | {"OPENAI_BASE_URL": model.address, "DEPECHE_GRACE": str(GRACE)}
        with serving(archive, **settings) as (server, address):
            early = others.submit(come, address, "early").result()
            reading = others.submit(come, address, "late")
            program = others.submit(ask_at_once, address)
            while len(model.prompts) < 2 * PEOPLE + 1:
                time.sleep(0.1)
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0
            assert time.monotonic() - began < GRACE + LATE
            late = reading.result()
            assert TOLD in program.result()
    assert [each for each in early if not each.complete] == []
    assert [each for each in late if TOLD not in each.heard] == []
    kept = open_conversations(open_ledger(str(archive / "ledger.sqlite3")), 365)
    for number in range(PEOPLE):
        for name in ("early", "late"):
            [held] = kept.listed(f"{name} {number}")
            [exchange] = kept.read(f"{name} {number}", held.id)
            assert exchange.answer
            assert exchange.answer.notice.startswith(TOLD) is (name == "late")
