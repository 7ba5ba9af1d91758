"""One generation of both indexes, and how it follows the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.index.meaning import Entry, Meaning, open_meaning
from ingest.index.shelf import read_note, write_note
from ingest.index.words import Words, open_words
from ingest.ledger import Ledger
from ingest.pages import pages
from ingest.serving import KnownEncoder

_PAGE = 200  # articles brought up to date in one step


@dataclass(frozen=True, slots=True)
class Generation:
    """Both indexes over one encoder's vectors; only the archive's owner opens one."""

    folder: Path
    meaning: Meaning
    words: Words

    def follow(self, ledger: Ledger, encoder: KnownEncoder) -> Iterator[int]:
        """Bring both indexes up to the ledger: how many articles had changed, a page at a time."""
        changed, end = ledger.changes_after(applied_sequence(self.folder))
        for page in pages(changed, _PAGE):
            entries = _entries(ledger, page, encoder)
            self.meaning.remove(page)
            self.meaning.add(entries)
            self.words.replace(page, entries)
            yield len(page)
        if changed:
            self._note_applied(end)

    def fill(self, ledger: Ledger, encoder: KnownEncoder) -> Iterator[int]:
        """Fill empty indexes from the ledger's vectors; no model is needed."""
        _, end = ledger.changes_after(0)
        for page in pages(ledger.article_numbers(), _PAGE):
            entries = _entries(ledger, page, encoder)
            self.meaning.add(entries)
            self.words.replace([], entries)
            yield len(page)
        self._note_applied(end)

    def agrees(self, ledger: Ledger, encoder: KnownEncoder) -> bool:
        """Whether both hold as many passages as the ledger has vectors."""
        return self.meaning.count() == self.words.count() == ledger.vector_count(encoder)

    def _note_applied(self, sequence: int) -> None:
        """Only after both indexes hold what it says; applying a change twice changes nothing."""
        write_note(self.folder / "applied.json", sequence)


def open_generation(folder: Path) -> Generation:
    """Open both indexes in a folder, making them where there are none."""
    return Generation(folder, open_meaning(folder / "meaning"), open_words(folder / "words"))


def applied_sequence(folder: Path) -> int:
    """How far a generation has followed the ledger's log; 0 is its beginning."""
    applied = read_note(folder / "applied.json")
    return applied if isinstance(applied, int) else 0


def _entries(ledger: Ledger, numbers: Sequence[int], encoder: KnownEncoder) -> list[Entry]:
    articles = ledger.articles(numbers)
    kept = ledger.passages_with_vectors(numbers, encoder)
    return [(passage, articles[passage.article], vector) for passage, vector in kept]
