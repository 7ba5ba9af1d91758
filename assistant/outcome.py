"""Whether evidence answers a question: what the reader says, or what is known without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.certainty import be_certain, how_untold
from assistant.evidence import Evidence
from assistant.expected import Expected, expected
from assistant.names import countries, fold, is_acronym, mentions, names_in
from assistant.query import Query
from assistant.quotes import Quote

# Cosines of question and passage, measured on the development questions (docs/retrieval.md).
_ANSWERS = 0.30  # most questions with an answer have a passage nearer than this
_NEAR = 0.15  # what is farther has nothing to do with the question
_SHORT = 3  # letters of an acronym that other languages shuffle or spell out
_UNTOLD = 0.1  # what is asked for is not told where its likest sentence is as far off; answers.md


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the evidence is worth, and what it never mentions of the question or its answer."""

    status: Status
    missing: tuple[str, ...] = ()
    outside: bool = False  # of the days that the query is limited to
    untold: Expected | None = None  # what the question asks for, where nothing near tells it
    certainty: float | None = None  # the higher, the surer that the evidence answers


def judge(query: Query, evidence: Sequence[Evidence], sentences: Sequence[Quote] = ()) -> Outcome:
    """Judge by the names that no passage mentions, by the readings, and by what is asked for.

    `sentences` are those of the evidence; without any, whether they tell it is left open.
    """
    likeness = max((one.likeness for one in evidence), default=0.0)
    untold = how_untold(query, sentences)
    certain = be_certain(query, evidence, sentences)
    score = certain.score if certain else likeness - untold
    if likeness < _NEAR:
        return Outcome("not_found", certainty=score)
    texts = [f"{one.article.title} {one.text}" for one in evidence]
    names = names_in(query.subject)
    missing = tuple(name for name in names if not any(mentions(name, text) for text in texts))
    sure = certain.is_enough if certain else score >= _ANSWERS and untold < _UNTOLD
    if not sure or _is_another_story(names, missing, texts):
        unheard = expected(query.text) if untold >= _UNTOLD else None
        return Outcome("closest", missing, untold=unheard, certainty=score)
    return Outcome("answered", certainty=score)


def _is_another_story(names: Sequence[str], missing: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether texts lack all names of a question, or one of a country, known in both languages.

    A single name may be spelt otherwise in another language.
    """
    lacks_all = missing == names and any(map(_is_spelt_alike, names))
    return lacks_all or any(_is_elsewhere(name, texts) for name in missing)


def _is_elsewhere(name: str, texts: Sequence[str]) -> bool:
    """Whether a name is that of a country which no text names, in either language."""
    others = countries().get(fold(name), ())
    return bool(others) and not any(mentions(other, text) for other in others for text in texts)


def _is_spelt_alike(name: str) -> bool:
    """Whether another language would spell a name much the same: DNA is ADN, and MP is député."""
    return not (is_acronym(name) and len(name) <= _SHORT)
