"""What stays open between questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from assistant.answer import Answer, Searched
from assistant.evidence import Evidence, find_evidence
from assistant.literal import answer_literally
from assistant.query import Language, make_query
from assistant.settings import Settings
from assistant.written import Writer, open_model, write_answer
from ingest.archive import Archive, opened_archive
from ingest.encoder import open_encoder

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

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
    model: "BaseChatModel | None" = None
    model_name: str = ""

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
        encoder, searched = self.archive.encoder, self.searched()
        if self.model is None or not evidence:
            yield answer_literally(query, evidence, encoder, searched)
        else:
            written = Writer(self.model, self.model_name, encoder)
            yield from write_answer(query, evidence, written, searched)

    def search(self, question: str, count: int, *, today: date) -> list[Evidence]:
        """The best passages for a question, without an answer."""
        return find_evidence(make_query(question, today=today), self.archive, count)

    def searched(self) -> Searched:
        """What an answer of this moment looks through."""
        held = self.archive.ledger.quotable(self.archive.clock())
        return Searched(held.articles, tuple(held.languages), held.newest)


@contextmanager
def opened_assistant(settings: Settings) -> Iterator[Assistant]:
    """Open the archive and the model that the settings name."""
    model = open_model(settings.model) if settings.model else None
    with opened_archive(settings.archive, partial(open_encoder, settings.encoder)) as archive:
        yield Assistant(archive, model, settings.model)
