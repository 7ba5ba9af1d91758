"""The indexes: derived from the ledger, and rebuilt from it whenever in doubt."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.index.meaning import Entry, Hit, Meaning, open_meaning
from ingest.index.words import Words, open_words
from ingest.ledger import KnownEncoder, Ledger

__all__ = ["Entry", "Hit", "Index", "opened_index"]

_PAGE = 200  # articles brought up to date in one step


@dataclass(frozen=True, slots=True)
class Index:
    """Both indexes over one encoder's vectors; only the archive's owner writes to them."""

    folder: Path
    meaning: Meaning
    words: Words

    def follow(self, ledger: Ledger, encoder: KnownEncoder) -> int:
        """Bring both indexes up to the ledger; how many articles had changed."""
        changed, end = ledger.changes_after(_applied(self.folder))
        for start in range(0, len(changed), _PAGE):
            page = changed[start : start + _PAGE]
            self._replace(page, _entries(ledger, page, encoder))
        if changed:
            _note_applied(self.folder, end)
        return len(changed)

    def _replace(self, article_numbers: Sequence[int], entries: Sequence[Entry]) -> None:
        self.meaning.remove(article_numbers)
        self.meaning.add(entries)
        self.words.replace(article_numbers, entries)


@contextmanager
def opened_index(folder: Path, ledger: Ledger, encoder: KnownEncoder) -> Iterator[Index]:
    """Open the indexes and bring them up to the ledger, building them anew where they differ."""
    place = folder / encoder.fingerprint[:12]
    index = _open(place)
    try:
        index.follow(ledger, encoder)
        expected = ledger.holdings().passages
        if not index.meaning.count() == index.words.count() == expected:
            index.meaning.close()
            index = rebuild_index(place, ledger, encoder)
        yield index
    finally:
        index.meaning.close()


def rebuild_index(place: Path, ledger: Ledger, encoder: KnownEncoder) -> Index:
    """Throw the indexes away and fill them from the ledger's vectors; no model is needed."""
    shutil.rmtree(place, ignore_errors=True)
    index = _open(place)
    index.follow(ledger, encoder)
    return index


def _open(place: Path) -> Index:
    place.mkdir(parents=True, exist_ok=True)
    return Index(place, open_meaning(place / "meaning"), open_words(place / "words"))


def _entries(ledger: Ledger, numbers: Sequence[int], encoder: KnownEncoder) -> list[Entry]:
    articles = ledger.articles(numbers)
    kept = ledger.passages_with_vectors(numbers, encoder)
    return [(passage, articles[passage.article], vector) for passage, vector in kept]


def _applied(folder: Path) -> int:
    try:
        return int(json.loads((folder / "applied.json").read_text())["sequence"])
    except (OSError, ValueError, KeyError):
        return 0  # from the beginning: applying a change twice changes nothing


def _note_applied(folder: Path, sequence: int) -> None:
    """Replace the note in one step, after both indexes hold what it says."""
    note = folder / "applied.json.new"
    note.write_text(json.dumps({"sequence": sequence}))
    note.replace(folder / "applied.json")
