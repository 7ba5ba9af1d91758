"""A ledger's tables: made, brought up and refused, on both kinds of database."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, update

from ingest.archive import create_folder, existing_ledger
from ingest.articles import Article
from ingest.engines import LedgerUnusableError, make_engine
from ingest.ledger import Ledger, open_ledger
from ingest.schema import upgrade
from ingest.site import Site
from ingest.tables import ARCHIVE, SCHEMA, facts, metadata, revisions
from ingest.versions import Prepared
from tests.ingest.crash import start_child

pytestmark = pytest.mark.everywhere


def address_of(site: Site) -> str:
    site.folder.mkdir(exist_ok=True)
    return site.ledger or str(site.ledger_file)


def test_the_revisions_lead_to_the_tables_that_are_made_anew(site: Site) -> None:
    engine = make_engine(address_of(site))
    with Ledger(engine).writing() as connection:
        upgrade(connection)
        options = {"include_object": is_the_same_everywhere}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, metadata)
        held = connection.scalars(select(revisions.c.version_num)).all()
    assert (found, held) == ([], [SCHEMA])


def is_the_same_everywhere(item: Any, _name: object, kind: str, *_others: object) -> bool:
    """What finds a source that was left out is of another kind on each database."""
    finds = kind in ("index", "unique_constraint")
    return not (finds and item.table.name == "rejections")


def test_an_archive_from_before_revisions_is_stamped_and_keeps_what_it_holds(site: Site) -> None:
    engine = make_engine(address_of(site))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        metadata.create_all(connection, tables=[*set(metadata.sorted_tables) - {revisions}])
        connection.execute(facts.insert().values(name="schema", value="1"))
    ledger = Ledger(engine)
    known = ledger.enrol_encoder("0" * 64, "word count", 512)
    ledger.keep([Prepared(Article("a", "Red.", "Red."), (), ())], known)
    again = existing_ledger(site)
    assert again.articles([1])[1].id == "a"
    with again.engine.connect() as connection:
        assert connection.scalars(select(revisions.c.version_num)).all() == ["1"]
        assert connection.scalar(select(facts.c.value).where(facts.c.name == ARCHIVE))


def test_a_schema_of_a_newer_program_is_refused_in_a_sentence(site: Site) -> None:
    ledger = create_folder(site)
    with ledger.writing() as connection:
        connection.execute(update(revisions).values(version_num="99"))
    with pytest.raises(LedgerUnusableError, match="has schema 99, this program knows those up to"):
        existing_ledger(site)


def test_many_processes_may_make_one_ledger_at_once(site: Site, tmp_path: Path) -> None:
    address = address_of(site)
    children = [start_child(make, address, tmp_path / str(number)) for number in range(4)]
    for child in children:
        child.join()
    names = {(tmp_path / str(number)).read_text() for number in range(4)}
    assert len(names) == 1


def make(address: str, said: Path) -> None:
    with open_ledger(address).engine.connect() as connection:
        named = connection.scalar(select(facts.c.value).where(facts.c.name == ARCHIVE))
    said.write_text(str(named))
