import json
import re
from calendar import monthrange
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import Language
from assistant.times import read_times, today_in
from ingest.periods import Period
from tests.assistant.times.table import ENGLISH, FRENCH, NONE

LATE = datetime(2024, 5, 16, 2, 30, tzinfo=UTC)  # half past ten in the evening in Montreal


def day(printed: str, *, last: bool) -> date:
    """The first or the last day of a year, a month or a day as the table writes them."""
    year, month, number = [int(part) for part in printed.split("-")] + [0] * (
        2 - printed.count("-")
    )
    month = month or (12 if last else 1)
    return date(year, month, number or (monthrange(year, month)[1] if last else 1))


def period(printed: str) -> Period:
    first, dots, last = printed.strip().partition("..")
    last = last if dots else first
    return Period(day(first, last=False) if first else None, day(last, last=True) if last else None)


def lines(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


BOTH: tuple[tuple[Language, str], ...] = (("en", ENGLISH), ("fr", FRENCH))

TABLE = [
    pytest.param(
        language, zone, question, spans[place if len(spans) > 1 else 0], id=f"{zone} {question}"
    )
    for language, table in BOTH
    for question, *spans in lines(table)
    for place, zone in enumerate(("Europe/Paris", "America/Montreal"))
]


@pytest.mark.parametrize(("language", "zone", "question", "days"), TABLE)
def test_an_expression_of_time_means_its_days(
    language: Language, zone: str, question: str, days: str
) -> None:
    times = read_times(question, today=today_in(zone, LATE), language=language)
    assert times.window, "no window"
    assert times.window.period == period(days)
    assert times.window.why in question


@pytest.mark.parametrize("question", NONE.strip().splitlines())
def test_what_only_looks_like_a_time_of_publication_limits_nothing(question: str) -> None:
    language: Language = "fr" if "?" in question and " ?" in question else "en"
    times = read_times(question, today=date(2024, 5, 16), language=language)
    assert (times.window, times.rest) == (None, question)


_days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_questions = st.sampled_from([(spoken, line[0]) for spoken, table in BOTH for line in lines(table)])


@given(today=_days, asked=_questions)
def test_a_window_begins_before_it_ends_and_not_after_today(
    today: date, asked: tuple[Language, str]
) -> None:
    language, question = asked
    times = read_times(question, today=today, language=language)
    first, last = (
        (times.window.period.first, times.window.period.last) if times.window else (None,) * 2
    )
    assert first is None or last is None or first <= last
    assert first is None or first <= today


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("last week", "la semaine dernière"),
        ("last month", "le mois dernier"),
        ("last quarter", "le trimestre dernier"),
        ("last year", "l’an dernier"),
        ("last Monday", "lundi dernier"),
        ("last March", "mars dernier"),
        ("last summer", "l’été dernier"),
        ("last weekend", "le week-end dernier"),
    ],
)
@given(today=_days)
def test_what_is_last_is_over_in_both_languages(english: str, french: str, today: date) -> None:
    last = read_times(english, today=today, language="en").window
    dernier = read_times(french, today=today, language="fr").window
    assert last and dernier
    assert last.period == dernier.period
    assert last.period.last and last.period.last < today


@given(st.text(), st.sampled_from(["en", "fr"]))
def test_any_text_can_be_read(text: str, language: Language) -> None:
    read_times(text, today=date(2024, 5, 16), language=language)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What happened in Selm in January 2024?", "What happened in Selm ?"),
        ("Who won yesterday’s match?", "Who won match?"),
        ("last week", "last week"),
    ],
)
def test_the_words_that_say_when_are_not_searched_for(question: str, rest: str) -> None:
    assert read_times(question, today=date(2024, 5, 16), language="en").rest == rest


@pytest.mark.parametrize(
    ("language", "question", "newest", "now"),
    [
        ("en", "What is the latest on the dam?", True, True),
        ("en", "What are the most recent figures?", True, True),
        ("en", "Who runs the port now?", False, True),
        ("en", "When must they pay, at the latest?", False, False),
        ("en", "Who was the last minister?", False, False),
        ("fr", "Quelles sont les dernières nouvelles du barrage ?", True, True),
        ("fr", "Quelle est la dernière nouvelle ?", True, True),
        ("fr", "Quels sont les chiffres les plus récents ?", True, True),
        ("fr", "Qui dirige actuellement le port ?", False, True),
        ("fr", "Quand l’a-t-on vu pour la dernière fois ?", False, False),
        ("fr", "Qui essaie le nouveau vaccin ?", False, False),
    ],
)
def test_the_newest_is_told_from_the_last(
    language: Language, question: str, newest: bool, now: bool
) -> None:
    times = read_times(question, today=date(2024, 5, 16), language=language)
    assert (times.newest, times.now) == (newest, now)


def test_questions_about_what_an_article_says_are_not_limited(shared: Path) -> None:
    """The development questions speak of years, Sundays and last year; none of when it was told."""
    file = shared / "data" / "dev" / "questions.jsonl"
    asked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    limited = [
        line[f"question_{language}"]
        for line in asked
        for language in get_args(Language)
        if read_times(
            line[f"question_{language}"], today=date(2018, 10, 2), language=language
        ).window
    ]
    assert limited == []


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "Who spoke since last March?"), ("fr", "Qui a parlé depuis le mois de mars ?")],
)
def test_no_pattern_is_compiled_again_when_names_have_filled_what_python_remembers(
    language: Language, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[object] = []
    compile_pattern = re._compiler.compile  # type: ignore[attr-defined]  # what `re` calls

    def note(pattern: object, flags: int = 0) -> object:
        compiled.append(pattern)
        return compile_pattern(pattern, flags)

    read_times(question, today=date(2024, 5, 1), language=language)
    monkeypatch.setattr(re._compiler, "compile", note)  # type: ignore[attr-defined]
    for number in range(600):
        re.search(rf"\bname{number}\b", question)
    assert len(compiled) == 600
    read_times(question, today=date(2024, 5, 1), language=language)
    assert [each for each in compiled[600:] if len(str(each)) > 100] == []
