"""The index of meaning on a Chroma server, which one process fills and all may ask."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from json import JSONDecodeError
from secrets import token_hex
from time import monotonic
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import select

from ingest.encoder import Vectors
from ingest.index.checks import check_searches
from ingest.index.generation import entries_of
from ingest.index.meaning import Hit, IndexDamagedError, Meaning
from ingest.index.remote import Remote, open_remote
from ingest.ledger import Ledger
from ingest.locks import Claim
from ingest.scope import Scope
from ingest.serving import KnownEncoder
from ingest.site import ChromaAddress
from ingest.tables import ARCHIVE, facts
from ingest.tracing import span

log = logging.getLogger(__name__)

_PAGE = 200  # changes brought over in one step: what a kill can cost
_QUICK, _SLOW = 5.0, 60.0  # seconds for the answer to a question, and to a page of passages
_REST = 5.0  # seconds that a server which did not answer is left alone by questions
_CHECKED = 200  # articles whose vectors must find themselves
_LAYOUT = "1"  # of what we write into the collections: another one is built again

Result = TypeVar("Result")
Note = dict[str, str | int]  # generation, how far it followed the log, and since when it is whole


class ChromaAwayError(Exception):
    """The Chroma server does not answer, or something else answers in its place."""


@dataclass(slots=True)
class Served:
    """One archive's passages on a server: a collection a language, under names of its own."""

    ledger: Ledger
    encoder: KnownEncoder
    base: str  # what the names of its collections begin with
    asking: Remote
    filling: Remote
    claim: Claim
    generation: str = ""  # whose collections answer; "" where none is whole
    doubt: str = ""  # what went wrong with it
    checked: bool = False  # by this process, since it has the claim
    quiet_until: float = 0.0  # monotonic seconds

    @property
    def is_away(self) -> bool:
        """Whether questions have to do without it for now."""
        return monotonic() < self.quiet_until or not self.generation

    def nearest(
        self, vector: Vectors, language: str, count: int, scope: Scope | None
    ) -> list[Hit] | None:
        """Passages nearest to a vector, with their cosine; None where the server can't say."""
        if monotonic() < self.quiet_until:
            return None
        try:
            if not self.generation:
                self._look()
            if not self.generation:
                return None
            passages = self._passages(self.asking, self.generation)
            return self._reach(passages.nearest, vector, language, count, scope)
        except ChromaAwayError as error:
            log.warning("the Chroma server does not answer: %s", error)
        except IndexDamagedError as error:
            self._doubt(error)
        return None

    def follow(self) -> int:
        """Bring the server up to the ledger where nobody else does; how many changes it took.

        Raises ChromaAwayError; what was brought over until then stays.
        """
        try:
            return self._follow()
        except IndexDamagedError as error:
            self._doubt(error)
            return self._follow()

    def _follow(self) -> int:
        note = self._look()
        if not self.claim.take():
            self.checked = False
            return 0
        if note is None or note["layout"] != _LAYOUT:
            note = self._begin()
        taken = self._catch_up(note)
        if self.doubt or not self.checked:
            if self._is_damaged(note):
                taken += self._catch_up(self._begin())
            self.doubt, self.checked = "", True
        self._look()
        return taken

    def _doubt(self, error: IndexDamagedError) -> None:
        """Ask for everything again: another server may stand at the address, or an empty one."""
        self.doubt, self.generation = str(error), ""
        self.asking.forget_known()
        self.filling.forget_known()

    def count(self) -> int:
        """Passages in the collections that answer."""
        return self._reach(self._passages(self.asking, self.generation).count)

    def close(self) -> None:
        """Let another process fill it."""
        self.claim.release()

    def clear(self) -> None:
        """Delete everything that stands there of this archive and encoder."""
        for collection in self._reach(self.filling.list_collections):
            self._reach(self.filling.delete_collection, collection.name)
        self.generation = ""

    def _look(self) -> Note | None:
        """What is noted on the server; from then on its collections answer, if they are whole."""
        note = self._reach(self.asking.read_note, self.base + "note")
        whole = note is not None and note["applied"] >= note["whole_at"]
        self.generation = str(note["generation"]) if note and whole else ""
        return note

    def _begin(self) -> Note:
        """Other collections, empty, in the place of those that stand there."""
        if self.doubt:
            log.warning("the index on the server is built anew: %s", self.doubt)
        self.clear()
        self.doubt = ""
        _, end = self.ledger.changes_after(0)
        note: Note = {
            "layout": _LAYOUT,
            "generation": token_hex(4),
            "applied": 0,
            "whole_at": end,
        }
        self._note(note)
        return note

    def _catch_up(self, note: Note) -> int:
        passages, taken = self._passages(self.filling, str(note["generation"])), 0
        while True:
            changed, end = self.ledger.changes_after(int(note["applied"]), _PAGE)
            if not changed or not self.claim.take():  # the ledger's server may have restarted
                return taken
            entries = entries_of(self.ledger, changed, self.encoder)
            with span("index meaning", passages=len(entries)):
                self._reach(passages.remove, changed)
                self._reach(passages.add, entries)
            note["applied"] = end
            self._note(note)
            taken += len(changed)

    def _note(self, note: Note) -> None:
        self._reach(self.filling.write_note, self.base + "note", note)

    def _is_damaged(self, note: Note) -> bool:
        """Whether it lacks passages, or some of its vectors do not find themselves."""
        passages = self._passages(self.filling, str(note["generation"]))
        try:
            self._reach(passages.refuse_strangers)
            held, kept = self._reach(passages.count), self.ledger.vector_count(self.encoder)
            if held != kept and not self.ledger.changes_after(int(note["applied"]), 1)[0]:
                raise IndexDamagedError(f"{held} of {kept} passages")
            for language, vectors in self._sample().items():
                self._reach(check_searches, passages, language, vectors)
        except IndexDamagedError as error:
            self.doubt = str(error)
            return True
        return False

    def _sample(self) -> dict[str, Vectors]:
        """Vectors of a few articles, spread evenly, by language."""
        numbers = self.ledger.article_numbers()
        chosen = numbers[:: max(1, len(numbers) // _CHECKED)]
        found: dict[str, list[Vectors]] = {}
        for _, article, vector in entries_of(self.ledger, chosen, self.encoder):
            found.setdefault(article.language, []).append(vector)
        return {language: np.stack(vectors) for language, vectors in found.items()}

    def _passages(self, remote: Remote, generation: str) -> Meaning:
        prefix = f"{self.base}{generation}-"
        return Meaning(replace(remote, prefix=prefix), prefix)

    def _reach(self, call: Callable[..., Result], *values: Any) -> Result:
        """What a call gives; ChromaAwayError where no Chroma server answered it."""
        try:
            result = call(*values)
        except Exception as error:
            if _is_away(error):
                self.quiet_until = monotonic() + _REST
                raise ChromaAwayError(f"{type(error).__name__}: {error}") from error
            raise
        self.quiet_until = 0.0
        return result


def open_served(address: ChromaAddress, ledger: Ledger, encoder: KnownEncoder) -> Served:
    """The index of an archive on a server; nothing is asked of it yet."""
    with ledger.engine.connect() as connection:
        name = connection.scalar(select(facts.c.value).where(facts.c.name == ARCHIVE))
    base = f"depeche-{name}-{encoder.fingerprint[:12]}-"
    asking, filling = (open_remote(address, base, answers) for answers in (_QUICK, _SLOW))
    return Served(ledger, encoder, base, asking, filling, Claim(ledger, f"meaning {base}"))


def _is_away(error: BaseException) -> bool:
    """Whether no Chroma server answered: nobody did, or a proxy in its place."""
    import httpx
    from chromadb.errors import ChromaError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ChromaError):
            return False
        if isinstance(cause, httpx.HTTPError | JSONDecodeError) or type(cause) is Exception:
            return True
        cause = cause.__cause__
    return False
