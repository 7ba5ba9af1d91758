"""Whether evidence answers a question: what the reader says, or what is known without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Status
from assistant.evidence import Evidence
from assistant.names import countries, fold, mentions, names_in
from assistant.query import Query

# Cosines of question and passage, measured on the development questions (docs/retrieval.md).
_ANSWERS = 0.30  # most questions with an answer have a passage nearer than this
_JUDGED = 3  # of the best passages, any of which may answer
_NEAR = 0.15  # what is farther has nothing to do with the question


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the evidence is worth, and the names of the question that it never mentions."""

    status: Status
    missing: tuple[str, ...] = ()
    outside: bool = False  # of the days that the query is limited to


def judge(query: Query, evidence: Sequence[Evidence]) -> Outcome:
    """Judge by the names that no passage mentions, and by the readings, or likeness without any."""
    likeness = max((one.likeness for one in evidence), default=0.0)
    if likeness < _NEAR:
        return Outcome("not_found")
    texts = [f"{one.article.title} {one.text}" for one in evidence]
    names = names_in(query.subject)
    missing = tuple(name for name in names if not any(mentions(name, text) for text in texts))
    readings = [one.reading for one in evidence if one.reading][:_JUDGED]
    unsure = not any(one.answers for one in readings) if readings else likeness < _ANSWERS
    # One name may be spelt otherwise in another language; all of them are another story, and so is
    # a country, whose name is known in both.
    if unsure or (
        missing and (missing == names or any(_is_elsewhere(name, texts) for name in missing))
    ):
        return Outcome("closest", missing)
    return Outcome("answered")


def _is_elsewhere(name: str, texts: Sequence[str]) -> bool:
    """Whether a name is that of a country which no text names, in either language."""
    others = countries().get(fold(name), ())
    return bool(others) and not any(mentions(other, text) for other in others for text in texts)
