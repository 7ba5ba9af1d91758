"""Paraphrased questions over translated news are answered as well as when floors were set."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import evaluate
from tests.conftest import SHARED
from tests.quality.conftest import Filled
from tests.quality.floors import fingerprint, pinned, questions_of, shortfalls

DEVELOPMENT = SHARED / "data" / "dev"
TODAY = date(2024, 7, 1)
PAIRS = ("en-fr", "en-en", "fr-fr", "fr-en")

pytestmark = pytest.mark.skipif(
    not DEVELOPMENT.is_dir(), reason="the development questions in ../shared are not here"
)


@pytest.fixture(scope="session")
def archive_of(filled: Filled) -> Callable[[str], Assistant]:
    """The assistant over the articles of one language, filled when first asked for."""
    return cache(lambda language: filled(SHARED / "data" / "ntrex" / f"articles.{language}.jsonl"))


@pytest.mark.parametrize("pair", PAIRS)
def test_the_floors_belong_to_these_questions(pair: str) -> None:
    file = DEVELOPMENT / f"eval.{pair}.jsonl"
    assert fingerprint(file) == pinned(file)


@pytest.mark.parametrize("pair", PAIRS)
def test_news_is_answered_as_well_as_before(
    pair: str, archive_of: Callable[[str], Assistant]
) -> None:
    file = DEVELOPMENT / f"eval.{pair}.jsonl"
    assistant = archive_of(pair.split("-")[1])
    scores = evaluate(questions_of(file), assistant, today=TODAY)
    assert scores.missing == ()
    assert shortfalls(scores, file) == []
