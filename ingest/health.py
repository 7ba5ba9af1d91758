"""What is well in an archive, and what had to be mended."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection

from ingest.archive import (
    existing_ledger,
    explain_mismatch,
    opened_served,
    owned_index,
)
from ingest.encoder import Encoder, EncoderUnavailableError
from ingest.holdings import Holdings
from ingest.index import place_of
from ingest.index.shelf import break_seal, current_generation
from ingest.ledger import Ledger
from ingest.owner import owning, present_owner
from ingest.rejected import Rejected, rejected_sources
from ingest.serving import KnownEncoder
from ingest.site import Where, site_of

_LIBRARIES = ("chromadb", "tantivy", "torch", "sentence-transformers", "sqlalchemy")
_LOW = 2**30  # bytes: a new generation needs room beside the one that serves


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """How the indexes are."""

    generation: str
    passages: int
    owner: str  # the process that has them open; "" where none does: only then were they checked
    mended: str  # what was wrong before they were built anew; "" where nothing was


@dataclass(frozen=True, slots=True)
class Health:
    """What is well in an archive, and what is not."""

    folder: str
    holdings: Holdings
    encoder: KnownEncoder | None
    runs_as: str  # how the encoder of the settings runs here; "" where it can't
    index: IndexHealth | None  # None as long as the archive is empty
    rejected: tuple[Rejected, ...]
    free: int  # bytes on the disk
    libraries: dict[str, str]
    problems: tuple[str, ...]  # what a person has to do something about

    @property
    def is_well(self) -> bool:
        """Whether nothing is left to do."""
        return not self.problems


def examine(where: Where, opener: Callable[[], Encoder]) -> Health:
    """Check the ledger and the indexes to the last vector; indexes that fail are built anew."""
    ledger, folder = existing_ledger(where), site_of(where).folder
    served, free = ledger.serving(), shutil.disk_usage(folder).free
    damaged = _ledger_damage(ledger)
    runs_as, unfit = _try_encoder(served, opener)
    problems = [*damaged, *unfit, *([] if damaged else _vector_problems(ledger, served))]
    problems += _served_problems(where, ledger, served)
    if free < _LOW:
        problems.append(f"only {free // 2**20} MB are free: an index needs room to be built anew")
    return Health(
        folder=str(folder),
        holdings=ledger.holdings(),
        encoder=served,
        runs_as=runs_as,
        index=_examine_index(where, ledger, served) if served and not damaged else None,
        rejected=tuple(rejected_sources(ledger)),
        free=free,
        libraries={name: version(name) for name in _LIBRARIES},
        problems=tuple(problems),
    )


def _ledger_damage(ledger: Ledger) -> list[str]:
    with ledger.engine.connect() as connection:
        damage = _integrity(connection)
    advice = "restore the last backup into a new folder"
    return [f"the ledger is damaged ({damage}): {advice}"] if damage else []


def _vector_problems(ledger: Ledger, served: KnownEncoder | None) -> list[str]:
    lacking = ledger.holdings().passages - (ledger.vector_count(served) if served else 0)
    return [f"{lacking} passages have no vector: run depeche reindex"] if lacking else []


def _try_encoder(
    served: KnownEncoder | None, opener: Callable[[], Encoder]
) -> tuple[str, list[str]]:
    """How the encoder of the settings runs, and why it can't serve this archive."""
    try:
        encoder = opener()
    except EncoderUnavailableError as error:
        return "", [str(error)]
    if served is None or encoder.fingerprint == served.fingerprint:
        return encoder.runs_as, []
    return encoder.runs_as, [explain_mismatch(served, encoder.name)]


def _integrity(connection: Connection) -> str:
    """What SQLite finds wrong with its file; other databases check themselves."""
    if connection.dialect.name != "sqlite":
        return ""
    found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    said = [line for line in found if line != "ok"]
    return "; ".join([*said, *(f"a row of {row[0]} refers to nothing" for row in loose[:3])])


def _examine_index(where: Where, ledger: Ledger, encoder: KnownEncoder) -> IndexHealth:
    folder = site_of(where).folder
    place = place_of(folder / "index", encoder)
    with owning(folder, patience=0) as free:
        if free and (current := current_generation(place)):
            break_seal(current)  # what is not sealed is checked when it is opened
    with owned_index(where, ledger, encoder) as index:
        if index is None:
            return _describe(place, ledger.vector_count(encoder), present_owner(folder), "")
        return _describe(place, index.words.count(), "", index.mended)


def _served_problems(where: Where, ledger: Ledger, served: KnownEncoder | None) -> list[str]:
    """What keeps a Chroma server from answering, where one is named."""
    if served is None:
        return []
    with opened_served(where, ledger, served) as index:
        away = index is not None and index.is_away
    advice = "only words find passages until it does, or until it has caught up"
    return [f"the Chroma server does not answer: {advice}"] if away else []


def _describe(place: Path, passages: int, owner: str, mended: str) -> IndexHealth:
    current = current_generation(place)
    return IndexHealth(current.name if current else "", passages, owner, mended)
