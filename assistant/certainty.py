"""How sure it looks that evidence answers: the reader's word, and what the encoder says to it.

The reader tells an answer from a near miss, and likeness from what is about something else. Where a
question is answered, the two agree: the words that the reader takes for the answer stand in a
sentence as like the question as any, and so does something of the kind that it asks for.
docs/answers.md has the measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.expected import expected, holds
from assistant.fusion import crossing_cost
from assistant.query import Query
from assistant.quotes import JUDGED, Quote, answer_within, between

# What a cosine takes from the reader's logit:
_ASTRAY = 8.0  # of its words from the likest sentence
_UNTOLD = 15.0  # of what is asked for from the same
_UNLIKE, _ALIKE = 50.0, 0.38  # of the likest passage from what most that answer reach
_FARTHEST = 0.3  # what is farther off than this cosine says no more

Place = tuple[str, int]  # of a sentence: its article's id, its first character


@dataclass(frozen=True, slots=True)
class Certainty:
    """What speaks for an answer and against it; cosines are distances from the likest sentence."""

    logit: float  # the reader's
    enough: float  # the least that counts as an answer
    astray: float  # how much less like the question the sentence with the reader's words is
    untold: float  # and the likest one with a figure, a date or a sum of money, if that is asked
    unlike: float  # how much less like it the likest passage is than most that answer

    @property
    def score(self) -> float:
        """All of it as one logit."""
        against = _ASTRAY * self.astray + _UNTOLD * self.untold + _UNLIKE * self.unlike
        return self.logit - against

    @property
    def is_enough(self) -> bool:
        """Whether that counts as an answer."""
        return self.score >= self.enough


def be_certain(
    query: Query, evidence: Sequence[Evidence], sentences: Sequence[Quote]
) -> Certainty | None:
    """Weigh the readings of evidence against its sentences; None where nothing was read."""
    first = evidence[:JUDGED]
    readings = [one.reading for one in first if one.reading]
    if not readings:
        return None
    return Certainty(
        max(reading.logit for reading in readings),
        readings[0].enough,
        min(_astray(query, one, sentences) for one in first),
        how_untold(query, sentences),
        max(0.0, _ALIKE - max(one.likeness for one in evidence)),
    )


def how_untold(query: Query, sentences: Sequence[Quote]) -> float:
    """How much less like the question the likest sentence is that tells what it asks for.

    A question that asks for no figure, date or sum of money is told: 0.
    """
    kind = expected(query.text)
    if kind is None:
        return 0.0
    return _behind(query, sentences, [one for one in sentences if holds(kind, one.text)])


def _astray(query: Query, one: Evidence, sentences: Sequence[Quote]) -> float:
    """How much less like the question the sentence with a passage's answering words is.

    One whose words are not marked, or were read before, is not astray: 0.
    """
    holding = [
        each
        for each in sentences
        if each.article.id == one.article.id and answer_within(one, (each.start, each.end))
    ]
    return _behind(query, sentences, holding) if holding else 0.0


def _behind(query: Query, sentences: Sequence[Quote], some: Sequence[Quote]) -> float:
    """How much less like the question the likest of some sentences is than that of all."""
    likeness = _likeness_in_place(query, sentences)
    ahead = max(likeness.values(), default=-1.0)
    return min(ahead - max((likeness[_place(one)] for one in some), default=-1.0), _FARTHEST)


def _likeness_in_place(query: Query, sentences: Sequence[Quote]) -> dict[Place, float]:
    """How like the question sentences are where they stand: what follows on has half of it, too.

    "It has no word for drought" says little without the sentence that names the treaty.
    """
    likeness: dict[Place, float] = {}
    before: Quote | None = None
    for one in sorted(sentences, key=_place):
        alone = one.likeness
        if before and before.article.id == one.article.id and not between(before, one).strip():
            alone = max(alone, (alone + before.likeness) / 2)
        likeness[_place(one)] = alone + crossing_cost(query.language, one.article.language)
        before = one
    return likeness


def _place(one: Quote) -> Place:
    return one.article.id, one.start
