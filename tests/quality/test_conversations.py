"""Conversations and timelines over the demonstration archive, with the encoder in the box."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.disagreement import find_differences
from tests.quality.conftest import Filled

DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
TODAY = date(2024, 7, 1)
FIGURES = ("12\u00a0tonnes", "31\u00a0tonnes")  # of solvent, by the plant and by the water agency


@pytest.fixture(scope="module")
def assistant(filled: Filled) -> Assistant:
    return filled(*sorted(DEMONSTRATION.glob("*.jsonl")))


def converse(assistant: Assistant, *questions: str) -> list[Answer]:
    history: list[Turn] = []
    for question in questions:
        answer = list(assistant.ask(question, history, today=TODAY))[-1]
        history.append(Turn(question, answer))
    return [turn.answer for turn in history if turn.answer]


@pytest.mark.parametrize(
    ("first", "follow_up", "name"),
    [
        ("Which firm will place sensors in the Velkhar Dam?", "what is it worth?", "Velkhar"),
        ("Why did the dockers of Port-Sabran walk out?", "who mediated?", "Port-Sabran"),
        ("Combien le barrage de Velkhar a-t-il coûté ?", "qui l’a payé ?", "Velkhar"),
        ("Combien de logements ont été évacués à Brannoy ?", "où dort-on ?", "Brannoy"),
    ],
)
def test_a_follow_up_is_answered_from_articles_about_the_subject(
    assistant: Assistant, first: str, follow_up: str, name: str
) -> None:
    answer = converse(assistant, first, follow_up)[-1]
    assert name in (answer.searched_for or "")
    article = answer.citations[0].article
    assert name in f"{article.title} {article.text}"


def test_whoever_asks_who_said_that_is_shown_the_same_article(assistant: Assistant) -> None:
    first, second = converse(
        assistant, "What factors will the supreme military commission examine?", "who said that?"
    )
    assert second.citations[0].article.id == first.citations[0].article.id


@pytest.mark.parametrize(
    ("first", "follow_up", "said"),
    [
        ("When will Thornwick Infirmary close?", "who decided that?", "Wexmoor Health Board"),
        ("How much water must Tamarand release from June to September?", "and in a drought?",
         "the figure falls to 350"),
        ("What is the latest on the Port-Sabran strike?", "what did the prefecture count?",
         "4\u202f200 manifestants"),
    ],
)  # fmt: skip
def test_a_follow_up_is_answered_by_what_it_asks(
    assistant: Assistant, first: str, follow_up: str, said: str
) -> None:
    answer = converse(assistant, first, follow_up)[-1]
    assert any(said in each.quote for each in answer.citations)


def test_two_outlets_with_two_numbers_for_what_is_asked_disagree(assistant: Assistant) -> None:
    question = "How many tonnes of solvent leaked at Brannoy?"
    found = assistant.search(question, 20, today=TODAY)
    places = [(one.article, one.article.text.find(figure)) for one in found for figure in FIGURES]
    cited = {article.id: Citation(0, article, at - 40, at + 20) for article, at in places if at > 0}
    citations = [replace(each, number=n) for n, each in enumerate(cited.values(), start=1)]
    [difference] = find_differences(citations, assistant.archive.encoder, "en", question)
    assert [value.said for value in difference.values] == ["31", "12"]


def test_a_timeline_begins_with_its_topic(assistant: Assistant) -> None:
    made = assistant.timeline("Port-Sabran strike", today=TODAY)
    assert str(made.entries[0].date) == "2024-02-12"


def test_a_change_of_topic_lets_go_of_the_last_evidence(assistant: Assistant) -> None:
    first, second = converse(
        assistant, "When will Thornwick Infirmary close?", "How many tonnes of solvent leaked?"
    )
    before = {each.article.id for each in first.citations}
    assert second.citations
    assert before.isdisjoint(each.article.id for each in second.citations)


def test_a_march_told_in_two_languages_is_one_event(assistant: Assistant) -> None:
    made = assistant.timeline("dockers’ strike at Port-Sabran", today=TODAY)
    dates = [str(entry.date) for entry in made.entries]
    assert dates == sorted(dates)
    marches = [entry for entry in made.entries if str(entry.date) == "2024-03-02"]
    assert [{each.article.language for each in entry.citations} for entry in marches] == [
        {"en", "fr"}
    ]


def test_copies_of_one_dispatch_are_one_event(assistant: Assistant) -> None:
    made = assistant.timeline("accord des dockers de Port-Sabran", today=TODAY)
    cited = [each.article.id for entry in made.entries for each in entry.citations]
    assert len({"at-accord-vote", "ca-accord-vote-copie"}.intersection(cited)) == 1


def test_what_nobody_dates_stands_apart(assistant: Assistant) -> None:
    made = assistant.timeline("pollution de la Sorve à Brannoy", today=TODAY)
    assert "ca-pecheurs-sorve" in {entry.citations[0].article.id for entry in made.undated}


def test_a_briefing_has_a_few_points_under_a_few_names(assistant: Assistant) -> None:
    made = assistant.briefing("Thornwick Infirmary", today=TODAY)
    assert 2 <= len(made.sections) <= 4
    assert all(1 <= len(section.points) <= 3 for section in made.sections)
