from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query import NO_FILTERS, Filters
from ingest.periods import Period
from ui.doors.asking import readable
from ui.identity import Reader
from ui.links import read_chosen, say_chosen

MAIL = frozenset({"Mail"})


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", NO_FILTERS),
        ("q=why&lang=fr", NO_FILTERS),
        ("from=2024-02&to=2024-03", Filters(Period(date(2024, 2, 1), date(2024, 3, 31)))),
        ("from=2024", Filters(Period(date(2024, 1, 1), None))),
        ("to=2024-02-30&from=soon", NO_FILTERS),
        ("outlet=Mail", Filters(outlets=MAIL)),
        ("outlet=Mail&outlet=Le+Matin", Filters(outlets=MAIL | {"Le Matin"})),
        ("in=fr", Filters(languages=frozenset({"fr"}))),
        ("kind=opinion", Filters(kinds=frozenset({"opinion"}))),
        ("kind=report", Filters(kinds=frozenset({"report", "wire"}))),
        ("kind=poem", NO_FILTERS),
    ],
)
def test_an_address_names_filters(query: str, filters: Filters) -> None:
    assert read_chosen(query).filters == filters


@given(st.text())
def test_any_address_is_read(query: str) -> None:
    say_chosen(read_chosen(query), "fr")


@pytest.mark.parametrize(
    ("query", "outlets"),
    [("", MAIL), ("outlet=Mail&outlet=Tide", MAIL), ("outlet=Tide", frozenset())],
)
def test_nobody_chooses_what_they_may_not_read(query: str, outlets: frozenset[str]) -> None:
    reader = Reader("ada", outlets=MAIL)
    assert readable(read_chosen(query).filters, reader).outlets == outlets


def test_filters_are_said_as_a_reader_says_them() -> None:
    chosen = read_chosen("from=2024-01&to=2024-02-03&outlet=Mail&outlet=Tide&in=fr&kind=opinion")
    assert say_chosen(chosen, "en") == (
        "January 2024 to February 3, 2024 · Mail and Tide · French · Opinions"
    )
    assert say_chosen(read_chosen("from=2024-03-01"), "fr") == "depuis le 1er mars 2024"
