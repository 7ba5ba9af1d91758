"""From a query to the passages that may answer it: each language searched, fused, folded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.fusion import Side, fuse, merge_sides, words_weight
from assistant.independence import tell_apart
from assistant.query import Query
from assistant.reader import Page, Reader, Reading
from ingest.archive import Archive
from ingest.articles import Article
from ingest.encoder import Encoder, Vectors, normalise
from ingest.index import Hit
from ingest.passages import Passage
from ingest.scope import Scope
from ingest.stories import Copy
from ingest.tracing import span

_CANDIDATES = 50  # passages that each index gives for each language
_AN_ARTICLE = 4  # passages of one article that a result may hold
_AT_HAND = 1.0  # what evidence of the last answer gains where a follow-up points at it
_A_LANGUAGE = 20  # passages of one language that are merged with the others
_READ, _LEAST_READ = 8, 4  # passages that a reader reads, and of one language at least
_FURTHER = 0.02  # what a passage loses there for each of its article that stands before it
_BEHIND = 0.25  # the first of its language: what is farther no reading would put first
_KEYWORDS = 2  # words at most that are no question, of which a reader makes nothing
_READER = 0.03  # of a reader's logit, against a cosine of 1; tuned on the development questions


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer, numbered from 1 in the order of its rank."""

    number: int  # before ranking: its number in the ledger
    article: Article
    passage: Passage
    score: float
    likeness: float  # cosine of question and passage
    copies: tuple[Copy, ...] = ()  # the same story elsewhere
    reading: Reading | None = None  # what the reader makes of it, where there is one

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.passage.start : self.passage.end]


def find_evidence(
    query: Query, archive: Archive, count: int, reader: Reader | None = None
) -> list[Evidence]:
    """The best passages of all languages: each searched, folded and read, then given its share."""
    if query.scope.is_empty:
        return []
    vector = encode_query(query, archive.encoder)
    held = archive.ledger.quotable(archive.clock()).languages
    languages = [each for each in held if query.languages is None or each in query.languages]
    hits = [hit for language in languages for hit in _search(query, vector, language, archive)]
    ranked = sorted(hits, key=lambda hit: -hit.score)
    found = _fold(_look_up(ranked, query.scope, archive), max(count, _A_LANGUAGE))
    if reader:
        found = _read(query, found, reader)
    return _at_hand_first(query, _merge(query, found, archive))[:count]


@span("encode")
def encode_query(query: Query, encoder: Encoder) -> Vectors:
    """The direction of a question; of a follow-up, between its subject and what it asks."""
    vectors = encoder.encode_questions(list(query.asked))
    if len(vectors) > 1:
        vectors = normalise(vectors.astype(np.float32).sum(axis=0, keepdims=True))
    return np.asarray(vectors[0])


def _at_hand_first(query: Query, ranked: Sequence[Evidence]) -> list[Evidence]:
    """What a follow-up points back at before all else, far enough to be quoted alone."""
    raised = [
        replace(one, score=one.score + _AT_HAND) if one.article.id in query.at_hand else one
        for one in ranked
    ]
    first = sorted(raised, key=lambda one: one.article.id not in query.at_hand)
    return [replace(one, number=place) for place, one in enumerate(first, start=1)]


@span("read")
def _read(query: Query, found: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """Evidence scored by its readings too; what stands too far down to be read stays last."""
    first = _choose_to_read(query, found)
    readings = reader.read(query.text, [Page(one.article.title, one.text) for one in first])
    heard = {one.number: reading for one, reading in zip(first, readings, strict=True)}
    worst = min((reading.logit for reading in readings), default=0.0)
    weight = _READER if len(query.text.split()) > _KEYWORDS else 0.0
    scored = [
        replace(
            one,
            reading=heard.get(one.number),
            score=one.score + weight * (heard[one.number].logit if one.number in heard else worst),
        )
        for one in found
    ]
    return sorted(scored, key=lambda one: -one.score)


def _choose_to_read(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The first of each language, with few of one article where others come near.

    What a follow-up points back at is read before all else.
    """
    before: Counter[str] = Counter()
    ranked: dict[str, list[tuple[bool, float, Evidence]]] = defaultdict(list)
    for one in found:
        place = one.score - _FURTHER * before[one.article.id]
        ranked[one.article.language].append((one.article.id in query.at_hand, place, one))
        before[one.article.id] += 1
    most = max(_LEAST_READ, _READ // max(1, len(ranked)))
    chosen = []
    for some in ranked.values():
        least = max(place for _, place, _ in some) - _BEHIND
        best = sorted(some, key=lambda each: each[:2], reverse=True)[:most]
        chosen += [one for at_hand, place, one in best if at_hand or place >= least]
    return chosen


@span("fuse")
def _merge(query: Query, found: Sequence[Evidence], archive: Archive) -> list[Evidence]:
    """The question's own language and all others in one list, numbered."""
    vectors = archive.ledger.vectors((one.number for one in found), archive.known)
    there = [one for one in found if one.number in vectors]  # an ingest may have replaced some
    own = [one for one in there if one.article.language == query.language]
    foreign = [one for one in there if one.article.language != query.language]
    merged = merge_sides(_side(own, vectors), _side(foreign, vectors), query.language)
    by_number = {one.number: one for one in there}
    return [
        replace(by_number[number], number=place, score=score)
        for place, (number, score) in enumerate(merged, start=1)
    ]


def _side(found: Sequence[Evidence], vectors: Mapping[int, Vectors]) -> Side:
    hits = [(one.number, one.score) for one in found]
    rows = [vectors[one.number] for one in found]
    return Side(hits, np.stack(rows) if rows else np.empty((0, 0), np.float16))


@dataclass(frozen=True, slots=True)
class _Scored:
    number: int
    score: float
    likeness: float


def _search(query: Query, vector: Vectors, language: str, archive: Archive) -> list[_Scored]:
    with span("search by meaning", language=language):
        near = archive.meaning.nearest(vector, language, _CANDIDATES, query.scope)
    with span("search by words", language=language):
        worded = archive.words.nearest(query.subject, language, _CANDIDATES, query.scope)
    weight = words_weight(query.language, language)
    cosines = dict(near) | _cosines(vector, worded, near, archive)
    return [
        _Scored(number, score, cosines.get(number, 0.0))
        for number, score in fuse(near, worded, cosines, weight)
    ]


@span("look up")
def _cosines(
    vector: Vectors, worded: Sequence[Hit], near: Sequence[Hit], archive: Archive
) -> dict[int, float]:
    """Cosines of the passages that words alone have found."""
    known = {number for number, _ in near}
    missing = [number for number, _ in worded if number not in known]
    vectors = archive.ledger.vectors(missing, archive.known)
    query = vector.astype(np.float32)
    return {number: float(found.astype(np.float32) @ query) for number, found in vectors.items()}


@span("look up")
def _look_up(ranked: Sequence[_Scored], scope: Scope, archive: Archive) -> list[Evidence]:
    """Passages from the ledger, one voice a story; what it no longer holds is left out."""
    voices = tell_apart([hit.number for hit in ranked], scope, archive)
    heard = [(voices.passages.get(hit.number), hit) for hit in ranked]
    kept = archive.ledger.passages(number for number, _ in heard if number is not None)
    articles = archive.ledger.articles({passage.article for passage in kept.values()})
    return [
        Evidence(
            found.number,
            articles[found.article],
            found.passage,
            hit.score,
            hit.likeness,
            voices.copies(found.article),
        )
        for number, hit in heard
        if number is not None and (found := kept.get(number))
    ]


def _fold(ranked: Iterable[Evidence], count: int) -> list[Evidence]:
    """As many of each language as a result may hold, those that overlap folded into the best."""
    chosen: list[Evidence] = []
    articles: dict[str, list[Evidence]] = defaultdict(list)
    languages: Counter[str] = Counter()
    for one in ranked:
        same = articles[one.article.id]
        full = len(same) == _AN_ARTICLE or languages[one.article.language] == count
        if not full and not any(_overlap(one, other) for other in same):
            chosen.append(one)
            same.append(one)
            languages[one.article.language] += 1
    return chosen


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.passage.start < other.passage.end and other.passage.start < one.passage.end
