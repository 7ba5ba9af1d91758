"""Put questions to the assistant and note what each one got."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.contract import Fields, answer_as_json, search_as_json
from assistant.evaluation.marking import DEPTHS, Marks, mark
from assistant.evaluation.questions import Question
from assistant.evidence import Evidence

NO_ARTICLE = "none"  # stands for the article's language where the archive can't answer
MISSING = "missing"  # and where the archive does not hold the article


@dataclass(frozen=True, slots=True)
class Detail:
    """What one question got."""

    question: Question
    article_language: str
    passages: tuple[Evidence, ...]
    answer: Answer
    milliseconds: float  # from question to whole answer

    @property
    def marks(self) -> Marks:
        """What passages and answer are worth."""
        return mark(self.question, self.passages, self.answer)


def run_questions(
    questions: Sequence[Question], assistant: Assistant, *, today: date
) -> Iterator[Detail]:
    """Ask each question on its own, as on its day, or today where it has none."""
    wanted = {question.article for question in questions if question.article}
    languages = assistant.archive.ledger.article_languages(wanted)
    for question in questions:
        language = languages.get(question.article, MISSING) if question.article else NO_ARTICLE
        yield _ask(question, assistant, article_language=language, today=question.asked or today)


def detail_as_json(detail: Detail) -> Fields:
    """A line of the details file."""
    return {
        "id": detail.question.id,
        "passages": search_as_json(detail.passages),
        "answer": answer_as_json(detail.answer),
        "milliseconds": round(detail.milliseconds, 2),
        "confidence": detail.answer.certainty,
        "marks": detail.marks,
    }


def _ask(question: Question, assistant: Assistant, *, article_language: str, today: date) -> Detail:
    passages = assistant.search(question.text, max(DEPTHS), today=today)
    started = time.perf_counter()
    *_, answer = assistant.ask(question.text, today=today)
    milliseconds = (time.perf_counter() - started) * 1000
    return Detail(question, article_language, tuple(passages), answer, milliseconds)
