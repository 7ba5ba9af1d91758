"""An archive: a folder with a ledger, and the indexes that follow it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.clock import Clock, steady_clock
from ingest.encoder import Encoder, Vectors
from ingest.index import Hit, Index, opened_index, place_of
from ingest.index.meaning import IndexDamagedError
from ingest.index.shelf import current_generation
from ingest.index.words import open_words
from ingest.ledger import Ledger, open_ledger
from ingest.owner import owning
from ingest.scope import Scope
from ingest.serving import KnownEncoder

_log = logging.getLogger(__name__)

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

    def follow(self) -> int:
        """Take in what others wrote to the ledger; how many articles had changed."""
        if self.index is None:
            return 0
        served = self.ledger.serving()
        if served != self.known:
            _log.warning("the archive was reindexed by %r: start again to use it", served)
            return 0
        return self.index.follow(self.ledger, self.known)


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
            return asked.meaning.nearest(vector, language, count, scope)
        except IndexDamagedError as error:
            if asked is self.index.generation:  # else another one took its place meanwhile
                self.index.doubt = str(error)
            return self.exact.nearest(vector, language, count, scope)


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


def create_folder(folder: Path) -> Ledger:
    """The ledger of an archive, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    return open_ledger(str(folder / "ledger.sqlite3"))


@contextmanager
def opened_archive(folder: Path, opener: Callable[[], Encoder]) -> Iterator[Archive]:
    """Open an archive for questions, as the owner of its indexes where nobody else is."""
    ledger = existing_ledger(folder)
    if ledger.serving() is None:
        raise ArchiveMissingError(f"the archive in {folder} is empty: fill it with depeche ingest")
    encoder = opener()
    known = matching_encoder(ledger, encoder)
    exact = LedgerMeaning(ledger, known)
    with owning(folder, _PATIENCE) as owner:
        if owner:
            with opened_index(folder / "index", ledger, known) as index:
                meaning, words = IndexedMeaning(index, exact), IndexedWords(index)
                yield Archive(ledger, encoder, meaning, words, index, known)
        else:
            guest = CurrentWords(place_of(folder / "index", known))
            yield Archive(ledger, encoder, exact, guest, None, known)


def existing_ledger(folder: Path) -> Ledger:
    """The ledger of an archive that is there."""
    if not (folder / "ledger.sqlite3").is_file():
        raise ArchiveMissingError(f"there is no archive in {folder}: fill one with depeche ingest")
    return open_ledger(str(folder / "ledger.sqlite3"))


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
