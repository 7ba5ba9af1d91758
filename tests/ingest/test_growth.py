"""What an archive of many articles must not make slow, or break."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from ingest.articles import Article
from ingest.dates import utc_now
from ingest.ledger import Ledger
from ingest.preparing import prepare
from ingest.serving import KnownEncoder
from ingest.tables import metadata
from tests.conftest import word_count_encoder

MANY = range(1, 40_001)
TEXT = "The ferry returned to the harbour of Brindle on Monday after eight months. " * 3


def enrol(ledger: Ledger) -> KnownEncoder:
    encoder = word_count_encoder()
    return ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)


def keep(ledger: Ledger, number: int, url: str = "") -> None:
    article = Article(f"a{number}", TEXT, "T", outlet=f"Outlet {number}", url=url)
    ledger.keep(prepare([article], word_count_encoder()), enrol(ledger))


@contextmanager
def plans_of(ledger: Ledger) -> Iterator[list[str]]:
    """How SQLite goes about each statement while the block lasts."""
    plans: list[str] = []

    def explain(connection: Any, _cursor: object, statement: str, given: Any, *rest: Any) -> None:
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
            raw = connection.connection.driver_connection
            plan = raw.execute(f"EXPLAIN QUERY PLAN {statement}", given[0] if rest[1] else given)
            plans.extend(row[3] for row in plan)

    event.listen(ledger.engine, "before_cursor_execute", explain)
    yield plans
    event.remove(ledger.engine, "before_cursor_execute", explain)


def test_no_step_of_keeping_an_article_reads_a_whole_table(ledger: Ledger) -> None:
    keep(ledger, 1)
    with plans_of(ledger) as plans:
        keep(ledger, 2, url="https://quay.example/ferry")
        keep(ledger, 3, url="https://quay.example/ferry")
    scans = {f"SCAN {table}" for table in metadata.tables} - {"SCAN facts", "SCAN encoders"}
    assert "SEARCH versions USING INDEX ix_versions_url (url=?)" in plans
    assert scans.isdisjoint(plans)


def test_what_may_be_quoted_is_counted_anew_only_when_something_changes(ledger: Ledger) -> None:
    keep(ledger, 1)
    with plans_of(ledger) as plans:
        assert ledger.quotable(utc_now()).articles == 1
        counting = len(plans)
        assert ledger.quotable(utc_now()).articles == 1
        assert len(plans) - counting == 1  # how far the log has gone
    keep(ledger, 2)
    withdrawn = Article("a1", TEXT, "T", status="withdrawn")
    for change in (
        lambda: keep(ledger, 3),
        lambda: ledger.keep([], enrol(ledger)),
        lambda: ledger.keep(prepare([withdrawn], word_count_encoder()), enrol(ledger)),
    ):
        change()
        assert ledger.quotable(utc_now()) == Ledger(ledger.engine).quotable(utc_now())
    assert ledger.quotable(utc_now()).articles == 2


def _hold_to_the_oldest_limit(connection: Connection) -> None:
    raw: Any = connection.connection.driver_connection
    raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)


def test_a_list_of_any_length_may_be_looked_up(ledger: Ledger) -> None:
    event.listen(ledger.engine, "engine_connect", _hold_to_the_oldest_limit)
    keep(ledger, 1)
    keep(ledger, 2)
    known = enrol(ledger)
    assert set(ledger.articles(MANY)) == ledger.copies_of(MANY, utc_now()).keys() == {1, 2}
    assert len(ledger.passages(MANY)) == len(ledger.vectors(MANY, known)) == 2
    assert len(ledger.passages_with_vectors(MANY, known)) == 2
    assert ledger.embargoed(MANY, utc_now()) == set()
    ids = (f"a{number}" for number in MANY)
    assert ledger.article_languages(ids) == {"a1": "und", "a2": "und"}
