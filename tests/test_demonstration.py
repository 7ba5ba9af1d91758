"""The demonstration archive holds what its page promises, and its questions are literal."""

import json
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest

from ingest.demonstration import NOTICE_EN, NOTICE_FR

PROJECT = Path(__file__).parent.parent
QUESTIONS = PROJECT / "tests" / "quality" / "questions.jsonl"
HEADLINE_ARTICLE = "ca-coalition-premier-dialogue"
AGENCY = "Agence Trivane"

Record = dict[str, str]
Question = dict[str, object]


@pytest.fixture(scope="module")
def articles() -> dict[str, Record]:
    files = sorted((PROJECT / "ingest" / "demonstration").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    records = [json.loads(line) for line in lines]
    assert len({record["id"] for record in records}) == len(records)
    return {record["id"]: record for record in records}


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def answerable(questions: list[Question]) -> list[Question]:
    return [question for question in questions if question["article"]]


def ends_a_sentence(text: str) -> bool:
    """Whether a new sentence can follow `text`, closing quotes and white space aside."""
    return text.rstrip("”» \n\xa0")[-1:] in ("", ".", "!", "?")


def test_half_of_sixty_articles_are_french_and_half_english(articles: dict[str, Record]) -> None:
    assert Counter(a["language"] for a in articles.values()) == {"fr": 30, "en": 30}


def test_the_notices_count_the_articles(articles: dict[str, Record]) -> None:
    assert all(str(len(articles)) in notice for notice in (NOTICE_EN, NOTICE_FR))


def test_five_outlets_wrote_them(articles: dict[str, Record]) -> None:
    assert len({a["outlet"] for a in articles.values()}) == 5


def test_every_article_is_short_and_made_of_paragraphs(articles: dict[str, Record]) -> None:
    for article in articles.values():
        assert 100 <= len(article["text"].split()) <= 350, article["id"]
        assert article["text"].count("\n\n") >= 2, article["id"]


def test_every_address_is_reserved_for_examples(articles: dict[str, Record]) -> None:
    addresses = [a["url"] for a in articles.values()]
    assert len(set(addresses)) == len(articles)
    assert all(address.split("/")[2].endswith(".example") for address in addresses)


def test_three_are_opinions_two_corrected_and_one_withdrawn(articles: dict[str, Record]) -> None:
    kinds = Counter(a["kind"] for a in articles.values())
    statuses = Counter(a.get("status", "usual") for a in articles.values())
    assert kinds == {"report": 41, "wire": 16, "opinion": 3}
    assert statuses == {"usual": 57, "corrected": 2, "withdrawn": 1}
    assert all("updated" in a for a in articles.values() if "status" in a)


def test_two_dates_are_a_month_two_are_missing_and_the_rest_whole(
    articles: dict[str, Record],
) -> None:
    dates = [a.get("published", "") for a in articles.values()]
    assert Counter(map(len, dates))[len("2024-03")] == Counter(map(len, dates))[0] == 2
    whole = [datetime.fromisoformat(date) for date in dates if len(date) > len("2024-03")]
    assert len(whole) == 56
    assert all((2024, 1) <= (day.year, day.month) <= (2024, 6) for day in whole)


def test_four_dispatches_are_run_by_another_outlet(articles: dict[str, Record]) -> None:
    copies = [
        {one["outlet"], other["outlet"]}
        for one, other in combinations(articles.values(), 2)
        if len(set(one["text"].split("\n\n")) & set(other["text"].split("\n\n"))) >= 2
    ]
    assert len(copies) == 4
    assert all(AGENCY in outlets and len(outlets) == 2 for outlets in copies)


@pytest.mark.parametrize(
    ("one", "figure", "other", "contrary"),
    [
        ("ca-manifestation-prefecture", "4\u202f200", "hm-march-union-figure", "9,000"),
        ("ca-fuite-douze-tonnes", "12\xa0tonnes", "mv-trente-et-une-tonnes", "31\xa0tonnes"),
    ],
    ids=["marchers", "tonnes"],
)
def test_two_reports_disagree_on_a_figure(
    articles: dict[str, Record], one: str, figure: str, other: str, contrary: str
) -> None:
    assert figure in articles[one]["text"] and figure not in articles[other]["text"]
    assert contrary in articles[other]["text"] and contrary not in articles[one]["text"]


def test_only_one_article_names_the_three_factors(articles: dict[str, Record]) -> None:
    holders = [a["id"] for a in articles.values() if "besoins opérationnels" in a["text"]]
    assert holders == [HEADLINE_ARTICLE]
    assert not any("operational" in a["text"] for a in articles.values())


def test_the_headline_question_comes_first_in_english_then_in_french(
    questions: list[Question],
) -> None:
    first, second = questions[:2]
    assert first["question"] == "What factors will the supreme military commission examine?"
    assert (first["language"], second["language"]) == ("en", "fr")
    assert first["article"] == second["article"] == HEADLINE_ARTICLE


def test_each_pair_of_languages_is_asked_and_fifteen_have_no_answer(
    articles: dict[str, Record], questions: list[Question]
) -> None:
    pairs = Counter(
        (q["language"], articles[str(q["article"])]["language"] if q["article"] else None)
        for q in questions
    )
    assert pairs == {
        ("en", "fr"): 14, ("fr", "en"): 12, ("en", "en"): 10, ("fr", "fr"): 9,
        ("en", None): 8, ("fr", None): 7,
    }  # fmt: skip
    assert len({q["id"] for q in questions}) == len({q["question"] for q in questions}) == 60


def test_every_answer_is_literal_in_whole_sentences_of_its_article(
    articles: dict[str, Record], answerable: list[Question]
) -> None:
    for question in answerable:
        text, evidence = articles[str(question["article"])]["text"], question["evidence"]
        assert isinstance(evidence, list)
        assert any(str(question["answer"]) in sentence for sentence in evidence), question["id"]
        for sentence in evidence:
            before, found, _ = text.partition(sentence)
            assert found, question["id"]
            assert ends_a_sentence(before) and ends_a_sentence(sentence), question["id"]


def test_an_answer_stands_in_one_article_alone(
    articles: dict[str, Record], answerable: list[Question]
) -> None:
    for question in answerable:
        holders = [a["id"] for a in articles.values() if str(question["answer"]) in a["text"]]
        assert holders == [question["article"]], question["id"]


def test_a_question_without_an_article_has_no_answer(questions: list[Question]) -> None:
    assert all(not q["answer"] and not q["evidence"] for q in questions if not q["article"])


def test_a_withdrawn_article_answers_nothing(
    articles: dict[str, Record], answerable: list[Question]
) -> None:
    sources = [articles[str(question["article"])] for question in answerable]
    assert "withdrawn" not in {source.get("status") for source in sources}
