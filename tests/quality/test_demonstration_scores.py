"""The demonstration archive answers as well as it did when its floors were set."""

from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation import Scores, evaluate
from tests.quality.conftest import Filled
from tests.quality.floors import fingerprint, pinned, questions_of, shortfalls

QUESTIONS = Path(__file__).with_name("questions.jsonl")
DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
TODAY = date(2024, 7, 1)


@pytest.fixture(scope="session")
def scores(filled: Filled) -> Scores:
    assistant = filled(*sorted(DEMONSTRATION.glob("*.jsonl")))
    return evaluate(questions_of(QUESTIONS), assistant, today=TODAY)


def test_the_floors_belong_to_these_questions() -> None:
    assert fingerprint(QUESTIONS) == pinned(QUESTIONS)


def test_every_question_is_about_an_article_of_the_archive(scores: Scores) -> None:
    assert scores.missing == ()
    assert scores.total.questions == 60


def test_the_demonstration_is_answered_as_well_as_before(scores: Scores) -> None:
    assert shortfalls(scores, QUESTIONS) == []
