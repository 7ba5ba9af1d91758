import json
from dataclasses import replace
from pathlib import Path

from assistant.answer import Searched
from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.articles import Article
from ingest.demonstration import NOTICE_EN, QUESTIONS
from tests.conftest import Ingest, word_count_encoder
from tests.ui.test_cards import HOSTILE, Reading
from ui.opening import (
    Opening,
    frequent_names,
    make_questions,
    open_page,
    render_greeting,
    render_latest,
    render_masthead,
)

DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"


def about(*texts: str) -> list[Article]:
    return [Article(str(number), text, title="") for number, text in enumerate(texts)]


def test_questions_are_about_the_names_that_most_articles_mention() -> None:
    articles = about(
        "The talks in Port-Sabran failed. The mayor of Port-Sabran left.",
        "A ship left for Port-Sabran on Monday.",
        "On Tuesday, Salma Idrisi spoke.",
    )
    assert make_questions(articles, "en") == [
        "What is the latest on Port-Sabran?",
        "What has been reported about Salma Idrisi?",
    ]
    assert (
        make_questions(articles, "fr")[0] == "Port-Sabran : quelles sont les dernières nouvelles ?"
    )


def test_a_name_is_asked_about_in_its_longest_form_only() -> None:
    articles = about("We met Salma Idrisi there.", "We met Salma Idrisi El-Amrani there.")
    assert frequent_names(articles) == ["Salma Idrisi El-Amrani"]


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert frequent_names(about("However Long it takes. No Name stands here.")) == []


def test_the_demonstration_says_what_it_is_and_knows_good_questions(
    ingest: Ingest, folder: Path
) -> None:
    ingest(DEMONSTRATION)
    with opened_archive(folder, word_count_encoder) as archive:
        opening = open_page(Assistant(archive), "en")
    assert opening.notice == NOTICE_EN
    assert opening.questions == QUESTIONS["en"]
    assert [str(article.published) for article in opening.latest[:2]] == [
        "2024-06-21",
        "2024-06-20",
    ]


def test_an_archive_of_ones_own_shows_its_own_names_and_headlines(
    ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    lines = [
        {"text": "The mayor of New Harbour spoke.", "title": "Old", "published": "2024-01"},
        {"text": "The mayor of New Harbour left.", "title": HOSTILE, "published": "2024-02-01"},
        {"text": "The lie.", "title": "Gone", "published": "2024-03", "status": "withdrawn"},
        {"text": "Not yet.", "title": "Early", "published": "2024-04", "embargo": "2999-01-01"},
    ]
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    ingest(file)
    with opened_archive(folder, word_count_encoder) as archive:
        opening = open_page(Assistant(archive), "en")
    assert (opening.notice, opening.questions) == ("", ("What is the latest on New Harbour?",))
    assert [article.title for article in opening.latest] == [HOSTILE, "Old"]
    whole = render_greeting(opening, "en") + render_latest(opening, "en")
    whole += render_masthead(opening.searched, "en")
    assert {"img", "script"}.isdisjoint(Reading(whole).elements)


def test_articles_without_a_date_leave_no_bare_heading() -> None:
    undated = Opening(Searched(3, ("en",), None), (), ())
    assert render_latest(undated, "en") == ""
    assert "no article yet" in render_latest(replace(undated, searched=Searched(0, (), None)), "en")
