"""Meaning and words weighed within a language, then the languages against each other."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from ingest.index import Hit

# Of the best word match, against a cosine of 1 (docs/retrieval.md has the tables).
OWN_WORDS = 0.3  # all words of the question, over articles in its own language
FOREIGN_NAMES = 0.2  # its names and figures alone, over articles in another

# Places of a list that go to the question's own language (o) and to others (f), while both last.
_TURNS = "offof"
_FAR = 0.3  # how much less alike the best of one side may be before it waits its turn by score

Item = TypeVar("Item")


def fuse(
    meaning: Sequence[Hit], words: Sequence[Hit], cosines: Mapping[int, float], weight: float
) -> list[Hit]:
    """Merge two rankings of one language by a convex combination of their scores.

    `cosines` has those of the passages that only words found. See Bruch, Gai and Ingber, TOIS 2023,
    https://doi.org/10.1145/3596512: weighed scores beat fused ranks when the weight is tuned.
    """
    best = max((score for _, score in words), default=0) or 1
    by_words = {number: score / best for number, score in words}
    by_meaning = {**cosines, **dict(meaning)}
    scores = {
        number: by_meaning.get(number, 0.0) + weight * by_words.get(number, 0.0)
        for number in by_meaning.keys() | by_words.keys()
    }
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))


def merge_sides(
    own: Sequence[Item], foreign: Sequence[Item], key: Callable[[Item], float]
) -> list[Item]:
    """Merge the list of the question's own language with that of the others.

    An encoder finds its own language nearer, so scores alone would hide the other side: the two
    take turns as long as the best of the foreign side is not far behind, nor ahead.
    """
    gap = key(own[0]) - key(foreign[0]) if own and foreign else _FAR
    if not 0 <= gap < _FAR:
        return sorted([*own, *foreign], key=key, reverse=True)
    lists = {"o": iter(own), "f": iter(foreign)}
    turns = _TURNS * (len(own) + len(foreign))
    return [item for turn in turns for item in islice(lists[turn], 1)]
