"""Meaning and words weighed within a language, then the languages against each other.

Every number here was tuned on the development questions; docs/retrieval.md has the tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Vectors
from ingest.index import Hit
from ingest.tracing import span

# What the best match of words weighs, against a cosine of 1.
_OWN_WORDS = {"en": 0.12, "fr": 0.2}  # over articles in the question's own language
_FOREIGN_WORDS = 0.1  # over others, where names and figures are the words in common

# What a passage in another language loses against one in the question's own that says the same.
_CROSSING = {"en": 0.13, "fr": 0.03}
_TWINS = 0.6  # cosine from which two passages in two languages tell the same
_LENT = 0.7  # of what one twin scores above the other
_TURNS = "offof"  # places for the question's own language (o) and others (f) where they do
_TOLD = "offffoo"  # places where the second own passage tells what the first foreign ones tell
_FIRST = (3, 5)  # of own and foreign passages, among which twins are looked for


def words_weight(question: str, article: str) -> float:
    """What words weigh for a question and articles in two languages, or in one."""
    return _OWN_WORDS.get(question, _FOREIGN_WORDS) if question == article else _FOREIGN_WORDS


def crossing_cost(question: str, article: str) -> float:
    """What the likeness of a question and an article in two languages lacks, 0 in one."""
    return _CROSSING.get(question, 0.0) if question != article else 0.0


@span("fuse")
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


@dataclass(frozen=True, slots=True)
class Side:
    """Passages of the question's own language, or of all others, the best first."""

    hits: Sequence[Hit]
    vectors: Vectors  # shape (hits, dimension)

    def rows(self, hits: Sequence[Hit]) -> NDArray[np.float32]:
        """The vectors of some of its passages, in their order."""
        places = {number: place for place, (number, _) in enumerate(self.hits)}
        return self.vectors[[places[number] for number, _ in hits]].astype(np.float32)


def merge_sides(own: Side, foreign: Side, language: str) -> list[Hit]:
    """Merge two sides by score; where they tell the same in two languages, by turns.

    Such twins lend each other most of what one scores above the other: a question finds its own
    language more surely, and that tells which of the foreign passages answers. And what a foreign
    passage above tells already comes later: five places hold more that way.
    """
    crossing = _CROSSING.get(language, 0.0)
    raised = [(number, score + crossing) for number, score in foreign.hits]
    if not own.hits or not foreign.hits:
        return [*own.hits, *raised]
    alike = own.rows(own.hits) @ foreign.rows(foreign.hits).T
    own_hits, foreign_hits = _lend(own.hits, raised, alike), _lend(raised, own.hits, alike.T)
    if alike[: _FIRST[0], : _FIRST[1]].max() < _TWINS:
        return _sort([*own_hits, *foreign_hits])
    sides = {"o": iter(own_hits), "f": iter(foreign_hits)}
    second, first = own.rows(own_hits[1:2]), foreign.rows(foreign_hits[: _TURNS.count("f")])
    told = (second @ first.T).max(initial=0) >= _TWINS
    turns = (_TOLD if told else _TURNS) * (len(own_hits) + len(foreign_hits))
    return [hit for turn in turns for hit in islice(sides[turn], 1)]


def _lend(hits: Sequence[Hit], others: Sequence[Hit], alike: NDArray[np.float32]) -> list[Hit]:
    """Hits with most of what their nearest twin on the other side scores above them."""
    nearest = alike.argmax(axis=1)
    return _sort(
        [
            (number, score + _LENT * max(others[twin][1] - score, 0) * bool(row[twin] >= _TWINS))
            for (number, score), row, twin in zip(hits, alike, nearest, strict=True)
        ]
    )


def _sort(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit[1], hit[0]))
