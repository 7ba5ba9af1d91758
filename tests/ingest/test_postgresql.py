"""One ledger on a server, and several processes at it."""

import random
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.archive import create_folder, matching_encoder, opened_archive
from ingest.articles import Article
from ingest.encoder import Encoder
from ingest.engines import LedgerUnusableError
from ingest.intake import ingest_paths
from ingest.ledger import open_ledger
from ingest.locks import Claim, exclusive, in_use, unused
from ingest.owner import ArchiveOwnedError
from ingest.preparing import prepare
from ingest.reindexing import reindex
from ingest.site import Site
from tests.conftest import word_count_encoder
from tests.ingest.crash import start_child
from tests.ingest.test_intake import write_lines
from tests.ingest.test_kills import whole
from tests.servers import Postgres, free_port, running_postgres
from ui.server import following

WRITERS, BATCHES, TOGETHER = 3, 6, 8
EACH = WRITERS * BATCHES * TOGETHER


@pytest.fixture
def address(postgres: Postgres, tmp_path: Path) -> str:
    return postgres.make_ledger(tmp_path.name.replace("-", "_"))


def article_of(number: int) -> Article:
    """Every third is one that all writers bring."""
    chance = random.Random(number)
    words = " ".join(f"w{chance.randrange(4000)}" for _ in range(60))
    return Article(f"a{number}", f"{number} {words}.", f"a{number}", language="en")


def write(address: str, writer: int) -> None:
    ledger, encoder = open_ledger(address), word_count_encoder()
    known = matching_encoder(ledger, encoder)
    for batch in range(BATCHES):
        first = (batch * WRITERS + writer) * TOGETHER
        own = [article_of(number) for number in range(first, first + TOGETHER)]
        ours = [article_of(number) for number in range(10_000, 10_004)]
        ledger.keep(prepare(own + ours, encoder), known)


def test_several_writers_lose_and_double_nothing_and_their_log_has_no_gap(address: str) -> None:
    ledger = open_ledger(address)
    children = [start_child(write, address, writer) for writer in range(WRITERS)]
    end, followed = 0, Counter[int]()
    while any(child.is_alive() for child in children):
        changed, end = ledger.changes_after(end)  # as an index follows, beside the writers
        followed.update(changed)
        time.sleep(0.01)
    followed.update(ledger.changes_after(end)[0])
    assert [child.exitcode for child in children] == [0] * WRITERS
    numbers = ledger.article_numbers()
    names = Counter(article.id for article in ledger.articles(numbers).values())
    assert (len(names), set(names.values())) == (EACH + 4, {1})
    assert followed == Counter(numbers)
    whole(ledger, numbers)


def hold(address: str, said: Path) -> None:
    with exclusive(open_ledger(address), "reindex", patience=0) as alone:
        said.write_text(str(alone))
        time.sleep(600)  # it is killed long before


def test_what_must_be_single_is_and_dies_with_its_process(address: str, tmp_path: Path) -> None:
    ledger, said = open_ledger(address), tmp_path / "said"
    child = start_child(hold, address, said)
    while not said.exists() or not said.read_text():
        time.sleep(0.01)
    with exclusive(ledger, "reindex", patience=0) as alone:
        assert (said.read_text(), alone) == ("True", False)
    with exclusive(ledger, "another", patience=0) as alone:
        assert alone
    child.kill()
    child.join()
    with exclusive(ledger, "reindex", patience=30) as alone:
        assert alone


def test_many_may_use_a_ledger_and_none_must_where_something_is_thrown_away(address: str) -> None:
    ledger = open_ledger(address)
    with in_use(ledger), in_use(ledger), unused(ledger) as alone:
        assert not alone
    with unused(ledger) as alone:
        assert alone


def answer(address: str, folder: Path, said: Path) -> None:
    with opened_archive(Site(folder, address), word_count_encoder) as archive, following(archive):
        said.write_text("answering")
        time.sleep(600)  # it is killed long before


def test_who_answers_has_its_lock_again_after_postgresql_was_restarted(tmp_path: Path) -> None:
    with running_postgres() as postgres:
        address, said = postgres.make_ledger("restarted"), tmp_path / "said"
        lines = [write_lines(tmp_path / "a.jsonl", {"text": "Red apples fell."})]
        ingest_paths(
            lines, Site(tmp_path / "one", address), opener=word_count_encoder, outlet="",
            notify=lambda step: None,
        )  # fmt: skip
        ledger = open_ledger(address)
        child = start_child(answer, address, tmp_path / "two", said)
        while not said.exists():
            assert child.is_alive()
            time.sleep(0.05)
        for end in (postgres.kill, postgres.stop):
            end()
            postgres.start()
            with unused(ledger) as alone:
                assert not alone
        child.kill()
        child.join()
        with unused(ledger) as alone:
            assert alone


def test_a_claim_is_lost_with_postgresql_and_never_held_by_two(tmp_path: Path) -> None:
    with running_postgres() as postgres:
        address = postgres.make_ledger("claims")
        one, two = (Claim(open_ledger(address), "filling") for _ in range(2))
        assert (one.take(), two.take()) == (True, False)
        postgres.kill()
        postgres.start()
        assert (two.take(), one.take()) == (True, False)
        postgres.kill()
        postgres.start()
        assert (two.take(), one.take()) == (True, False)
        two.release()
        assert one.take()


def test_a_reindex_stops_where_another_began_while_postgresql_was_restarted(
    tmp_path: Path,
) -> None:
    with running_postgres() as postgres:
        site = Site(tmp_path / "one", postgres.make_ledger("reindexed"))
        lines = [write_lines(tmp_path / "a.jsonl", {"text": "Red apples fell."})]
        ingest_paths(lines, site, opener=word_count_encoder, outlet="", notify=lambda step: None)
        another = Claim(open_ledger(site.ledger), "reindex")

        def opener() -> Encoder:
            postgres.kill()
            postgres.start()
            assert another.take()
            return replace(word_count_encoder(), fingerprint="1" * 64)

        with pytest.raises(ArchiveOwnedError, match="another depeche reindex is at work"):
            reindex(site, opener, lambda done, whole: None)


def test_a_server_that_is_away_is_a_sentence_without_its_password(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://ada:secret@127.0.0.1:{free_port()}/depeche"
    with pytest.raises(LedgerUnusableError, match="cannot use the ledger postgresql") as refused:
        create_folder(Site(tmp_path, address))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["mysql://x:secret@host/y", "postgresql://x:secret@host/y", "://"]
)
def test_another_kind_of_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is no ledger: name one such as") as refused:
        open_ledger(address)
    assert "secret" not in str(refused.value)


def test_words_that_only_sqlite_takes_are_kept(address: str) -> None:
    ledger, encoder = open_ledger(address), word_count_encoder()
    odd = Article("i" * 1900, "Words.", "nul \0 and 🗞", url="https://a.example/" + "u" * 9000)
    ledger.keep(prepare([odd], encoder), matching_encoder(ledger, encoder))
    assert ledger.articles([1])[1].title == "nul � and 🗞"
