"""Paraphrased questions over translated news are answered as well as when floors were set."""

import time
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import evaluate
from assistant.evaluation.marking import passage_rank
from ingest.encoder import Encoder
from tests.conftest import SHARED
from tests.quality.conftest import Filled
from tests.quality.floors import fingerprint, pinned, questions_of, shortfalls

DEVELOPMENT = SHARED / "data" / "dev"
TODAY = date(2024, 7, 1)
PAIRS = ("en-fr", "en-en", "fr-fr", "fr-en")
SLOWEST = 45  # passages a second with which all of this takes less than three minutes
CROWDED_OUT = 0.05  # of recall@5, at most, by the same news in the other language; .040 measured

pytestmark = [
    pytest.mark.skipif(
        not DEVELOPMENT.is_dir(), reason="the development questions in ../shared are not here"
    ),
    pytest.mark.timeout(900),
]

ArchiveOf = Callable[[str], Assistant]


@pytest.fixture(scope="session")
def archive_of(filled: Filled, box: Encoder) -> ArchiveOf:
    """The assistant over the news of some languages, "en-fr" for two, filled when asked for."""
    _skip_when_slow(box)
    news = SHARED / "data" / "ntrex"
    return cache(
        lambda languages: filled(
            *(news / f"articles.{language}.jsonl" for language in languages.split("-"))
        )
    )


def _skip_when_slow(box: Encoder) -> None:
    passages = ["Three sentences of news. Each is about as long as this one. " * 5] * 64
    box.encode_passages(passages[:8])
    started = time.perf_counter()
    box.encode_passages(passages)
    pace = len(passages) / (time.perf_counter() - started)
    if pace < SLOWEST:
        pytest.skip(f"the machine is slow or busy: it encodes {pace:.0f} passages a second")


def recall_at_5(pair: str, assistant: Assistant) -> float:
    questions = [one for one in questions_of(DEVELOPMENT / f"eval.{pair}.jsonl") if one.answerable]
    ranks = [passage_rank(one, assistant.search(one.text, 5, today=TODAY)) for one in questions]
    return sum(rank is not None for rank in ranks) / len(ranks)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_floors_belong_to_these_questions(pair: str) -> None:
    file = DEVELOPMENT / f"eval.{pair}.jsonl"
    assert fingerprint(file) == pinned(file)


@pytest.mark.parametrize("pair", PAIRS)
def test_news_is_answered_as_well_as_before(pair: str, archive_of: ArchiveOf) -> None:
    file = DEVELOPMENT / f"eval.{pair}.jsonl"
    scores = evaluate(questions_of(file), archive_of(pair.split("-")[1]), today=TODAY)
    assert scores.missing == ()
    assert shortfalls(scores, file) == []


@pytest.mark.parametrize("pair", ["en-fr", "fr-en"])
def test_the_same_news_in_both_languages_crowds_out_few_answers(
    pair: str, archive_of: ArchiveOf
) -> None:
    alone = recall_at_5(pair, archive_of(pair.split("-")[1]))
    assert recall_at_5(pair, archive_of("en-fr")) >= alone - CROWDED_OUT
