"""A follow-up becomes a question of its own; anything else stays as it was typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Searched
from assistant.assistant import Assistant
from assistant.contract import answer_as_json
from assistant.conversation import Turn, stand_alone
from assistant.conversation.grammar import words_of
from assistant.conversation.subject import subject_of
from assistant.language import Language, question_language
from ingest.archive import Archive, opened_archive
from ingest.articles import Article
from tests.conftest import Ingest, word_count_encoder
from tests.openai_server import model_at, speaking

TODAY = date(2024, 7, 1)


def answered(question: str, *quotes: str, language: Language = "en") -> Turn:
    """A question and an answer that rests on some quotes."""
    citations = tuple(
        Citation(number, Article(f"a{number}", quote, f"Title {number}"), 0, len(quote))
        for number, quote in enumerate(quotes, start=1)
    )
    return Turn(question, Answer(language, "answered", (), citations, Searched(1, (), None)))


def after(question: str, follow_up: str) -> str:
    language = question_language(question)
    return stand_alone(follow_up, [answered(question, language=language)]).text


@pytest.mark.parametrize(
    ("question", "follow_up", "searched"),
    [
        ("How many soldiers are in Iraq?", "and in Mali?", "How many soldiers are in Mali?"),
        (
            "What happened at Port-Sabran in February?",
            "what about March?",
            "What happened at Port-Sabran in March?",
        ),
        (
            "What happened at Port-Sabran in February 2024?",
            "and in March?",
            "What happened at Port-Sabran in March 2024?",
        ),
        (
            "What did Margaret Eddowes say about Thornwick Infirmary?",
            "and Joan Pellow?",
            "What did Joan Pellow say about Thornwick Infirmary?",
        ),
        (
            "Que s’est-il passé à Brannoy en avril ?",
            "et en mai ?",
            "Que s’est-il passé à Brannoy en mai ?",
        ),
        ("Que dit le Tamarand du barrage ?", "et le Belmora ?", "Que dit le Belmora du barrage ?"),
        (
            "Combien de soldats sont en Irak ?",
            "et au Mali ?",
            "Combien de soldats sont au Mali ?",
        ),
    ],
)
def test_what_is_named_anew_takes_the_place_of_its_like(
    question: str, follow_up: str, searched: str
) -> None:
    assert after(question, follow_up) == searched


@pytest.mark.parametrize(
    ("question", "follow_up", "searched"),
    [
        ("When will the Three Valleys line open?", "Why?", "Three Valleys line: why?"),
        ("When will the Three Valleys line open?", "How long is it?",
         "Three Valleys line: how long is it?"),
        ("Combien le barrage de Velkhar a-t-il coûté ?", "Qui l’a payé ?",
         "Barrage de Velkhar\u00a0: qui l’a payé ?"),
        ("Quand la ligne des Trois-Vallées ouvrira-t-elle ?", "Combien ?",
         "Ligne des Trois-Vallées\u00a0: combien ?"),
        ("What factors will the supreme military commission examine?", "who said that?",
         "Supreme military commission: who said that?"),
        ("Closure of Thornwick Infirmary: who decided?", "and when?",
         "Closure of Thornwick Infirmary: when?"),
        ("How much does a ticket cost on the Three Valleys line?", "and for children?",
         "How much does a ticket cost on the Three Valleys line for children?"),
        ("Why did the dockers of Port-Sabran walk out?", "Timeline",
         "Dockers of Port-Sabran: timeline"),
        ("Thornwick Infirmary: who founded the campaign?", "Timeline",
         "Thornwick Infirmary: timeline"),
        ("What is the latest on the Port-Sabran strike?", "who mediated?",
         "Port-Sabran strike: who mediated?"),
        ("Quelles sont les dernières nouvelles du barrage de Velkhar ?", "qui l’a payé ?",
         "Barrage de Velkhar\u00a0: qui l’a payé ?"),
        ("Combien de manifestants la préfecture a-t-elle comptés ?", "et selon le syndicat ?",
         "Manifestants, préfecture\u00a0: et selon le syndicat ?"),
        ("Pourquoi les dockers de Port-Sabran ont-ils fait grève ?", "Chronologie",
         "Dockers de Port-Sabran\u00a0: chronologie"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_asked_about_the_last_subject(
    question: str, follow_up: str, searched: str
) -> None:
    assert after(question, follow_up) == searched


@pytest.mark.parametrize(
    ("follow_up", "core", "at_hand"),
    [
        ("and who mediated?", "who mediated?", False),
        ("why?", "", True),
        ("who decided that?", "who decided that?", True),
        ("qui a décidé cela ?", "qui a décidé cela ?", True),
    ],
)
def test_a_follow_up_says_what_is_asked_now_and_whether_of_the_answer_itself(
    follow_up: str, core: str, at_hand: bool
) -> None:
    turn = answered("When will the Three Valleys line open?", "On December 15.")
    alone = stand_alone(follow_up, [turn])
    assert (alone.core, bool(alone.points_at)) == (core, at_hand)


@pytest.mark.parametrize("follow_up", ["yes", "Oui !", "tell me more", "Dis-m’en plus", "continue"])
def test_whoever_wants_more_points_at_what_was_quoted(follow_up: str) -> None:
    turn = answered("When will the Three Valleys line open?", "On December 15.")
    alone = stand_alone(follow_up, [turn])
    assert alone.text == turn.question
    assert (alone.points_at, alone.wants_more) == (turn.cited, True)


def test_he_is_whom_the_answer_names() -> None:
    turn = answered("Who leads the dockers?", "“Enough,” said Yann Kerouzel on the quay.")
    assert stand_alone("What did he ask for?", [turn]).text.startswith("Yann Kerouzel")


@pytest.mark.parametrize(
    ("wish", "language"),
    [("in French please", "fr"), ("en anglais s’il te plaît", "en"), ("Et en français ?", "fr")],
)
def test_a_wish_for_the_other_language_asks_the_same_again(wish: str, language: Language) -> None:
    turn = answered("When will the Three Valleys line open?")
    alone = stand_alone(wish, [turn])
    assert (alone.text, alone.language) == (turn.question, language)


def test_a_follow_up_is_answered_in_its_own_language() -> None:
    turn = answered("When will the Three Valleys line open?")
    assert stand_alone("Pourquoi ?", [turn]).language == "fr"
    assert stand_alone("Ardence?", [turn]).language == "en"


def test_a_question_that_met_an_incident_is_still_what_the_next_one_is_about() -> None:
    history = [answered("When will the Three Valleys line open?"), Turn("and why?", None)]
    assert stand_alone("Who decided that?", history).text == "Three Valleys line: who decided that?"


def test_without_a_conversation_nothing_is_added() -> None:
    assert stand_alone("and in Mali?", []).text == "and in Mali?"


_texts = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(
    ["and in Mali?", "Qui l’a dit ?", "Velkhar Dam: why?", "-t-il", "’s", ": ?", "Why: : :"]
)


@given(last=_texts, follow_up=_texts)
def test_whatever_is_typed_its_names_stay(last: str, follow_up: str) -> None:
    alone = stand_alone(follow_up, [answered(last)])
    if alone.wants_more or (alone.language and alone.text == last):
        return
    names = [word.folded for word in words_of(" ".join(follow_up.split())) if word.named]
    kept = {word.folded for word in words_of(alone.text)}
    assert set(names) <= kept


@given(question=_texts)
def test_a_subject_is_made_of_the_questions_own_words(question: str) -> None:
    told = {word.folded for word in words_of(question)}
    assert {word.folded for word in words_of(subject_of(question))} <= told


@pytest.fixture
def archive(tmp_path: Path, folder: Path, ingest: Ingest) -> Iterator[Archive]:
    article = tmp_path / "harbour.txt"
    article.write_text("date 2024-03 The harbour workers of Selm walked out. They ask for crews.")
    ingest(article)
    with opened_archive(folder, word_count_encoder) as opened:
        yield opened


def test_an_answer_says_what_was_searched_for_only_where_that_was_not_typed(
    archive: Archive,
) -> None:
    assistant = Assistant(archive)
    first = list(assistant.ask("What do the harbour workers of Selm ask for?", today=TODAY))[-1]
    assert first.searched_for is None
    assert "searched_for" not in answer_as_json(first)
    turn = Turn("What do the harbour workers of Selm ask for?", first)
    second = list(assistant.ask("why?", [turn], today=TODAY))[-1]
    assert second.searched_for == "Harbour workers of Selm: why?"
    assert answer_as_json(second)["searched_for"] == second.searched_for


def test_more_of_the_same_is_what_was_not_quoted_yet(archive: Archive) -> None:
    assistant, asked = Assistant(archive), "Who walked out of the harbour of Selm?"
    first = list(assistant.ask(asked, today=TODAY))[-1]
    turn = Turn(asked, replace(first, citations=first.citations[:1]))
    more = list(assistant.ask("tell me more", [turn], today=TODAY))[-1]
    told = [each.quote for each in turn.cited]
    assert more.citations
    assert all(each.quote not in told for each in more.citations)


def completed_by(said: str, follow_up: str, *, last: str, quote: str = "") -> str:
    """A follow-up as it is searched for where a model says something."""
    with speaking(lambda prompt: [said]) as server, model_at(server.address) as model:
        return stand_alone(follow_up, [answered(last, *([quote] if quote else []))], model).text


def test_a_model_completes_a_follow_up_where_there_is_one() -> None:
    whole = "How long did the dockers’ strike last?"
    assert completed_by(whole, "how long?", last="Why did the dockers strike?") == whole


@pytest.mark.parametrize(
    "said",
    [
        "How many died at Chernobyl?",
        "How many?",
        "The strike at Port-Sabran lasted forty-one days.",
        "How many dockers? https://evil.example/",
        "How many <b>dockers</b>?",
        "How many dockers " + "and more " * 50 + "?",
    ],
    ids=["invents a name", "names nothing", "answers", "links", "writes HTML", "goes on"],
)
def test_a_model_that_is_not_to_be_believed_leaves_it_to_the_rules(said: str) -> None:
    last = "Why did the dockers of Port-Sabran go on strike?"
    searched = completed_by(said, "how many?", last=last)
    assert searched == "Dockers of Port-Sabran, strike: how many?"


def test_a_model_may_not_drop_what_a_follow_up_names() -> None:
    last = "Why did the Orvane talks fail?"
    searched = completed_by("Why did the Orvane talks fail?", "and Hadrin Kol?", last=last)
    assert "Hadrin Kol" in searched


def test_a_model_is_told_the_conversation_and_asked_only_where_a_question_leans() -> None:
    turn = answered("When will the Three Valleys line open?", "On <December> 15.")
    with speaking(lambda prompt: ["No."]) as server, model_at(server.address) as model:
        stand_alone("Which firm will place sensors in the Velkhar Dam?", [turn], model)
        assert server.prompts == []
        stand_alone("why?", [turn], model)
        [prompt] = server.prompts
    assert "<question>When will the Three Valleys line open?</question>" in prompt
    assert "Last question: why?" in prompt


def test_a_model_that_is_down_leaves_it_to_the_rules() -> None:
    turn = answered("When will the Three Valleys line open?")
    with model_at("http://127.0.0.1:9/v1") as model:
        assert stand_alone("why?", [turn], model).text == "Three Valleys line: why?"
