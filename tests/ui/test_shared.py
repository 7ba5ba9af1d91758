"""What several servers over one ledger keep together."""

import json
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from ingest.archive import create_folder, existing_ledger
from ingest.shelves import count_shelves
from ingest.site import Site
from tests.conftest import Ingest
from tests.servers import Postgres
from ui.identity.reader import Reader
from ui.kept.pace import shared_spender
from ui.kept.tables import LATELY, drafts, visits
from ui.kept.visits import open_visits
from ui.room.feedback import open_drafts


@pytest.fixture
def servers(postgres: Postgres, tmp_path: Path) -> list[Site]:
    """Two machines' sites with one ledger."""
    address = postgres.make_ledger(tmp_path.name.replace("-", "_"))
    return [Site(tmp_path / name, address) for name in ("one", "two")]


def test_a_reader_spends_the_same_questions_at_every_server(servers: list[Site]) -> None:
    one, two = (shared_spender("3/minute", create_folder(site)) for site in servers)
    assert [one("ada"), two("ada"), one("ada"), two("ada"), one("ada")] == [True] * 3 + [False] * 2
    assert two("eve")


def test_a_question_may_be_asked_again_when_its_time_is_over(servers: list[Site]) -> None:
    one, two = (shared_spender("1/second", create_folder(site)) for site in servers)
    assert one("ada")
    while not two("ada"):
        time.sleep(0.05)


def test_a_visit_that_one_server_began_goes_on_at_every_other(servers: list[Site]) -> None:
    ledgers = [create_folder(site) for site in servers]
    one, two = map(open_visits, ledgers)
    reader = Reader("ada", frozenset({"sport"}), frozenset({"Mercury"}), operates=True)
    name = one.begin(reader)
    assert two.reader(name) == reader
    assert two.reader(f"{name}x") is None
    with ledgers[0].engine.connect() as connection:
        assert name not in str(connection.execute(select(visits)).all())


def test_a_visit_ends_at_every_server(servers: list[Site]) -> None:
    one, two = (create_folder(site) for site in servers)
    name = open_visits(one).begin(Reader("ada"))
    with one.writing() as connection:
        connection.execute(update(visits).values(until=LATELY - 1))
    assert open_visits(two).reader(name) is None
    open_visits(two).begin(Reader("eve"))
    with one.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(visits)) == 1


def test_verdicts_of_every_server_are_in_one_list_and_forgotten_there(servers: list[Site]) -> None:
    for site, article in zip(servers, ("a", "b"), strict=True):
        open_drafts(site).add({"id": site.folder.name, "article": article})
    open_drafts(servers[0]).forget(["b"])
    with existing_ledger(servers[0]).engine.connect() as connection:
        [line] = connection.scalars(select(drafts.c.line))
    assert json.loads(line) == {"id": "one", "article": "a"}


@pytest.mark.everywhere
def test_shelves_are_counted(site: Site, ingest: Ingest, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    days = ("2024-01-05", "2024-01", "2024-02", "2024")
    lines.write_text("\n".join(
        json.dumps({"text": f"On {day}.", "outlet": "Q", "published": day, "language": "en"})
        for day in days
    ))  # fmt: skip
    ingest(lines)
    shelves = count_shelves(existing_ledger(site))
    assert (shelves.outlets, shelves.languages) == ({"Q": 4}, {"en": 4})
    assert shelves.months == {"2024-01": 2, "2024-02": 1}
