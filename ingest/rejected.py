"""Sources that could not be read: kept in a list, tried again, struck off when they can."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select

from ingest.dates import utc_now
from ingest.ledger import Ledger
from ingest.readers import whole_path
from ingest.tables import rejections
from ingest.uploads import SCHEME

_WITHIN = re.compile(r"[:!#]")  # what parts a file from the line or record within it
_ADDRESS = re.compile(r"(https?://[^/#!]+(?:/[^#!]*?)?)(?::\d+)?(?:[#!].*)?")
_UPLOAD = re.compile(rf"({SCHEME}[^:!#]+)(?:[:!#].*)?")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A source that was left out, why, and when that was last seen."""

    source: str
    reason: str
    seen: str  # ISO 8601


def rejected_sources(ledger: Ledger) -> list[Rejected]:
    """All that was left out and not read since, in the order it was first seen."""
    columns = (rejections.c.source, rejections.c.reason, rejections.c.seen)
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(rejections.c.number)).all()
    return [
        Rejected(row.source, row.reason, row.seen.replace(tzinfo=UTC).isoformat()) for row in rows
    ]


def paths_to_retry(ledger: Ledger) -> list[Path]:
    """The files behind the list, each once: what an ingest should be given again."""
    return [origin for origin in _origins(ledger) if isinstance(origin, Path)]


def addresses_to_retry(ledger: Ledger) -> list[str]:
    """The addresses behind it, each once; what a browser sent can't be asked for again."""
    found = (origin for origin in _origins(ledger) if isinstance(origin, str))
    return [origin for origin in found if not origin.startswith(SCHEME)]


def _origins(ledger: Ledger) -> dict[Path | str, None]:
    return dict.fromkeys(_origin_of(each.source) for each in rejected_sources(ledger))


def strike_off(ledger: Ledger, origins: Iterable[Path | str], before: datetime) -> None:
    """Take what was read again off the list, save for what was left out once more."""
    read = set(origins)
    with ledger.writing() as connection:
        rows = connection.execute(select(rejections.c.number, rejections.c.source)).all()
        settled = [row.number for row in rows if _origin_of(row.source) in read]
        for number in settled:
            same = (rejections.c.number == number, rejections.c.seen < before)
            connection.execute(delete(rejections).where(*same))


def strike_off_gone(ledger: Ledger) -> list[Path]:
    """Take files off the list that are gone from a folder that is there; which they were."""
    listed = paths_to_retry(ledger)
    gone = [path for path in listed if not os.path.lexists(path) and path.parent.is_dir()]
    strike_off(ledger, gone, utc_now())
    return gone


def _origin_of(source: str) -> Path | str:
    """The file or the address that a source lies in."""
    if address := _ADDRESS.fullmatch(source) or _UPLOAD.fullmatch(source):
        return address[1]
    cuts = [len(source), *reversed([found.start() for found in _WITHIN.finditer(source)])]
    files = (Path(source[:cut]) for cut in cuts if cut)
    return whole_path(next((file for file in files if file.exists()), Path(source)))
