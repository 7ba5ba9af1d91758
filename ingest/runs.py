"""The last ingest of an archive, remembered as a fact of its ledger."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from ingest.ledger import Ledger
from ingest.tables import facts

_LAST = "last ingest"


@dataclass(frozen=True, slots=True)
class Run:
    """What an ingest did, and when it ended."""

    ended: str  # ISO 8601
    added: int
    updated: int
    unchanged: int
    withdrawn: int
    rejected: int
    seconds: float


def remember_run(ledger: Ledger, run: Run) -> None:
    """Let a run take the place of the one before."""
    with ledger.writing() as connection:
        connection.execute(delete(facts).where(facts.c.name == _LAST))
        connection.execute(facts.insert().values(name=_LAST, value=json.dumps(asdict(run))))


def last_run(ledger: Ledger) -> Run | None:
    """The last run; None where none was remembered."""
    with ledger.engine.connect() as connection:
        value = connection.scalar(select(facts.c.value).where(facts.c.name == _LAST))
    return Run(**json.loads(value)) if value else None
