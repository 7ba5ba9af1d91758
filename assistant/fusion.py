"""Meaning and words, weighed against each other within a language."""

from collections.abc import Mapping, Sequence

from ingest.index import Hit

WORDS_WEIGHT = 0.3  # of the best word match against a cosine of 1


def fuse(meaning: Sequence[Hit], words: Sequence[Hit], cosines: Mapping[int, float]) -> list[Hit]:
    """Merge two rankings of one language by a convex combination of their scores.

    `cosines` has those of the passages that only words found. See Bruch, Gai and Ingber, TOIS 2023,
    https://doi.org/10.1145/3596512: weighed scores beat fused ranks when the weight is tuned.
    """
    best = max((score for _, score in words), default=0) or 1
    by_words = {number: score / best for number, score in words}
    by_meaning = {**cosines, **dict(meaning)}
    scores = {
        number: by_meaning.get(number, 0.0) + WORDS_WEIGHT * by_words.get(number, 0.0)
        for number in by_meaning.keys() | by_words.keys()
    }
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
