import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.frames import put_in_quotes, say_date
from assistant.fusion import Side, fuse, merge_sides
from assistant.language import question_language
from assistant.query import QuestionRefusedError
from assistant.quotes import stands_alone
from ingest.archive import Archive, opened_archive
from ingest.dates import NewsDate
from tests.conftest import Ingest, word_count_encoder
from tests.openai_server import model_at, speaking

TODAY = date(2024, 7, 1)

ARTICLES = (
    {
        "id": "talks",
        "outlet": "Le Temps d’hier",
        "published": "2024-01",
        "language": "fr",
        "title": "La commission",
        "text": "La commission militaire s’est réunie. Elle pèse trois facteurs. Il a plu.",
    },
    {
        "id": "harbour",
        "outlet": "The Quay",
        "published": "2024-03-02",
        "language": "en",
        "title": "The harbour",
        "text": "The harbour workers walked out. They ask for two more crews. Nobody fell.",
    },
)


@pytest.fixture
def archive(tmp_path: Path, folder: Path, ingest: Ingest) -> Iterator[Archive]:
    lines = tmp_path / "articles.jsonl"
    lines.write_text("\n".join(map(json.dumps, ARTICLES)))
    ingest(lines)
    with opened_archive(folder, word_count_encoder) as opened:
        yield opened


def ask(assistant: Assistant, question: str) -> Answer:
    return list(assistant.ask(question, today=TODAY))[-1]


def test_an_answer_quotes_word_for_word_in_the_readers_frame(archive: Archive) -> None:
    answer = ask(Assistant(archive), "Which harbour workers walked out?")
    assert (answer.status, answer.language) == ("answered", "en")
    assert answer.text.startswith("The Quay, March 2, 2024: “The harbour workers walked out.")
    assert answer.text.endswith(" [1]")
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote


def test_a_french_question_gets_a_french_frame(archive: Archive) -> None:
    answer = ask(Assistant(archive), "Quels facteurs la commission militaire pèse-t-elle ?")
    assert answer.text.startswith("Le Temps d’hier, janvier 2024\u00a0: «\u202f")


def test_a_sentence_that_leans_on_the_one_before_brings_it_along(archive: Archive) -> None:
    answer = ask(Assistant(archive), "elle pèse trois facteurs ?")
    assert "La commission militaire s’est réunie. Elle pèse trois facteurs." in answer.text


def test_a_question_about_nothing_here_says_what_was_searched(archive: Archive) -> None:
    answer = ask(Assistant(archive), "xyzzy plugh")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "Searched: 2 articles in English and French" in answer.text
    assert "March 2, 2024" in answer.text


def test_a_country_that_no_passage_names_is_another_story(archive: Archive) -> None:
    answer = ask(Assistant(archive), "Which Harbour workers walked out in Mali?")
    assert answer.status == "closest"
    assert answer.text.startswith("No passage mentions Mali.")


@pytest.mark.parametrize("question", ["", "  ?! ", "x" * 4001])
def test_a_question_without_words_or_end_is_refused(archive: Archive, question: str) -> None:
    with pytest.raises(QuestionRefusedError):
        ask(Assistant(archive), question)


def mark_of(prompt: str, words: str) -> str:
    """The mark of the passage that holds some words."""
    fence = rf'mark="(\w+)"[^>]*>[^<]*{re.escape(words)}'
    found = re.search(fence, prompt)
    assert found, prompt
    return found[1]


def ask_model(archive: Archive, *pieces: str) -> tuple[list[Answer], str]:
    """Ask about the harbour; `{mark}` in a piece stands for the right passage's mark."""

    def script(prompt: str) -> list[str]:
        mark = mark_of(prompt, "two more crews")
        return [piece.replace("{mark}", mark) for piece in pieces]

    with speaking(script) as server, model_at(server.address) as model:
        assistant = Assistant(archive, model)
        answers = list(assistant.ask("What do the harbour workers ask for?", today=TODAY))
        return answers, server.prompts[0]


def test_a_written_answer_grows_and_its_marks_become_citations(archive: Archive) -> None:
    answers, prompt = ask_model(
        archive, "They walked", " out. [{mark}]", " They ask for", " crews. [{mark}]"
    )
    assert [len(answer.sentences) for answer in answers if answer.sentences] == [1, 2]
    last = answers[-1]
    assert last.text == "They walked out. [1] They ask for crews. [2]"
    assert [citation.quote for citation in last.citations] == [
        "The harbour workers walked out.",
        "They ask for two more crews.",
    ]
    assert last.model == "openai:scripted"
    assert "Today is 2024-07-01." in prompt


def test_marks_that_no_passage_bears_are_dropped_with_their_sentence(archive: Archive) -> None:
    answers, _ = ask_model(archive, "Made up. [00000] They ask. [{mark}] More.")
    assert answers[-1].text == "They ask. [1]"


def test_a_figure_that_no_source_has_takes_its_sentence_out_and_is_told(archive: Archive) -> None:
    answers, _ = ask_model(
        archive,
        "They ask for two more crews. [{mark}] They ask for nine more crews. [{mark}]",
    )
    assert answers[-1].text == "They ask for two more crews. [1]"
    assert "One sentence was left out" in answers[-1].notice


def test_where_no_sentence_is_borne_out_the_articles_speak_and_one_line_says_why(
    archive: Archive,
) -> None:
    answers, _ = ask_model(archive, "They ask for nine more crews. [{mark}]")
    assert answers[-1].model is None
    assert answers[-1].citations
    assert "No source supports" in answers[-1].notice


def test_a_model_that_declines_leaves_the_word_to_the_articles(archive: Archive) -> None:
    answers, _ = ask_model(archive, "NO ANSWER")
    assert answers[-1].model is None
    assert answers[-1].citations


def test_a_model_that_is_away_leaves_a_literal_answer_and_says_so(archive: Archive) -> None:
    with model_at("http://127.0.0.1:9/v1") as model:
        answer = ask(Assistant(archive, model), "What do the harbour workers ask for?")
    assert answer.model is None
    assert "did not answer" in answer.notice
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what factors will the supreme military commission examine?", "en"),
        ("Quels facteurs la commission examinera-t-elle ?", "fr"),
        ("et en février ?", "fr"),
        ("Who said that?", "en"),
    ],
)
def test_the_language_of_a_question_is_known(question: str, language: str) -> None:
    assert question_language(question) == language


@pytest.mark.parametrize(
    ("date", "english", "french"),
    [
        ("2024", "2024", "2024"),
        ("2024-01", "January 2024", "janvier 2024"),
        ("2024-03-01", "March 1, 2024", "1er mars 2024"),
        ("2024-03-11T10:00:00+01:00", "March 11, 2024", "11 mars 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(date: str, english: str, french: str) -> None:
    assert (say_date(NewsDate(date), "en"), say_date(NewsDate(date), "fr")) == (english, french)


@pytest.mark.parametrize(
    ("quote", "language", "printed"),
    [
        ("Il part.", "fr", "«\u202fIl part.\u202f»"),
        ("Il a dit “non”.", "fr", "«\u202fIl a dit “non”.\u202f»"),
        ("« Autant dire jamais », soupire-t-il.", "fr", "“« Autant dire jamais », soupire-t-il.”"),
        ("She left.", "en", "“She left.”"),
        ("“We stay,” she said.", "en", "‘“We stay,” she said.’"),
        ('A "deal" at last.', "en", '‘A "deal" at last.’'),
    ],
)
def test_a_quote_keeps_its_marks_and_ours_are_of_another_kind(
    quote: str, language: str, printed: str
) -> None:
    assert put_in_quotes(quote, language) == printed


@pytest.mark.parametrize("sentence", ["She left.", "« Il part »", "But no.", "Cette loi passe."])
def test_a_sentence_that_points_back_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize("sentence", ["Sheila left.", "Illinois votes.", "The law passed."])
def test_a_sentence_that_names_its_subject_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


_hits = st.lists(st.tuples(st.integers(1, 9), st.floats(0.1, 1)), unique_by=lambda hit: hit[0])


@given(meaning=_hits, words=_hits)
def test_fusion_ranks_every_passage_once(
    meaning: list[tuple[int, float]], words: list[tuple[int, float]]
) -> None:
    fused = fuse(meaning, words, {}, 0.3)
    assert {number for number, _ in fused} == {number for number, _ in meaning + words}
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


@given(meaning=_hits)
def test_a_passage_that_words_find_too_is_never_ranked_lower(
    meaning: list[tuple[int, float]],
) -> None:
    for number, _ in meaning:
        alone = [each for each, _ in fuse(meaning, [], {}, 0.3)].index(number)
        assert [each for each, _ in fuse(meaning, [(number, 2.0)], {}, 0.3)].index(number) <= alone


def side(first: int, scores: list[float], *directions: list[float]) -> Side:
    hits = list(enumerate(scores, start=first))
    rows = directions or [[1.0, 0.0]] * len(scores)
    return Side(hits, np.array(rows, np.float16).reshape(len(scores), 2))


_scores = st.lists(st.floats(0, 1), max_size=9).map(lambda scores: sorted(scores, reverse=True))


@given(own=_scores, foreign=_scores)
def test_merging_two_languages_keeps_every_passage_once(
    own: list[float], foreign: list[float]
) -> None:
    merged = merge_sides(side(0, own), side(100, foreign), "en")
    numbers = [number for number, _ in merged]
    assert sorted(numbers) == [*range(len(own)), *range(100, 100 + len(foreign))]


def test_the_same_news_in_another_language_stands_among_the_first_five() -> None:
    merged = merge_sides(side(0, [0.9] * 10), side(100, [0.3] * 10), "fr")
    assert [number >= 100 for number, _ in merged[:5]] == [False, True, True, True, True]


def test_a_passage_that_no_translation_tells_keeps_its_place_among_the_first_five() -> None:
    own = side(0, [0.9, 0.8], [1.0, 0.0], [0.0, 1.0])
    merged = merge_sides(own, side(100, [0.3] * 5), "fr")
    assert [number for number, _ in merged[:5]] == [0, 100, 101, 1, 102]


def test_other_news_in_another_language_waits_for_its_turn_by_score() -> None:
    apart = side(100, [0.3], [0.0, 1.0])
    merged = merge_sides(side(0, [0.9, 0.7]), apart, "fr")
    assert [number for number, _ in merged] == [0, 1, 100]


def test_a_twin_that_is_found_surely_lifts_its_translation() -> None:
    foreign = side(100, [0.40, 0.35], [0.0, 1.0], [1.0, 0.0])
    merged = merge_sides(side(0, [0.9]), foreign, "fr")
    assert [number for number, _ in merged] == [0, 101, 100]
