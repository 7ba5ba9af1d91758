"""The demonstration archive answers as well as it did when its floors were set."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import Scores, evaluate
from tests.quality.conftest import Filled
from tests.quality.floors import fingerprint, pinned, questions_of, shortfalls

QUESTIONS = Path(__file__).with_name("questions.jsonl")
ELSEWHERE = Path(__file__).with_name("elsewhere.jsonl")  # nothing tuned has seen them
DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
TODAY = date(2024, 7, 1)


@pytest.fixture(scope="session")
def assistant(filled: Filled) -> Assistant:
    return filled(*sorted(DEMONSTRATION.glob("*.jsonl")))


@pytest.fixture(scope="session")
def scores(assistant: Assistant) -> Scores:
    return evaluate(questions_of(QUESTIONS), assistant, today=TODAY)


@pytest.mark.parametrize("questions", [QUESTIONS, ELSEWHERE], ids=lambda file: file.stem)
def test_the_floors_belong_to_these_questions(questions: Path) -> None:
    assert fingerprint(questions) == pinned(questions)


def test_every_question_is_about_an_article_of_the_archive(scores: Scores) -> None:
    assert scores.missing == ()
    assert scores.total.questions == 60


def test_the_demonstration_is_answered_as_well_as_before(scores: Scores) -> None:
    assert shortfalls(scores, QUESTIONS) == []


def test_eight_passages_are_read_at_most_and_fewer_where_others_fall_far_behind(
    assistant: Assistant,
) -> None:
    asked = [question.text for question in questions_of(QUESTIONS)][:12]
    found = [assistant.search(text, 40, today=TODAY) for text in asked]
    read = [Counter(one.article.language for one in some if one.reading) for some in found]
    assert all(set(languages.values()) <= {1, 2, 3, 4} for languages in read)
    assert {languages.total() for languages in read} > {8}


def test_questions_about_anything_else_are_refused_as_often_as_before(assistant: Assistant) -> None:
    scores = evaluate(questions_of(ELSEWHERE), assistant, today=TODAY)
    assert shortfalls(scores, ELSEWHERE) == []
