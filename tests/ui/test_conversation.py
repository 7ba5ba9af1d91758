from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, Citation, Searched, Sentence, Status
from assistant.times import Window
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.periods import Period
from tests.ui.test_cards import HOSTILE, Reading
from ui.conversation import Exchange, copy_text, render_exchange, turns_of

ARTICLE = Article(
    "a",
    "Three factors count.",
    title="Talks begin",
    published=NewsDate("2024-01-27"),
    outlet="The Mercury",
    url="https://mercury.example/talks",
)
CITATION = Citation(1, ARTICLE, 0, len(ARTICLE.text))
FRAMED = "The Mercury, January 27, 2024: “Three factors count.”"


def answering(
    *sentences: Sentence, status: Status = "answered", model: str | None = None
) -> Answer:
    return Answer("en", status, sentences, (CITATION,), Searched(1, ("en",), "2024"), model)


def rendered(answer: Answer | None, **fields: str) -> str:
    exchange = Exchange("Which?", answer, **{"progress": "done", **fields})  # type: ignore[arg-type]
    return render_exchange(exchange, 2, "en", "Searching…")


def test_a_quote_stands_under_its_source_with_a_mark_that_leads_to_its_card() -> None:
    markup = rendered(answering(Sentence(FRAMED, (1,))))
    assert '<span class="source">The Mercury, January 27, 2024</span>“Three factors' in markup
    assert 'href="#source-2-1"' in markup


def test_a_source_tells_who_else_printed_a_quote() -> None:
    framed = "The Mercury, January 27, 2024 (also in The Tide): “Three factors count.”"
    markup = rendered(answering(Sentence(framed, (1,))))
    assert "January 27, 2024 (also in The Tide)</span>“Three factors" in markup


def test_only_the_first_of_two_marks_is_the_place_to_come_back_to() -> None:
    markup = rendered(answering(Sentence(FRAMED, (1,)), Sentence("Again.", (1,))))
    assert (markup.count('href="#source-2-1"'), markup.count('id="mark-2-1"')) == (2, 1)


def test_what_a_model_wrote_is_one_paragraph_that_says_so() -> None:
    written = answering(Sentence("One.", (1,)), Sentence("Two.", (1,)), model="openai:m")
    markup = rendered(written)
    assert markup.count('class="prose"') == 1
    assert "Written by a language model (openai:m)" in markup


@pytest.mark.parametrize(
    ("status", "label"), [("closest", "No clear answer"), ("not_found", "Nothing found")]
)
def test_what_is_no_answer_looks_different(status: Status, label: str) -> None:
    markup = rendered(answering(Sentence("Sorry."), status=status))
    assert f'class="answer {status}"' in markup
    assert label in markup
    assert label not in rendered(answering(Sentence("Sorry.")))


def test_a_question_that_waits_says_what_happens() -> None:
    markup = rendered(None, progress="running")
    assert "Searching…" in markup
    assert 'data-busy="true"' in markup
    assert "<button" not in markup


def test_a_stopped_answer_keeps_what_there_was_and_says_so() -> None:
    markup = rendered(answering(Sentence(FRAMED, (1,))), progress="stopped")
    assert "Three factors count." in markup
    assert "Stopped before the end." in markup


def test_nothing_that_was_asked_or_written_is_markup() -> None:
    answer = answering(Sentence(HOSTILE, (1,)), model=HOSTILE)
    markup = render_exchange(Exchange(HOSTILE, answer, "done", HOSTILE), 1, "en")
    markup += render_exchange(Exchange(HOSTILE, answer, "done"), 1, "en")
    assert {"img", "script"}.isdisjoint(Reading(markup).elements)


def test_a_follow_up_says_what_was_searched_for_and_how_to_undo_it() -> None:
    understood = replace(answering(Sentence(FRAMED, (1,))), searched_for=f"{HOSTILE} Mali")
    markup = rendered(understood)
    assert "Searched for: &lt;img" in markup
    assert 'data-press="as-typed"' in markup
    assert {"img", "script"}.isdisjoint(Reading(markup).elements)
    assert "Searched for" not in rendered(answering(Sentence(FRAMED, (1,))))


def test_what_several_sentences_stand_under_is_said_once() -> None:
    under = [
        Sentence(FRAMED, (1,), heading="<b>May</b>"),
        Sentence("Again.", (1,), heading="<b>May</b>"),
    ]
    markup = rendered(answering(*under))
    assert markup.count('<h3 class="under">&lt;b&gt;May&lt;/b&gt;</h3>') == 1
    assert 'data-ask="Timeline"' not in markup
    assert 'data-ask="Timeline"' in rendered(answering(Sentence(FRAMED, (1,))))


def test_also_a_question_without_an_answer_is_part_of_the_conversation() -> None:
    stopped = Exchange("And why?", None, "stopped")
    assert [turn.question for turn in turns_of([stopped])] == ["And why?"]


def test_the_days_of_an_answer_are_shown_and_can_be_taken_away() -> None:
    window = Window(Period(date(2024, 1, 1), None), HOSTILE)
    limited = replace(answering(Sentence(FRAMED, (1,))), window=window, remarks=("Left out: 2.",))
    markup = rendered(limited)
    assert "Only articles published since January 1, 2024 (“&lt;" in markup
    assert 'data-press="any-time"' in markup
    assert 'aria-label="Search articles of any day"' in markup
    assert '<p class="remark">Left out: 2.</p>' in markup
    assert {"img", "script"}.isdisjoint(Reading(markup).elements)
    assert "Only articles published since January 1, 2024" in copy_text(limited)
    assert "any-time" not in rendered(answering(Sentence(FRAMED, (1,))))


def test_an_answer_says_how_new_its_source_is() -> None:
    markup = rendered(answering(Sentence(FRAMED, (1,))))
    assert "Newest source: January 27, 2024. Newest article in the archive: 2024." in markup


def test_a_copied_answer_takes_its_sources_along() -> None:
    assert copy_text(answering(Sentence(FRAMED, (1,)))) == (
        f"{FRAMED} [1]\n\n"
        "[1] The Mercury, January 27, 2024. Talks begin https://mercury.example/talks"
    )
