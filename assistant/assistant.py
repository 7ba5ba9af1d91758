"""What stays open between questions."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.answer import Answer, Searched
from assistant.checks import Checker
from assistant.checks.entailment import Entailment, open_entailment
from assistant.conversation import Turn, stand_alone
from assistant.conversation.forms import Asked, asked_form
from assistant.dating import date_answer
from assistant.disagreement import tell_differences
from assistant.evidence import Evidence, find_evidence
from assistant.frames import say
from assistant.gathering import Gathered, gather
from assistant.literal import answer_from_outside, answer_literally
from assistant.model import Model, opened_model
from assistant.query import NO_FILTERS, Filters, Language, Query, make_query, narrow
from assistant.reader import Reader, open_reader
from assistant.settings import Settings
from assistant.timeline import (
    Briefing,
    Timeline,
    briefing_as_answer,
    make_briefing,
    make_timeline,
    timeline_as_answer,
)
from assistant.translation import Translator, translate_quotes
from assistant.written import Writer, write_answer
from ingest.archive import Archive, opened_archive
from ingest.dates import NewsDate
from ingest.encoder import Encoder, open_encoder
from ingest.index import Tell, tell_nobody
from ingest.tracing import note, sending, span, spanned

EVIDENCE = 10  # passages that an answer may rest on


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers from one archive, with a chat model or without."""

    archive: Archive
    model: Model | None = None
    reader: Reader | None = None
    entailment: Entailment | None = None

    @spanned("answer")
    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        today: date,
        language: Language | None = None,
        fallback: Language = "en",
        filters: Filters = NO_FILTERS,
    ) -> Generator[Answer]:
        """Yield the answer as it grows; the last one is whole."""
        alone = stand_alone(question, history, self.model)
        spoken = language or alone.language
        asked = make_query(alone.text, today=today, language=spoken, fallback=fallback)
        asked = replace(asked, at_hand=alone.articles, told=alone.told, core=alone.core)
        searched_for = None if alone.text == " ".join(question.split()) else alone.text
        query = narrow(asked, filters)
        if form := asked_form(alone.text):
            yield replace(self._tell(form, query, filters), searched_for=searched_for)
            return
        with closing(self._answer(query)) as growing:  # a reader who leaves stops the model
            told = tell_differences(growing, self.archive.encoder, query.text)
            with closing(self._translate(told)) as translated:
                for answer in translated:
                    dated = self._tell_what_is_away(date_answer(answer, query))
                    note(status=dated.status)
                    yield replace(dated, searched_for=searched_for)

    def _tell_what_is_away(self, answer: Answer) -> Answer:
        if not self.archive.is_short_of_meaning:
            return answer
        return replace(answer, remarks=(say("meaning_away", answer.language), *answer.remarks))

    def _answer(self, query: Query) -> Generator[Answer]:
        gathered, searched = self._gather(query, EVIDENCE), self.searched()
        evidence, encoder = gathered.evidence, self.archive.encoder
        if gathered.outside:
            yield answer_from_outside(query, evidence, encoder, searched)
        elif self.model is None or not evidence:
            yield answer_literally(query, evidence, encoder, searched)
        else:
            writer = Writer(self.model, Checker(encoder, self.entailment))
            yield from write_answer(query, evidence, writer, searched)

    def _translate(self, growing: Iterator[Answer]) -> Generator[Answer]:
        """Foreign quotes with a translation, where there is a model to make one."""
        if self.model is None:
            yield from growing
        else:
            checker = Checker(self.archive.encoder, self.entailment)
            yield from translate_quotes(growing, Translator(self.model, checker))

    def _tell(self, asked: Asked, query: Query, filters: Filters) -> Answer:
        today, language = query.today, query.language
        if asked.form == "timeline":
            told = self.timeline(asked.topic, today=today, language=language, filters=filters)
            return timeline_as_answer(told)
        points = self.briefing(asked.topic, today=today, language=language, filters=filters)
        return briefing_as_answer(points)

    @span("timeline")
    def timeline(
        self,
        topic: str,
        *,
        today: date,
        language: Language | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Timeline:
        """What happened about a topic, an event at a time."""
        query = narrow(make_query(topic, today=today, language=language), filters)
        return make_timeline(query, self.archive, self.searched())

    @span("briefing")
    def briefing(
        self,
        topic: str,
        *,
        today: date,
        language: Language | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Briefing:
        """The few points about a topic that matter most."""
        query = narrow(make_query(topic, today=today, language=language), filters)
        return make_briefing(query, self.archive, self.searched())

    @span("search")
    def search(
        self, question: str, count: int, *, today: date, filters: Filters = NO_FILTERS
    ) -> list[Evidence]:
        """The best passages for a question, without an answer."""
        query = narrow(make_query(question, today=today), filters)
        return self._gather(query, count).evidence

    def _gather(self, query: Query, count: int) -> Gathered:
        newest = self.searched().newest
        find = partial(find_evidence, archive=self.archive, count=count, reader=self.reader)
        return gather(query, find, NewsDate(newest).last_day if newest else None)

    def searched(self) -> Searched:
        """What an answer of this moment looks through."""
        held = self.archive.ledger.quotable(self.archive.clock())
        return Searched(held.articles, tuple(held.languages), held.newest, held.undated)


@contextmanager
def opened_assistant(settings: Settings, tell: Tell = tell_nobody) -> Iterator[Assistant]:
    """Open the archive and the model that the settings name; `tell` hears of indexes built."""
    named = settings.model
    reader = open_reader(settings.reader, settings.caution)
    entailment = open_entailment(settings.entailment) if settings.entailment else None
    limits, streams = settings.model_limits, settings.model_streams
    with (
        sending(settings.traces),
        opened_model(named, limits, streams=streams) if named else nullcontext() as model,
        opened_archive(settings.site, partial(_open_encoder, settings.encoder), tell) as archive,
    ):
        yield Assistant(archive, model, reader, entailment)


def _open_encoder(name: str) -> Encoder:
    return open_encoder(name).remembering()
