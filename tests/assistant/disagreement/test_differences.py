from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Searched
from assistant.contract import answer_as_json
from assistant.disagreement import find_differences
from assistant.disagreement.telling import say_differences
from assistant.query import Language
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.stories import Copy
from tests.conftest import word_count_encoder

FIRST = "The fire in Quill killed 12 people."
LAST = "The fire in Quill killed 15 people."


def cite(number: int, text: str, outlet: str) -> Citation:
    published = NewsDate(f"2024-03-0{number}")
    article = Article(
        f"a{number}", text, "", language="en", outlet=outlet, published=published
    )  # fmt: skip
    return Citation(number, article, 0, len(text))


def answer(*citations: Citation, language: Language = "en") -> Answer:
    found = find_differences(citations, word_count_encoder(), language)
    return Answer(
        language, "answered", (), citations, Searched(2, ("en",), None), differences=found
    )


def test_two_outlets_with_two_figures_disagree_the_newest_first() -> None:
    told = answer(cite(1, FIRST, "The Quay"), cite(2, LAST, "The Tide"))
    assert say_differences(told) == [
        "The sources differ: 15 (The Tide, March 2, 2024); 12 (The Quay, March 1, 2024)."
    ]
    assert answer_as_json(told)["disagreements"] == [
        {"values": [{"value": "15", "citation": 2}, {"value": "12", "citation": 1}]}
    ]


def test_a_disagreement_is_told_in_the_readers_language() -> None:
    told = answer(cite(1, FIRST, "The Quay"), cite(2, LAST, "The Tide"), language="fr")
    assert say_differences(told) == [
        "Les sources divergent : 15 (The Tide, 2 mars 2024)\u00a0; 12 (The Quay, 1er mars 2024)."
    ]


@pytest.mark.parametrize(
    ("text", "outlet"), [(LAST, "The Quay"), ("Quill: the fire has now killed 15 people.", "Tide")]
)
def test_a_story_that_went_on_is_no_disagreement(text: str, outlet: str) -> None:
    told = answer(cite(1, FIRST, "The Quay"), cite(2, text, outlet))
    assert "The story went on" in say_differences(told)[0]
    assert "disagreements" not in answer_as_json(told)


def test_a_copy_does_not_disagree_with_its_original() -> None:
    copy = Copy(2, "a2", "The Tide", None, "", "AFP")
    first = replace(cite(1, FIRST, "The Quay"), copies=(copy,))
    assert answer(first, cite(2, LAST, "The Tide")).differences == ()


def test_three_sources_are_told_as_one_difference() -> None:
    third = cite(3, "The fire in Quill killed 19 people.", "The Pier")
    told = answer(cite(1, FIRST, "The Quay"), cite(2, LAST, "The Tide"), third)
    assert [len(each.values) for each in told.differences] == [3]


def test_sources_that_agree_say_nothing() -> None:
    same = answer(cite(1, FIRST, "The Quay"), cite(2, FIRST, "The Tide"))
    assert "disagreements" not in answer_as_json(same)


def test_sentences_of_other_words_differ_in_the_number_that_is_asked_for() -> None:
    said = (
        cite(1, "The prefecture of Selm counted 40 marchers.", "The Quay"),
        cite(2, "Fully 90 marchers sang, the union of Quill says.", "The Tide"),
    )
    encoder, question = word_count_encoder(), "How many marchers were there?"
    [difference] = find_differences(said, encoder, "en", question)
    assert [value.said for value in difference.values] == ["90", "40"]
    assert find_differences(said, encoder, "en") == ()
    assert find_differences(said, encoder, "en", "How many ships were there?") == ()


@pytest.mark.parametrize(
    ("text", "differ"),
    [
        ("The fire in Quill was not put out by the crew.", True),
        ("What if the fire in Quill was not put out by the crew?", False),
        ("If the fire in Quill was not put out by the crew, it will be.", False),
    ],
)
def test_who_asks_or_supposes_denies_nothing(text: str, differ: bool) -> None:
    stated = "The fire in Quill was put out by the crew."
    told = answer(cite(1, stated, "The Quay"), cite(2, text, "The Tide"))
    assert bool(say_differences(told)) == differ
