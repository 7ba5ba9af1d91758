"""An archive: a folder with a ledger, and the indexes that follow it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.clock import Clock, steady_clock
from ingest.encoder import Encoder, Vectors
from ingest.index import Hit, Index, Tell, opened_index, place_of, tell_nobody
from ingest.index.meaning import IndexDamagedError
from ingest.index.served import ChromaAwayError, Served, open_served
from ingest.index.shelf import BOTH, WORDS, current_generation
from ingest.index.words import open_words
from ingest.ledger import Ledger, open_ledger
from ingest.locks import Claim, in_use
from ingest.owner import owning
from ingest.scope import Scope
from ingest.serving import KnownEncoder, hold_to_serving
from ingest.site import Where, site_of

_log = logging.getLogger(__name__)

_SMALL = 20_000  # passages that a question may be compared with one by one: some 50 ms
_PATIENCE = 1.0  # seconds a command waits for the one before it to leave the indexes


class ArchiveMissingError(Exception):
    """There is no archive, or nothing in it, where one was to be read."""


class EncoderMismatchError(Exception):
    """The archive's vectors were made by another encoder than the one at hand."""


class Meanings(Protocol):
    """Whatever finds the passages nearest to a vector."""

    def nearest(self, vector: Vectors, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Numbers and cosines of passages, the nearest first."""


class WordSearch(Protocol):
    """Whatever finds the passages that hold words."""

    def nearest(self, question: str, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Numbers and scores of passages, the best first."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive open for questions."""

    ledger: Ledger
    encoder: Encoder
    meaning: Meanings
    words: WordSearch
    index: Index | None  # None: another process owns it
    known: KnownEncoder
    clock: Clock = field(default_factory=steady_clock)  # when an embargo ends
    served: Served | None = None  # where the index of meaning is on a server
    use: Claim | None = None  # says to others that questions are answered, where they may be many

    @property
    def is_short_of_meaning(self) -> bool:
        """Whether only words find passages for now: the server of the other index is away."""
        return isinstance(self.meaning, ServedMeaning) and self.meaning.is_short

    def follow(self) -> int:
        """Take in what others wrote to the ledger; how many articles had changed."""
        if self.use and not self.use.take():
            _log.warning("others may throw away what this archive answers from: a lock is lost")
        if self.index is None and self.served is None:
            return 0
        served = self.ledger.serving()
        if served != self.known:
            _log.warning("the archive was reindexed by %r: start again to use it", served)
            return 0
        changed = self.index.follow(self.ledger, self.known) if self.index else 0
        return max(changed, follow_served(self.served)) if self.served else changed


@dataclass(frozen=True, slots=True)
class LedgerMeaning:
    """Nearness computed from the ledger's vectors, exact and without an index.

    Chroma answers wrongly, without an error, in a second process (docs/failure-modes.md): a command
    beside a running server reads here instead.
    """

    ledger: Ledger
    encoder: KnownEncoder

    def nearest(self, vector: Vectors, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages of one language nearest to a vector, with their cosine."""
        numbers, vectors = self.ledger.vectors_of(language, self.encoder, scope)
        if not numbers:
            return []
        cosines = vectors.astype(np.float32) @ vector.astype(np.float32)
        best = np.argsort(-cosines)[:count]
        return [(numbers[place], float(cosines[place])) for place in best]


@dataclass(frozen=True, slots=True)
class IndexedMeaning:
    """Nearness from the index, and from the ledger when the index gives way."""

    index: Index
    exact: LedgerMeaning

    def nearest(self, vector: Vectors, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages of one language nearest to a vector, with their cosine."""
        asked = self.index.generation
        try:
            return self.index.meaning.nearest(vector, language, count, scope)
        except IndexDamagedError as error:
            if asked is self.index.generation:  # else another one took its place meanwhile
                self.index.doubt = str(error)
            return self.exact.nearest(vector, language, count, scope)


@dataclass(frozen=True, slots=True)
class ServedMeaning:
    """Nearness from a Chroma server; from the ledger where that is away and it takes no time."""

    served: Served
    exact: LedgerMeaning

    @property
    def is_short(self) -> bool:
        """Whether questions find nothing by meaning for now."""
        return self.served.is_away and not self._is_small()

    def nearest(self, vector: Vectors, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages of one language nearest to a vector, with their cosine."""
        found = self.served.nearest(vector, language, count, scope)
        if found is None:
            exact = self._is_small()
            return self.exact.nearest(vector, language, count, scope) if exact else []
        return found

    def _is_small(self) -> bool:
        return self.exact.ledger.vector_count(self.exact.encoder) <= _SMALL


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The index of words of whichever generation serves."""

    index: Index

    def nearest(self, question: str, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages that hold most of a question's words, with their score."""
        return self.index.words.nearest(question, language, count, scope)


@dataclass(frozen=True, slots=True)
class CurrentWords:
    """The index of words that another process writes: opened anew when a generation takes over."""

    place: Path

    def nearest(self, question: str, language: str, count: int, scope: Scope | None) -> list[Hit]:
        """Passages that hold most of a question's words; none while the first index is built."""
        generation = current_generation(self.place)
        if generation is None:
            return []
        return open_words(generation / "words").nearest(question, language, count, scope)


def create_folder(where: Where) -> Ledger:
    """The ledger of an archive, made where there is none."""
    site = site_of(where)
    site.folder.mkdir(parents=True, exist_ok=True)
    return open_ledger(site.ledger or str(site.ledger_file))


@contextmanager
def opened_archive(
    where: Where, opener: Callable[[], Encoder], tell: Tell = tell_nobody
) -> Iterator[Archive]:
    """Open an archive for questions, as the owner of its indexes where nobody else is."""
    ledger, folder = existing_ledger(where), site_of(where).folder
    if ledger.serving() is None:
        raise ArchiveMissingError(f"the archive in {folder} is empty: fill it with depeche ingest")
    encoder = opener()
    known = matching_encoder(ledger, encoder)
    with (
        in_use(ledger) as use,
        opened_served(where, ledger, known) as served,
        owning(folder, _PATIENCE) as owner,
    ):
        exact = LedgerMeaning(ledger, known)
        meaning: Meanings = ServedMeaning(served, exact) if served else exact
        if not owner:
            guest = CurrentWords(place_of(folder / "index", known))
            yield Archive(ledger, encoder, meaning, guest, None, known, served=served, use=use)
            return
        parts = WORDS if served else BOTH
        with opened_index(folder / "index", ledger, known, parts, tell=tell) as index:
            words = IndexedWords(index)
            meaning = meaning if served else IndexedMeaning(index, exact)
            yield Archive(ledger, encoder, meaning, words, index, known, served=served, use=use)


@contextmanager
def owned_index(where: Where, ledger: Ledger, encoder: KnownEncoder) -> Iterator[Index | None]:
    """The indexes in a folder, up to the ledger; None where another process owns them."""
    site = site_of(where)
    parts = WORDS if site.chroma else BOTH
    with owning(site.folder, patience=0) as owner:
        if not owner:
            yield None
            return
        with opened_index(site.folder / "index", ledger, encoder, parts) as index:
            yield index


@contextmanager
def opened_served(where: Where, ledger: Ledger, encoder: KnownEncoder) -> Iterator[Served | None]:
    """The index of meaning on a server, if that is where it is, up to the ledger if it answers."""
    address = site_of(where).chroma
    if address is None:
        yield None
        return
    with closing(open_served(address, ledger, encoder)) as served:
        follow_served(served)
        yield served


def follow_served(served: Served) -> int:
    """Bring a server up to the ledger; how many articles had changed. Where it is away, none."""
    try:
        return served.follow()
    except ChromaAwayError as error:
        _log.warning("the Chroma server is not brought up to the ledger yet: %s", error)
        return 0


def found_archive(where: Where, opener: Callable[[], Encoder]) -> None:
    """Make an archive that can be opened before its first article comes, where none can."""
    ledger = create_folder(where)
    if ledger.serving() is None:
        known = matching_encoder(ledger, opener())
        with ledger.writing() as connection:
            hold_to_serving(connection, known)


def existing_ledger(where: Where) -> Ledger:
    """The ledger of an archive that is there."""
    site = site_of(where)
    if not site.ledger and not site.ledger_file.is_file():
        raise ArchiveMissingError(
            f"there is no archive in {site.folder}: fill one with depeche ingest"
        )
    return create_folder(site)


def explain_mismatch(served: KnownEncoder, named: str) -> str:
    """Why an encoder can't serve an archive, and what to do."""
    if served.name == named:
        return f"the encoder {named!r} has changed since the archive was made: run depeche reindex"
    return (
        f"the archive was made with the encoder {served.name!r}, the settings name {named!r}: "
        "name the first one again, or run depeche reindex"
    )


def matching_encoder(ledger: Ledger, encoder: Encoder) -> KnownEncoder:
    """The ledger's entry for this encoder; raise EncoderMismatchError when another one serves."""
    served = ledger.serving()
    if served and served.fingerprint != encoder.fingerprint:
        raise EncoderMismatchError(explain_mismatch(served, encoder.name))
    return ledger.enrol_encoder(encoder.fingerprint, encoder.name, encoder.dimension)
