"""Time from the question to the answer, through a real archive."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.contract import answer_as_json
from assistant.dating import say_reach, say_window
from assistant.query import NO_FILTERS, Filters
from assistant.times import Window
from ingest.archive import opened_archive
from ingest.periods import Period
from tests.conftest import word_count_encoder

TODAY = date(2024, 5, 16)
STRIKE = "The harbour strike in Selm {what}. The dockers said so on the quay."


def record(name: str, published: str, what: str) -> dict[str, str]:
    text = STRIKE.format(what=what)
    day = {"published": published} if published else {}
    return {"id": name, "title": f"Strike {name}", "text": text, "outlet": name, **day}


ARTICLES = (
    record("begins", "2024-01-15", "begins over new cranes"),
    record("spreads", "2024-02", "spreads to the northern quay"),
    record("halts", "2024-05-08", "halts all the ferries"),
    record("ends", "2024-05-09T23:30:00-04:00", "ends with two more crews"),
    record("unknown", "", "has a long prehistory"),
    {
        "id": "dam",
        "title": "The dam",
        "text": "The dam at Velkhar leaks.",
        "outlet": "dam",
        "published": "2024-05-14",
    },
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    from ingest.intake import ingest_paths

    folder = tmp_path_factory.mktemp("windows")
    lines = folder / "articles.jsonl"
    lines.write_text("\n".join(json.dumps({"language": "en", **each}) for each in ARTICLES))
    archive = folder / "archive"
    ingest_paths([lines], archive, opener=word_count_encoder, outlet="", notify=lambda step: None)
    with opened_archive(archive, word_count_encoder) as opened:
        yield Assistant(opened)


def ask(
    assistant: Assistant, question: str, filters: Filters = NO_FILTERS, today: date = TODAY
) -> Answer:
    return list(assistant.ask(question, today=today, filters=filters))[-1]


def cited(answer: Answer) -> set[str]:
    return {citation.article.id for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("the harbour strike in Selm last week", {"halts", "ends"}),
        ("the harbour strike in Selm in January 2024", {"begins"}),
        ("the harbour strike in Selm, 15 February 2024", {"spreads"}),
        ("the harbour strike in Selm before March 2024", {"begins", "spreads"}),
        ("the harbour strike in Selm since March", {"halts", "ends", "dam"}),
        ("la grève harbour strike à Selm la semaine dernière", {"halts", "ends"}),
        ("the harbour strike in Selm", {"begins", "spreads", "halts", "ends", "unknown", "dam"}),
        ("the harbour strike in Selm in 2024", {*"begins spreads halts ends unknown dam".split()}),
    ],
)
def test_only_articles_of_the_asked_days_are_searched(
    assistant: Assistant, question: str, found: set[str]
) -> None:
    passages = assistant.search(question, 10, today=TODAY)
    assert {passage.article.id for passage in passages} == found


def test_an_answer_says_its_days_and_what_has_none(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the harbour strike in Selm do last week?")
    assert answer.status == "answered"
    assert cited(answer) <= {"halts", "ends"}
    assert json.loads(json.dumps(answer_as_json(answer)))["window"] == {
        "from": "2024-05-06",
        "to": "2024-05-12",
        "why": "last week",
    }
    assert answer.window
    said = say_window(answer.window, "en")
    assert said == "Only articles published from May 6, 2024 to May 12, 2024 (“last week”)"
    assert answer.remarks == ("Articles without a date, left out: 1.",)


def test_a_date_that_may_lie_outside_is_said(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the harbour strike in Selm do on 15 February 2024?")
    assert cited(answer) == {"spreads"}
    vague = "May lie outside these days, for want of an exact date: spreads, February 2024."
    assert vague in answer.remarks


def test_a_whole_month_holds_an_article_dated_to_it(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the harbour strike in Selm do in February 2024?")
    assert cited(answer) == {"spreads"}
    assert not any("May lie outside" in remark for remark in answer.remarks)


def test_what_lies_outside_is_offered_as_the_closest(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the harbour strike in Selm do in April 2024?")
    assert answer.status == "closest"
    assert answer.text.startswith(
        "Nothing published from April 1, 2024 to April 30, 2024 answers this. "
        "The closest, from outside these days:"
    )
    assert cited(answer) == {"halts"}  # the nearest in time


def test_what_no_day_has_is_not_found(assistant: Assistant) -> None:
    answer = ask(assistant, "xyzzy plugh last week")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.window


def test_a_reader_can_take_the_window_away_or_choose_another(assistant: Assistant) -> None:
    question = "What did the harbour strike in Selm do last week?"
    free = ask(assistant, question, Filters(any_time=True))
    assert free.window is None
    chosen = Filters(period=Period(date(2024, 1, 1), date(2024, 1, 31)))
    answer = ask(assistant, question, chosen)
    assert answer.window == Window(Period(date(2024, 1, 1), date(2024, 1, 31)), "")
    assert cited(answer) == {"begins"}


@pytest.mark.parametrize(
    "question", ["What is the latest on the harbour strike in Selm?", "harbour strike Selm newest"]
)
def test_the_latest_is_the_newest_of_what_fits(assistant: Assistant, question: str) -> None:
    first, *_ = assistant.search(question, 10, today=TODAY)
    assert first.article.id == "ends"
    assert ask(assistant, question).citations[0].article.id == "ends"


def test_the_latest_keeps_to_the_asked_days(assistant: Assistant) -> None:
    question = "What was the latest on the harbour strike in Selm before March 2024?"
    assert ask(assistant, question).citations[0].article.id == "spreads"


@pytest.mark.parametrize(
    ("question", "today", "warned"),
    [
        ("What is the latest on the harbour strike in Selm?", date(2024, 6, 8), False),
        ("What is the latest on the harbour strike in Selm?", date(2024, 6, 10), True),
        ("Is the harbour strike in Selm over now?", date(2025, 6, 1), True),
        ("Did the harbour strike in Selm end?", date(2025, 6, 1), False),
    ],
)
def test_old_news_is_said_to_be_old_where_the_present_is_asked_for(
    assistant: Assistant, question: str, today: date, warned: bool
) -> None:
    answer = ask(assistant, question, today=today)
    said = any("The newest source quoted here: May 9, 2024." in each for each in answer.remarks)
    assert (said or any("newest source" in each for each in answer.remarks)) == warned


def test_an_answer_says_how_new_its_source_and_the_archive_are(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the harbour strike in Selm do in January 2024?")
    assert say_reach(answer, "en") == (
        "Newest source: January 15, 2024. Newest article in the archive: May 14, 2024."
    )
    assert say_reach(answer, "fr") == (
        "Source la plus récente : 15 janvier 2024. Dernier article de l’archive : 14 mai 2024."
    )
