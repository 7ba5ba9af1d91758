"""A question in its conversation becomes a stand-alone query."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from ingest.articles import Kind
from ingest.periods import Period
from ingest.scope import Scope

if TYPE_CHECKING:
    from lingua import LanguageDetector

Language = Literal["en", "fr"]  # that readers are answered in

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


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for."""

    text: str
    language: Language
    today: date
    period: Period | None = None
    outlets: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None

    @property
    def scope(self) -> Scope:
        """The articles it looks at, in whatever language."""
        return Scope(self.period, self.outlets, self.kinds)


def narrow(query: Query, filters: Filters) -> Query:
    """A query within what its reader chose; their period goes before one that was understood."""
    return replace(
        query,
        period=filters.period or query.period,
        outlets=filters.outlets,
        languages=filters.languages,
        kinds=filters.kinds,
    )


def make_query(question: str, *, today: date, language: Language | None = None) -> Query:
    """Understand a question; its own language decides the answer's unless one is given."""
    text = " ".join(question.split())
    if not re.search(r"\w", text):
        raise QuestionRefusedError("empty")
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefusedError("long")
    return Query(text, language or question_language(text), today)


def question_language(text: str) -> Language:
    """English or French, whichever a short text is likelier in."""
    from lingua import Language as Tongue

    return "fr" if _detector().detect_language_of(text) == Tongue.FRENCH else "en"


@cache
def _detector() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    both = (IsoCode639_1.EN, IsoCode639_1.FR)
    return LanguageDetectorBuilder.from_iso_codes_639_1(*both).build()
