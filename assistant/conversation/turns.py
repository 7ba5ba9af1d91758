"""What was asked and answered before, and a question that needs none of it."""

from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.query import Language
from ingest.sentences import Span


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and the answer it got, if any."""

    question: str
    answer: Answer | None

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The words that its answer rests on."""
        return self.answer.citations if self.answer else ()


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question that can be understood by itself, and what its asker points back at."""

    text: str
    language: Language | None = None  # of the answer; None: the question's own
    points_at: tuple[Citation, ...] = ()  # quotes of the last answer
    wants_more: bool = False  # what those quotes have not said
    core: str = ""  # what is asked now, without the subject that was carried along

    @property
    def articles(self) -> frozenset[str]:
        """Ids of the articles that its asker points back at."""
        return frozenset(citation.article.id for citation in self.points_at)

    @property
    def told(self) -> tuple[tuple[str, Span], ...]:
        """Words that need no repeating: ids of articles, and places in them."""
        quoted = ((one.article.id, (one.start, one.end)) for one in self.points_at)
        return tuple(quoted) if self.wants_more else ()
