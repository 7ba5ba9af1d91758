"""The indexes: derived from the ledger, checked against it, and built anew wherever in doubt."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from sqlalchemy.exc import SQLAlchemyError

from ingest.index.generation import Generation, applied_sequence, open_generation
from ingest.index.meaning import Entry, Hit, Meaning
from ingest.index.probe import find_damage
from ingest.index.shelf import (
    BOTH,
    Parts,
    break_seal,
    current_generation,
    is_as_left,
    is_sealed,
    is_stamped,
    make_current,
    new_generation,
    remove_others,
    seal,
)
from ingest.index.words import Words
from ingest.ledger import Ledger
from ingest.serving import KnownEncoder
from ingest.storage import blame_full_disk, explain_storage

__all__ = ["Entry", "Hit", "Index", "Tell", "opened_index", "place_of", "tell_nobody"]

_log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]  # articles in indexes that are built, and how many there are


@dataclass(slots=True)
class Index:
    """The generation that serves; another takes its place when it is damaged."""

    place: Path
    generation: Generation
    parts: Parts = BOTH
    mended: str = ""  # why it was built anew when it was opened; "" where nothing was wrong
    doubt: str = ""  # what went wrong since

    @property
    def meaning(self) -> Meaning:
        """The index of meaning in the folder."""
        if self.generation.meaning is None:
            raise LookupError("the index of meaning is on a server")
        return self.generation.meaning

    @property
    def words(self) -> Words:
        """The index of words."""
        return self.generation.words

    def follow(self, ledger: Ledger, encoder: KnownEncoder) -> int:
        """Bring both indexes up to the ledger; how many articles had changed."""
        try:
            if not self.doubt:
                return sum(self.generation.follow(ledger, encoder))
        except BaseException as error:
            self.doubt = f"{type(error).__name__}: {error}"
            _raise_unless_damage(error, self.place)
        _log.warning("the index is damaged and built anew: %s", self.doubt)
        self.renew(ledger, encoder)
        return len(ledger.article_numbers())

    def renew(self, ledger: Ledger, encoder: KnownEncoder) -> None:
        """Build another generation while this one serves, then let it serve."""
        former, self.generation = self.generation, build(self.place, ledger, encoder, self.parts)
        self.mended, self.doubt = self.doubt, ""
        former.close()  # Chroma keeps the store of a folder open until it is told
        remove_others(self.place)

    def close(self) -> None:
        """Let go of the files, and seal them when all went well."""
        self.generation.close()
        if not self.doubt:
            seal(self.generation.folder)


def tell_nobody(_done: int, _articles: int) -> None:
    """Build in silence."""


@contextmanager
def opened_index(
    folder: Path,
    ledger: Ledger,
    encoder: KnownEncoder,
    parts: Parts = BOTH,
    *,
    tell: Tell = tell_nobody,
) -> Iterator[Index]:
    """Open the indexes and bring them up to the ledger, building them anew where they differ."""
    place = place_of(folder, encoder)
    index = _open(place, ledger, encoder, parts, tell)
    try:
        remove_others(place)
        index.follow(ledger, encoder)
        if not index.generation.agrees(ledger, encoder):
            index.doubt = "it holds another number of passages than the ledger"
            index.follow(ledger, encoder)
        yield index
    finally:
        index.close()


def place_of(folder: Path, encoder: KnownEncoder) -> Path:
    """Where the generations over one encoder's vectors stand."""
    return folder / encoder.fingerprint[:12]


def build(
    place: Path,
    ledger: Ledger,
    encoder: KnownEncoder,
    parts: Parts = BOTH,
    *,
    tell: Tell = tell_nobody,
) -> Generation:
    """Fill a new generation from the ledger and let it serve; no model is needed."""
    folder = new_generation(place, encoder, parts)
    try:
        generation = _filled(folder, ledger, encoder, tell)
    except BaseException as error:
        try:
            blame_full_disk(place, error)
            raise
        finally:
            rmtree(folder, ignore_errors=True)  # on a full disk every byte counts
    make_current(place, folder)
    return generation


def _filled(folder: Path, ledger: Ledger, encoder: KnownEncoder, tell: Tell) -> Generation:
    generation, done, articles = open_generation(folder), 0, len(ledger.article_numbers())
    try:
        for brought in generation.fill(ledger, encoder):
            done += brought
            tell(done, articles)
    except BaseException:
        generation.close()
        raise
    return generation


def find_fault(place: Path, ledger: Ledger, encoder: KnownEncoder, parts: Parts = BOTH) -> str:
    """Why the current generation may not be opened as it is; "" where it may."""
    current = current_generation(place)
    if current is None:
        return "there is none"
    if not is_stamped(current, encoder, parts):
        return "other versions of its stores made it"
    applied = applied_sequence(current)
    if applied and ledger.changes_after(applied - 1)[1] < applied:
        return "it is ahead of the ledger"
    if not is_sealed(current):
        return find_damage(current, ledger, encoder)
    # No child has to read what somebody else wrote: a cut graph once made Chroma write 87 GB.
    return "" if is_as_left(current) else "its files changed after they were closed"


def _open(place: Path, ledger: Ledger, encoder: KnownEncoder, parts: Parts, tell: Tell) -> Index:
    fault = find_fault(place, ledger, encoder, parts)
    current = current_generation(place)
    if not fault and current:
        break_seal(current)
        try:
            return Index(place, open_generation(current), parts)
        except BaseException as error:
            _raise_unless_damage(error, place)
            fault = f"{type(error).__name__}: {error}"
    if current:
        _log.warning("the index is damaged and built anew: %s", fault)
    built = build(place, ledger, encoder, parts, tell=tell)
    return Index(place, built, parts, mended=fault if current else "")


def _raise_unless_damage(error: BaseException, place: Path) -> None:
    """Go on only where a store gave way: the disk, the ledger or a user is none of its faults."""
    spared = KeyboardInterrupt | SystemExit | MemoryError | SQLAlchemyError
    if isinstance(error, spared) or explain_storage(error):
        raise error
    blame_full_disk(place, error)
