"""What stays open between questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Searched
from assistant.evidence import Evidence, find_evidence
from assistant.literal import answer_literally
from assistant.query import Language, make_query
from ingest.archive import Archive

EVIDENCE = 10  # passages that an answer may rest on


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and the answer it got."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers from one archive, with a chat model or without."""

    archive: Archive
    model: str = ""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date,
        language: Language | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is whole."""
        query = make_query(question, today=today, language=language)
        evidence = find_evidence(query, self.archive, EVIDENCE)
        yield answer_literally(query, evidence, self.archive.encoder, self.searched())

    def search(self, question: str, count: int, *, today: date) -> list[Evidence]:
        """The best passages for a question, without an answer."""
        return find_evidence(make_query(question, today=today), self.archive, count)

    def searched(self) -> Searched:
        """What an answer of this moment looks through."""
        held = self.archive.ledger.holdings()
        return Searched(held.articles, tuple(held.languages), held.newest)
