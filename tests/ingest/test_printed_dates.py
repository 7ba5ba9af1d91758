"""Dates as newspapers print them are read with their precision, or not at all."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.printed_dates import complete_date, find_date, read_date

READ = {
    "2024": "2024", "2024-01": "2024-01", "2024-01-27": "2024-01-27", "20240127": "2024-01-27",
    "2024-W04-6": "2024-01-27", "1900": "1900", "2099-01-01": "2099-01-01",
    "2024-01-27T14:05:00Z": "2024-01-27T14:05:00+00:00",
    "2024-01-27T14:05:00.123+01:00": "2024-01-27T14:05:00+01:00",
    "20240127T140500+0100": "2024-01-27T14:05:00+01:00",
    "2024-01-27 14:05": "2024-01-27T14:05:00",
    "Sat, 27 Jan 2024 14:05:00 +0100": "2024-01-27T14:05:00+01:00",
    "27 Jan 2024 14:05 GMT": "2024-01-27T14:05:00+00:00",
    "Sat, 27 Jan 2024 14:05:00 EST": "2024-01-27T14:05:00-05:00",
    "Sat, 27 Jan 2024 14:05:00 +9900": "2024-01-27T14:05:00",
    "Sat, 27 Jan 24 14:05:00 GMT": "2024-01-27T14:05:00+00:00",
    "27 janvier 2024": "2024-01-27", "samedi 27 janvier 2024": "2024-01-27",
    "le 27 janvier 2024": "2024-01-27", "1er février 2024": "2024-02-01",
    "27 janv. 2024": "2024-01-27", "3 févr. 2024": "2024-02-03", "15 août 2024": "2024-08-15",
    "15 aout 2024": "2024-08-15", "mar. 5 mars 2024": "2024-03-05", "25 déc. 2023": "2023-12-25",
    "samedi 27 janvier 2024 à 14h05": "2024-01-27T14:05:00",
    "27 janvier 2024, 9h": "2024-01-27T09:00:00",
    "27 janvier 2024 à 14h05 (heure de Paris)": "2024-01-27T14:05:00+01:00",
    "15 juillet 2024 à 14h05 (heure de Paris)": "2024-07-15T14:05:00+02:00",
    "27 janvier 2024 14:05 CET": "2024-01-27T14:05:00+01:00",
    "janvier 2024": "2024-01", "Août 2024": "2024-08",
    "January 27, 2024": "2024-01-27", "Jan. 27, 2024": "2024-01-27", "Jan 27 2024": "2024-01-27",
    "27 January 2024": "2024-01-27", "27th of January 2024": "2024-01-27",
    "Saturday, January 27, 2024": "2024-01-27", "Sept. 3, 2023": "2023-09-03",
    "May 2024": "2024-05", "June 2024": "2024-06", "Dec. 2023": "2023-12",
    "Jan. 27, 2024 2:05 p.m. ET": "2024-01-27T14:05:00-05:00",
    "January 27, 2024 at 12:05 am": "2024-01-27T00:05:00",
    "Saturday 27 January 2024 14.05 GMT": "2024-01-27T14:05:00+00:00",
    "27/01/2024": "2024-01-27", "01/27/2024": "2024-01-27",
    "27.01.2024 14:05": "2024-01-27T14:05:00",
    "03/04/2024": "2024", "1706360700": "2024-01-27T13:05:00+00:00",
    "1706360700000": "2024-01-27T13:05:00+00:00",
}  # fmt: skip
UNKNOWN = (
    "", " ", "0000-00-00", "2024-13", "2024-02-30", "31 février 2024", "hier", "yesterday",
    "27 janvier", "Jan 27", "soon", "12345", "99/99/2024", "2024-1-", "NaN", "null", "-1",
)  # fmt: skip


@pytest.mark.parametrize("printed", READ)
def test_a_printed_date_is_read_as_precisely_as_it_is_printed(printed: str) -> None:
    assert str(read_date(printed)) == READ[printed]


@pytest.mark.parametrize("printed", UNKNOWN)
def test_what_is_no_date_is_unknown_and_never_today(printed: str) -> None:
    assert read_date(printed) is None


def test_day_and_month_in_figures_are_told_apart_by_the_language() -> None:
    assert str(read_date("03/04/2024", "fr")) == "2024-04-03"


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_is_read_in_french_and_in_english(day: date) -> None:
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    french = f"{day.day} {months.split()[day.month - 1]} {day.year}"
    assert str(read_date(french)) == str(read_date(f"{day:%B} {day.day}, {day.year}")) == str(day)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_stops_it(text: str) -> None:
    assert read_date(text) is None or isinstance(read_date(text), NewsDate)


def test_a_date_in_a_text_counts_after_its_cue_alone() -> None:
    text = "Le traité du 8 mai 1945. Publié le 27 janvier 2024 à 14h05."
    assert str(find_date(text, "publié ")) == "2024-01-27T14:05:00"
    assert find_date("Le traité du 8 mai 1945.", "publié ") is None


def test_a_day_without_a_year_needs_one_that_is_known_and_agrees() -> None:
    assert str(complete_date("12 janvier", NewsDate("2024"))) == "2024-01-12"
    assert str(complete_date("Jan. 12", NewsDate("2024-01"))) == "2024-01-12"
    assert complete_date("12 janvier", NewsDate("2024-02")) is None
    assert complete_date("12 janvier", None) is None


@pytest.mark.parametrize(
    ("embargo", "last_moment"),
    [
        ("2024-01-28T06:00:00+01:00", datetime(2024, 1, 28, 5, tzinfo=UTC)),
        ("2024-01-28T06:00:00", datetime(2024, 1, 28, 18, tzinfo=UTC)),
        ("2024-01-28", datetime(2024, 1, 29, 12, tzinfo=UTC)),
    ],
    ids=["zone", "no zone", "day"],
)
def test_an_embargo_ends_when_it_has_ended_everywhere(embargo: str, last_moment: datetime) -> None:
    article = Article("a", "Words.", "T", embargo=NewsDate(embargo))
    assert not article.under_embargo(last_moment)
    assert article.under_embargo(last_moment.replace(minute=0, hour=last_moment.hour - 1))
