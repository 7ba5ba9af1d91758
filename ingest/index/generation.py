"""One generation of both indexes, and how it follows the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.index.meaning import Entry, Meaning, open_meaning
from ingest.index.shelf import holds_meaning, read_note, write_note
from ingest.index.words import Words, open_words
from ingest.ledger import Ledger
from ingest.pages import pages
from ingest.serving import KnownEncoder
from ingest.tracing import span

_PAGE = 200  # articles brought up to date in one step


@dataclass(frozen=True, slots=True)
class Generation:
    """Both indexes over one encoder's vectors; only the archive's owner opens one."""

    folder: Path
    meaning: Meaning | None  # None: it is on a server
    words: Words

    def follow(self, ledger: Ledger, encoder: KnownEncoder) -> Iterator[int]:
        """Bring both indexes up to the ledger: how many articles had changed, a page at a time."""
        changed, end = ledger.changes_after(applied_sequence(self.folder))
        for page in pages(changed, _PAGE):
            entries = entries_of(ledger, page, encoder)
            self._replace(page, entries)
            yield len(page)
        if changed:
            self._note_applied(end)

    def fill(self, ledger: Ledger, encoder: KnownEncoder) -> Iterator[int]:
        """Fill empty indexes from the ledger's vectors; no model is needed."""
        _, end = ledger.changes_after(0)
        for page in pages(ledger.article_numbers(), _PAGE):
            entries = entries_of(ledger, page, encoder)
            self._replace([], entries)
            yield len(page)
        self._note_applied(end)

    def agrees(self, ledger: Ledger, encoder: KnownEncoder) -> bool:
        """Whether both hold as many passages as the ledger has vectors, or it has gone on."""
        held = {self.words.count(), ledger.vector_count(encoder)}
        if self.meaning:
            held.add(self.meaning.count())
        return len(held) == 1 or bool(ledger.changes_after(applied_sequence(self.folder))[0])

    def close(self) -> None:
        """Let go of the files."""
        if self.meaning:
            self.meaning.close()

    def _replace(self, former: Sequence[int], entries: Sequence[Entry]) -> None:
        """Put passages in the place of those of former articles."""
        if self.meaning:
            with span("index meaning", passages=len(entries)):
                if former:
                    self.meaning.remove(former)
                self.meaning.add(entries)
        with span("index words", passages=len(entries)):
            self.words.replace(former, entries)

    def _note_applied(self, sequence: int) -> None:
        """Only after both indexes hold what it says; applying a change twice changes nothing."""
        write_note(self.folder / "applied.json", sequence)


def open_generation(folder: Path) -> Generation:
    """Open the indexes that belong in a folder, making them where there are none."""
    meaning = open_meaning(folder / "meaning") if holds_meaning(folder) else None
    return Generation(folder, meaning, open_words(folder / "words"))


def applied_sequence(folder: Path) -> int:
    """How far a generation has followed the ledger's log; 0 is its beginning."""
    applied = read_note(folder / "applied.json")
    return applied if isinstance(applied, int) else 0


def entries_of(ledger: Ledger, numbers: Sequence[int], encoder: KnownEncoder) -> list[Entry]:
    """The passages of some articles, as an index takes them."""
    articles = ledger.articles(numbers)
    kept = ledger.passages_with_vectors(numbers, encoder)
    return [(passage, articles[passage.article], vector) for passage, vector in kept]
