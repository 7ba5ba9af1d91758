"""PostgreSQL and Chroma killed in turn, in mid-ingest, while another server answers."""

import os
import random
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from assistant.assistant import Assistant
from ingest.archive import Archive, opened_archive
from ingest.intake import ingest_paths
from ingest.site import ChromaAddress, Site
from tests.conftest import passages_held, word_count_encoder
from tests.ingest.crash import article_of, start_child
from tests.ingest.test_intake import write_lines
from tests.ingest.test_kills import whole
from tests.servers import ChromaServer, Postgres, running_chroma, running_postgres

KILLS = int(os.environ.get("DEPECHE_SERVER_KILLS", "2"))
FIRST = int(os.environ.get("DEPECHE_SEED", "1"))
_ARTICLES = 150  # of one ingest: three transactions
_DAY = date(2024, 6, 1)


@pytest.mark.timeout(7200)
def test_a_server_killed_in_mid_ingest_costs_a_pause_and_nothing_else(tmp_path: Path) -> None:
    with running_postgres() as postgres, running_chroma(tmp_path / "chroma") as chroma:
        where = postgres.make_ledger("kills"), ChromaAddress(chroma.address)
        ours, other = (Site(tmp_path / name, *where) for name in ("ours", "other"))
        names = {"first"}
        take(ours, write_lines(tmp_path / "a.jsonl", {"id": "first", "text": "Red apples fell."}))
        with opened_archive(ours, word_count_encoder) as archive:
            for seed in range(FIRST, FIRST + KILLS):
                print("seed", seed)
                names |= kill_in_mid_ingest((postgres, chroma)[seed % 2], archive, other, seed)
                check(archive, names)


def kill_in_mid_ingest(
    victim: Postgres | ChromaServer, archive: Archive, site: Site, seed: int
) -> set[str]:
    """The names of the articles that another process was taking in meanwhile."""
    chance, lines = random.Random(seed), site.folder.with_name(f"{seed}.jsonl")
    articles = [article_of(seed, step, 0) for step in range(_ARTICLES)]
    named = {f"s{seed}-{step}": article.text for step, article in enumerate(articles)}
    write_lines(lines, *({"id": name, "text": text} for name, text in named.items()))
    before = archive.ledger.vector_count(archive.known)
    child = start_child(take, site, lines)
    if chance.random() < 0.7:  # else it is killed while the first batch is read
        while archive.ledger.vector_count(archive.known) == before and child.is_alive():
            time.sleep(0.01)
    time.sleep(chance.uniform(0, 1))
    victim.kill()
    try:
        ask(archive)
    except DBAPIError:  # without its ledger a server can't answer; without Chroma it does
        assert isinstance(victim, Postgres)
    time.sleep(chance.uniform(0, 1))
    victim.start()
    child.join(240)
    assert child.exitcode == 0
    return set(named)


def take(site: Site, lines: Path) -> None:
    ingest_paths([lines], site, opener=word_count_encoder, outlet="", notify=lambda step: None)


def ask(archive: Archive) -> None:
    *_, answer = Assistant(archive).ask("Which red apples fell?", today=_DAY)
    assert "Red apples fell." in answer.text


def check(archive: Archive, names: set[str]) -> None:
    """Everything is there, once, and found."""
    archive.follow()
    ask(archive)
    numbers = archive.ledger.article_numbers()
    held = Counter(article.id for article in archive.ledger.articles(numbers).values())
    assert held == Counter(names)
    whole(archive.ledger, numbers)
    assert passages_held(archive) == {archive.ledger.vector_count(archive.known)}
    for passage, vector in archive.ledger.passages_with_vectors(numbers[-20:], archive.known):
        language = archive.ledger.articles([passage.article])[passage.article].language
        near = archive.meaning.nearest(vector, language, 5, None)
        assert passage.number in [number for number, _ in near]
