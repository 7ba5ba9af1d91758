"""A question in its conversation becomes a stand-alone query."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.language import Language, question_language
from assistant.times import Times, Window, read_times
from ingest.articles import Kind
from ingest.periods import Period
from ingest.scope import Scope
from ingest.sentences import Span
from ingest.tracing import span

__all__ = [
    "LONGEST_QUESTION",
    "NO_FILTERS",
    "Filters",
    "Language",
    "Query",
    "QuestionRefusedError",
    "make_query",
    "narrow",
]

LONGEST_QUESTION = 4000  # characters


class QuestionRefusedError(ValueError):
    """A question that can't be asked, with the reason for its reader."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose to search in; None leaves everything in."""

    period: Period | None = None
    outlets: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None
    any_time: bool = False  # whatever days the words of the question mean


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, and in which articles."""

    text: str
    language: Language
    today: date
    times: Times
    outlets: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None
    at_hand: frozenset[str] = frozenset()  # ids of articles that a follow-up points back at
    told: tuple[tuple[str, Span], ...] = ()  # words that its asker has read: article's id, place
    core: str = ""  # of a follow-up: what is asked now, without the subject carried along

    @property
    def subject(self) -> str:
        """The question without the words that only say when."""
        return self.times.rest

    @property
    def asked(self) -> tuple[str, ...]:
        """What a passage should be near to: the subject, and what a follow-up asks about it."""
        return (self.subject, self.core) if self.core else (self.subject,)

    @property
    def period(self) -> Period | None:
        """Days that an article's publication has to touch."""
        return self.times.window.period if self.times.window else None

    @property
    def scope(self) -> Scope:
        """The articles it looks at, in whatever language."""
        return Scope(self.period, self.outlets, self.kinds)


def narrow(query: Query, filters: Filters) -> Query:
    """A query within what its reader chose; their period goes before one that was understood."""
    times = query.times
    if filters.any_time:
        times = replace(times, window=None, rest=query.text)
    if filters.period:
        times = replace(times, window=Window(filters.period, ""))
    return replace(
        query,
        times=times,
        outlets=filters.outlets,
        languages=filters.languages,
        kinds=filters.kinds,
    )


@span("understand")
def make_query(
    question: str, *, today: date, language: Language | None = None, fallback: Language = "en"
) -> Query:
    """Understand a question; its own language decides the answer's unless one is given.

    One that holds only names has none of its own: it is answered in the one to fall back on.
    """
    text = " ".join(question.split())
    if not re.search(r"\w", text):
        raise QuestionRefusedError("empty")
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefusedError("long")
    spoken = question_language(text, fallback)
    return Query(text, language or spoken, today, read_times(text, today=today, language=spoken))


def prepare_questions() -> None:
    """Make what the first question in either language would have to wait for."""
    for question in ("Who spoke in the morning?", "Qui a parlé ce matin ?"):
        make_query(question, today=date(2024, 1, 2))
