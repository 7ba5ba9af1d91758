"""Visits that every server over one ledger knows: a reader may be sent to another at any time."""

import hashlib
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, select

from ingest.ledger import Ledger
from ui.identity.reader import Reader
from ui.identity.visits import LASTS, Visits
from ui.kept.tables import LATELY, make_tables, visits

_WRITTEN = TypeAdapter(Reader)


@dataclass(frozen=True, slots=True)
class LedgerVisits:
    """Visits beside a ledger on a server: whoever reads the table learns no name of one."""

    ledger: Ledger

    def keep(self, name: str, reader: Reader) -> None:
        """Keep a new visit, and forget those that are over."""
        row = {"digest": _digest(name), "reader": _WRITTEN.dump_json(reader).decode()}
        with self.ledger.beside() as connection:
            connection.execute(delete(visits).where(visits.c.until < LATELY))
            connection.execute(visits.insert().values(row | {"until": LATELY + LASTS}))

    def find(self, name: str) -> tuple[Reader, float] | None:
        """Whose visit it is, and how many seconds it lasts."""
        query = select(visits.c.reader, (visits.c.until - LATELY).label("left"))
        with self.ledger.engine.connect() as connection:
            row = connection.execute(query.where(visits.c.digest == _digest(name))).first()
        return (_WRITTEN.validate_json(row.reader), float(row.left)) if row else None


def open_visits(ledger: Ledger) -> Visits:
    """The visits of an archive's readers; where the ledger is a file, in memory."""
    if ledger.engine.dialect.name == "sqlite":
        return Visits()
    make_tables(ledger)
    return Visits(shared=LedgerVisits(ledger))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
