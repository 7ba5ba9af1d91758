"""Whether two articles are the same story from the same wire: pure functions of their words."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]  # the least hashes of a text's runs of words

_RUN = 3  # words that must follow each other to count as copied: a pair is chance, four miss edits
_HASHES = 128
_ROWS = 2  # hashes in a band: texts that share a fifth of their runs meet in one band of 64
_ALIKE = 0.08  # of two signatures; copies as defined below share 0.15 and more, chance under 0.05
_FEWEST = 25  # words that two texts must share: a formula is no copy
_OF_SHORTER = 0.5  # of the shorter text: below lie reports that quote the same statement
_OF_LONGER = 0.15  # of the longer text: below lie round-ups that hold a story among others


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of two texts stands in both, in runs of words wherever they are."""

    words: int  # of the shorter text
    of_shorter: float
    of_longer: float

    @property
    def is_copy(self) -> bool:
        """Copied, cut or rewritten here and there, and not only about the same."""
        shared = self.words >= _FEWEST
        return shared and self.of_shorter >= _OF_SHORTER and self.of_longer >= _OF_LONGER


def split_words(text: str) -> list[str]:
    """Words in lower case without accents, as two desks may print them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(mark for mark in plain if not unicodedata.combining(mark)))


def compare_texts(one: str, other: str) -> Overlap:
    """Align two texts by the runs of words they share; paragraphs may have changed places."""
    shorter, longer = sorted((split_words(one), split_words(other)), key=len)
    if not shorter:
        return Overlap(0, 0.0, 0.0)
    shared = _count_shared(shorter, longer)
    of_longer = _count_shared(longer, shorter) / len(longer)
    return Overlap(shared, shared / len(shorter), of_longer)


def share_held(part: str, text: str) -> float:
    """How much of a passage stands in a text: 1 when all its words do, in runs."""
    words = split_words(part)
    return _count_shared(words, split_words(text)) / len(words) if words else 0.0


def _count_shared(words: Sequence[str], others: Sequence[str]) -> int:
    """How many of the words stand in a run that the others hold too."""
    held = set(_runs(others))
    starts = (start for start, run in enumerate(_runs(words)) if run in held)
    return len({place for start in starts for place in range(start, start + _RUN)})


def _runs(words: Sequence[str]) -> Iterable[str]:
    return (" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def sign(text: str) -> Signature | None:
    """The MinHash signature of a text, None for one too short to tell copies of."""
    from datasketch import MinHash

    words = split_words(text)
    if len(words) < _FEWEST:
        return None
    signature = MinHash(num_perm=_HASHES, scheme="affine32")  # of another they compare as chance
    signature.update_batch([run.encode() for run in _runs(words)])
    return np.asarray(signature.hashvalues, np.uint32)


def may_be_copies(one: Signature, other: Signature) -> bool:
    """Whether two texts share enough of their runs to be worth a look word by word."""
    return float((one == other).mean()) >= _ALIKE


def bands_of(signature: Signature, language: str) -> list[int]:
    """What two likely copies in one language have in common, as numbers for an indexed table."""
    bands = signature.reshape(-1, _ROWS)
    return [
        _number(f"{language} {place} ".encode() + band.tobytes())
        for place, band in enumerate(bands)
    ]


def _number(band: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(band, digest_size=8).digest(), "big", signed=True)
