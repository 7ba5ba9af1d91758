"""From a query to the passages that may answer it: each language searched, fused, folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.fusion import fuse
from assistant.independence import Voices, tell_apart
from assistant.query import Query
from ingest.archive import Archive
from ingest.articles import Article
from ingest.encoder import Vectors
from ingest.index import Hit
from ingest.passages import Passage
from ingest.stories import Copy

_CANDIDATES = 50  # passages that each index gives for each language
_AN_ARTICLE = 2  # passages of one article that a result may hold


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer, numbered from 1 in the order of its rank."""

    number: int
    article: Article
    passage: Passage
    score: float
    likeness: float  # cosine of question and passage
    copies: tuple[Copy, ...] = ()  # the same story elsewhere

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.passage.start : self.passage.end]


def find_evidence(query: Query, archive: Archive, count: int) -> list[Evidence]:
    """The best passages of all languages, those that overlap folded into the best of them."""
    vector = archive.encoder.encode_questions([query.text])[0]
    languages = archive.ledger.holdings().languages
    hits = [hit for language in languages for hit in _search(query, vector, language, archive)]
    ranked = sorted(hits, key=lambda hit: -hit.score)
    voices = tell_apart([hit.number for hit in ranked], archive)
    heard = [
        replace(hit, number=voices.passages[hit.number])
        for hit in ranked
        if hit.number in voices.passages
    ]
    return _fold(_look_up(heard[: max(count, 1) * 4], archive, voices), count)


@dataclass(frozen=True, slots=True)
class _Scored:
    number: int
    score: float
    likeness: float


def _search(query: Query, vector: Vectors, language: str, archive: Archive) -> list[_Scored]:
    near = archive.meaning.nearest(vector, language, _CANDIDATES, query.period)
    worded = archive.words.nearest(query.text, language, _CANDIDATES, query.period)
    cosines = dict(near) | _cosines(vector, worded, near, archive)
    return [
        _Scored(number, score, cosines.get(number, 0.0))
        for number, score in fuse(near, worded, cosines)
    ]


def _cosines(
    vector: Vectors, worded: Sequence[Hit], near: Sequence[Hit], archive: Archive
) -> dict[int, float]:
    """Cosines of the passages that words alone have found."""
    known = {number for number, _ in near}
    missing = [number for number, _ in worded if number not in known]
    vectors = archive.ledger.vectors(missing, archive.known)
    query = vector.astype(np.float32)
    return {number: float(found.astype(np.float32) @ query) for number, found in vectors.items()}


def _look_up(ranked: Sequence[_Scored], archive: Archive, voices: Voices) -> list[Evidence]:
    """Passages from the ledger; what it no longer holds is left out."""
    kept = archive.ledger.passages(hit.number for hit in ranked)
    articles = archive.ledger.articles({passage.article for passage in kept.values()})
    return [
        Evidence(
            0,
            articles[found.article],
            found.passage,
            hit.score,
            hit.likeness,
            voices.copies(found.article),
        )
        for hit in ranked
        if (found := kept.get(hit.number))
    ]


def _fold(ranked: Iterable[Evidence], count: int) -> list[Evidence]:
    chosen: list[Evidence] = []
    for evidence in ranked:
        same = [other for other in chosen if other.article.id == evidence.article.id]
        if len(same) < _AN_ARTICLE and not any(_overlap(evidence, other) for other in same):
            chosen.append(replace(evidence, number=len(chosen) + 1))
        if len(chosen) == count:
            break
    return chosen


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.passage.start < other.passage.end and other.passage.start < one.passage.end
