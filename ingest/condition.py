"""How the indexes of an open archive are, without holding up its questions."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import Archive
from ingest.index.generation import applied_sequence
from ingest.index.meaning import IndexDamagedError
from ingest.index.served import ChromaAwayError


@dataclass(frozen=True, slots=True)
class Condition:
    """What the ledger holds, what the indexes hold of it, and what is left to take in."""

    passages: int  # in the ledger
    found_by_meaning: int | None  # None: the index gave way, or belongs to another process
    found_by_words: int | None
    pending: int  # changed articles that the indexes have not taken in yet
    generation: str
    doubt: str  # what is wrong with the generation that serves; it is then built anew
    mended: str  # what was wrong when it was opened
    free: int  # bytes on the disk

    @property
    def is_well(self) -> bool:
        """Whether the indexes hold all that the ledger does."""
        held = {self.found_by_meaning, self.found_by_words}
        return not self.doubt and (self.pending > 0 or held == {self.passages})


def condition_of(archive: Archive, folder: Path) -> Condition:
    """Count; nothing is checked that takes long: `depeche doctor` does that."""
    passages = archive.ledger.vector_count(archive.known)
    free = shutil.disk_usage(folder).free
    if archive.index is None:
        return Condition(passages, None, None, 0, "", "", "", free)
    index = archive.index
    try:
        meaning, words = (archive.served or index.meaning).count(), index.words.count()
    except (IndexDamagedError, ChromaAwayError) as error:
        return Condition(passages, None, None, 0, "", str(error), index.mended, free)
    applied = applied_sequence(index.generation.folder)
    changed, _ = archive.ledger.changes_after(applied)
    name = index.generation.folder.name
    return Condition(passages, meaning, words, len(changed), name, index.doubt, index.mended, free)
