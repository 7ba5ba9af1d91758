"""Where every door puts its questions: one rate, one set of outlets, one line of log."""

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from time import perf_counter
from typing import Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.evidence import Evidence
from assistant.frames import say
from assistant.query import NO_FILTERS, Filters, Language, QuestionRefusedError
from ingest.articles import Article
from ingest.history import versions_of
from ingest.stories import Copy
from ingest.tracing import span, spanning
from ui.figures import Figures
from ui.identity import Reader
from ui.rates import Spend
from ui.stopping import Stopping

log = logging.getLogger(__name__)

Door = Literal["page", "api", "completions", "mcp"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a door takes it, and who puts it."""

    question: str
    reader: Reader
    door: Door
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    fallback: Language = "en"  # where the question does not show its own
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Asking:
    """An assistant behind doors."""

    assistant: Assistant
    timezone: str
    spend: Spend
    figures: Figures
    log_questions: bool
    stopping: Stopping = field(default_factory=Stopping)

    def ask(self, asked: Asked) -> Generator[Answer]:
        """Yield the answer as it grows, from what its reader may read."""
        steps = self._answer(asked)
        return spanning("question", steps, door=asked.door, **self._words_of(asked))

    def _answer(self, asked: Asked) -> Generator[Answer]:
        self._pace(asked.reader)
        growing = self.assistant.ask(
            asked.question,
            asked.history,
            today=self.today(),
            language=asked.language,
            fallback=asked.fallback,
            filters=readable(asked.filters, asked.reader),
        )
        began, status = perf_counter(), "failed"
        with self.figures.running.track_inprogress():
            try:
                for answer in self._until_over(growing):
                    if status == "failed":
                        waited = perf_counter() - began
                        self.figures.first_words.labels(asked.door).observe(waited)
                    status = "stopped"
                    yield _without_strangers(answer, asked.reader)
                status = answer.status
            finally:
                self._note(asked, status, perf_counter() - began)

    def _until_over(self, growing: Iterator[Answer]) -> Iterator[Answer]:
        """An answer as it grows, as long as the server may go on; at its end it says so."""
        for answer in growing:
            if self.stopping.over.is_set():
                yield replace(answer, notice=say("stopping", answer.language))
                return
            yield answer

    def search(self, asked: Asked, count: int) -> list[Evidence]:
        """The best passages of what the reader may read."""
        self._pace(asked.reader)
        filters = readable(asked.filters, asked.reader)
        with span("question", door=asked.door, **self._words_of(asked)):
            found = self.assistant.search(
                asked.question, count, today=self.today(), filters=filters
            )
        return [replace(one, copies=_shown(one.copies, asked.reader)) for one in found]

    def article(self, article_id: str, reader: Reader) -> Article | None:
        """An article in its last version, where the reader may read it."""
        archive = self.assistant.archive
        versions = versions_of(archive.ledger, article_id)
        last = next((each.article for each in versions if each.current), None)
        if last is None or not last.quotable or last.under_embargo(archive.clock()):
            return None
        return last if reader.may_read(last.outlet) else None

    def today(self) -> date:
        """The day as its readers' calendar has it."""
        return datetime.now(ZoneInfo(self.timezone)).date()

    def _pace(self, reader: Reader) -> None:
        if self.stopping.begun.is_set():
            raise QuestionRefusedError("stopping")
        if not self.spend(reader.name):
            raise QuestionRefusedError("often")

    def _note(self, asked: Asked, status: str, seconds: float) -> None:
        self.figures.questions.labels(asked.door, status).inc()
        self.figures.seconds.labels(asked.door).observe(seconds)
        said = self._words_of(asked)
        fields = {"door": asked.door, "reader": asked.reader.name, "status": status, **said}
        log.info("question", extra={"fields": {**fields, "seconds": round(seconds, 3)}})

    def _words_of(self, asked: Asked) -> dict[str, str]:
        """The question, where it may be written down."""
        return {"question": asked.question} if self.log_questions else {}


def readable(filters: Filters, reader: Reader) -> Filters:
    """What a reader chose, of what they may read."""
    if reader.outlets is None:
        return filters
    chosen = reader.outlets if filters.outlets is None else filters.outlets & reader.outlets
    return replace(filters, outlets=chosen)


def report_incident(error: Exception) -> str:
    """Log a failure; its name is all that anybody else is told."""
    incident = uuid4().hex[:8]
    log.error("incident %s", incident, exc_info=error)
    return f"incident {incident}"


def _without_strangers(answer: Answer, reader: Reader) -> Answer:
    if reader.outlets is None:
        return answer
    citations = (replace(each, copies=_shown(each.copies, reader)) for each in answer.citations)
    return replace(answer, citations=tuple(citations))


def _shown(copies: tuple[Copy, ...], reader: Reader) -> tuple[Copy, ...]:
    return tuple(copy for copy in copies if reader.may_read(copy.outlet))
