"""A timeline tells an event once, on its day, in the words of the articles."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.conversation.forms import Asked, asked_form
from assistant.query import Filters
from assistant.timeline import (
    briefing_as_json,
    briefing_as_markdown,
    timeline_as_json,
    timeline_as_markdown,
)
from assistant.timeline.events import Telling, group_tellings
from assistant.timeline.happened import date_of_event
from ingest.archive import opened_archive
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.periods import Period
from tests.conftest import Ingest, word_count_encoder

TODAY = date(2024, 7, 1)
MONDAY = NewsDate("2024-03-11T11:20:00+01:00")

ARTICLES = (
    ("walk-out", "The Quay", "2024-03-04", "The harbour workers of Selm walked out on Sunday."),
    ("again", "The Tide", "2024-03-05", "The harbour workers of Selm walked out on March 3."),
    ("talks", "The Quay", "2024-03-09", "The harbour workers of Selm began talks on Friday."),
    ("when", "The Tide", None, "The harbour workers of Selm sang at the gates every evening."),
    ("view", "The Quay", "2024-03-10", "The harbour workers of Selm ought to think again."),
    ("rain", "The Quay", "2024-03-06", "It rained over the hills and nobody minded much."),
)


@pytest.fixture
def assistant(tmp_path: Path, folder: Path, ingest: Ingest) -> Iterator[Assistant]:
    lines = tmp_path / "articles.jsonl"
    fields = ("id", "outlet", "published", "text")
    articles = [dict(zip(fields, each, strict=True)) for each in ARTICLES]
    kinds = {"view": "opinion"}
    lines.write_text(
        "\n".join(
            json.dumps({**each, "kind": kinds.get(str(each["id"]), "report"), "language": "en"})
            for each in articles
        )
    )
    ingest(lines)
    with opened_archive(folder, word_count_encoder) as archive:
        yield Assistant(archive)


def told(assistant: Assistant, period: Period | None = None) -> dict[str, list[str]]:
    """Ids of the articles of each entry, by its date."""
    made = assistant.timeline(
        "harbour workers of Selm", today=TODAY, filters=Filters(period=period)
    )
    return {
        str(entry.date): [each.article.id for each in entry.citations]
        for entry in (*made.entries, *made.undated)
    }


def test_an_event_that_two_papers_print_is_one_entry_on_its_day(assistant: Assistant) -> None:
    assert told(assistant) == {
        "2024-03-03": ["walk-out", "again"],
        "2024-03-08": ["talks"],
        "None": ["when"],
    }


def test_a_period_keeps_what_happened_in_it(assistant: Assistant) -> None:
    week = Period(date(2024, 3, 7), date(2024, 3, 31))
    assert told(assistant, week) == {"2024-03-08": ["talks"]}


def test_every_quote_of_a_timeline_stands_in_its_article(assistant: Assistant) -> None:
    made = assistant.timeline("harbour workers of Selm", today=TODAY)
    assert [each.number for each in made.citations] == [1, 2, 3, 4]
    assert all(each.article.text[each.start : each.end] == each.quote for each in made.citations)


def test_a_timeline_is_json_and_markdown(assistant: Assistant) -> None:
    period = Period(date(2024, 3, 1), None)
    made = assistant.timeline(
        "harbour workers of Selm", today=TODAY, filters=Filters(period=period)
    )
    fields = timeline_as_json(made)
    assert (fields["from"], fields["to"], fields["undated"]) == ("2024-03-01", None, [])
    first = fields["entries"][0]  # type: ignore[index]
    assert (first["date"], first["precision"]) == ("2024-03-03", "day")
    assert [each["quote"] for each in first["citations"]] == [ARTICLES[0][3], ARTICLES[1][3]]
    written = timeline_as_markdown(made)
    assert written.startswith("# Timeline: harbour workers of Selm\n\n- **March 3, 2024** · The")
    assert "[1][2]" in written


def test_markdown_from_outside_stays_text(assistant: Assistant) -> None:
    topic = "harbour ![x](https://evil.example) <b> of Selm"
    assert "![x]" not in timeline_as_markdown(assistant.timeline(topic, today=TODAY))


def test_a_briefing_gathers_what_shares_a_name_newest_first(assistant: Assistant) -> None:
    made = assistant.briefing("harbour workers", today=TODAY)
    [section] = made.sections
    days = [str(point.date) for point in section.points]
    assert (section.about, days) == ("Selm", ["2024-03-08", "2024-03-03", "None"])
    assert json.dumps(briefing_as_json(made)).count('"quote"') == 4
    assert "## Selm" in briefing_as_markdown(made)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Timeline of the harbour strike", Asked("timeline", "harbour strike")),
        ("give me a timeline of Selm?", Asked("timeline", "Selm")),
        ("Chronologie de la grève des dockers", Asked("timeline", "grève des dockers")),
        ("chronologie du barrage", Asked("timeline", "barrage")),
        ("Velkhar Dam: timeline", Asked("timeline", "Velkhar Dam")),
        ("briefing on Ostrel", Asked("briefing", "Ostrel")),
        ("Fais le point sur la pollution", Asked("briefing", "pollution")),
        ("Who made the timeline?", None),
        ("le point de vue du maire", None),
        ("What is the point of the treaty?", None),
    ],
)
def test_a_question_may_ask_for_a_timeline(question: str, asked: Asked | None) -> None:
    assert asked_form(question) == asked


def test_a_timeline_is_asked_for_in_a_conversation(assistant: Assistant) -> None:
    answer = list(assistant.ask("timeline of the harbour workers of Selm", today=TODAY))[-1]
    headings = [sentence.heading for sentence in answer.sentences]
    assert headings == ["March 3, 2024", "March 8, 2024", "Undated"]
    assert answer.text.startswith("March 3, 2024: The Quay, March 4, 2024: “The harbour")


def test_a_topic_that_nobody_tells_of_has_no_entries(assistant: Assistant) -> None:
    answer = list(assistant.ask("chronologie de xyzzy plugh", today=TODAY))[-1]
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "Rien dans l’archive" in answer.text


@pytest.mark.parametrize(
    ("sentence", "published", "happened", "dated"),
    [
        ("They left on Friday.", "2024-03-11", "2024-03-08", True),
        ("Ils sont partis lundi, a dit le maire.", "2024-03-11", "2024-03-11", True),
        ("Ils ont défilé samedi 2 mars.", "2024-03-03", "2024-03-02", True),
        ("They met on December 30.", "2024-01-02", "2023-12-30", True),
        ("Le remplissage commencera le 1er juillet, a dit lundi le ministre.", "2024-03-12",
         "2024-03-11", True),
        ("It will open on July 1.", "2024-03-12", "2024-03-12", False),
        ("Ships were diverted since February 19, it said on Thursday.", "2024-03-08",
         "2024-03-07", True),
        ("In 2014, Washington gathered a coalition.", "2024-02-02", "2014", True),
        ("They have trained units since 2014.", "2024-02-02", "2024-02-02", False),
        ("La gare est achevée depuis octobre.", "2024-02-06", "2024-02-06", False),
        ("They marched in April.", "2024-05-01", "2024-04", True),
        ("They marched on Monday.", "2024-05", "2024-05", False),
        ("They may march.", "2024-05-02T10:00:00+02:00", "2024-05-02", False),
        ("It was signed on June 14, 2024.", None, "2024-06-14", True),
        ("It was signed on Friday.", None, None, False),
    ],
)  # fmt: skip
def test_an_event_is_dated_by_its_sentence_or_else_by_its_publication(
    sentence: str, published: str | None, happened: str | None, dated: bool
) -> None:
    day, by_itself = date_of_event(sentence, NewsDate(published) if published else None)
    assert (day and day.text, by_itself) == (happened, dated)


_days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(sentence=st.text(max_size=60), day=_days)
def test_nothing_happens_after_it_was_printed(sentence: str, day: date) -> None:
    happened, _ = date_of_event(sentence, NewsDate(day.isoformat()))
    assert happened
    assert happened.first_day <= day


def telling(place: int, day: date, direction: int) -> Telling:
    vector = np.eye(4, dtype=np.float32)[direction]
    article = Article(f"a{place}", "Something happened.", "Title")
    return Telling(article, (0, 19), NewsDate(day.isoformat()), True, 1.0 / (place + 1), vector)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=12))
def test_grouping_tells_everything_once_and_joins_no_two_days(told: list[tuple[int, int]]) -> None:
    tellings = [
        telling(place, date(2024, 1, 1) + timedelta(days=2 * days), direction)
        for place, (days, direction) in enumerate(told)
    ]
    events = group_tellings(tellings)
    assert sorted(id(one) for event in events for one in event.tellings) == sorted(
        map(id, tellings)
    )
    assert all(len({one.date for one in event.tellings}) == 1 for event in events)
    assert len(events) == len({(one.date, one.vector.tobytes()) for one in tellings})
