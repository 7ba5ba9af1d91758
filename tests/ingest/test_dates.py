from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import DateUnreadableError, parse_date
from ingest.periods import Period


@pytest.mark.parametrize(
    ("printed", "text", "precision", "first", "last"),
    [
        ("2024", "2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", "2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", "2024-12", "month", date(2024, 12, 1), date(2024, 12, 31)),
        (" 2024-01-27 ", "2024-01-27", "day", date(2024, 1, 27), date(2024, 1, 27)),
        (
            "2024-01-27T14:05+01:00",
            "2024-01-27T14:05:00+01:00",
            "minute",
            date(2024, 1, 27),
            date(2024, 1, 27),
        ),
    ],
)
def test_a_date_keeps_the_precision_it_is_printed_with(
    printed: str, text: str, precision: str, first: date, last: date
) -> None:
    read = parse_date(printed)
    assert (read.text, read.precision) == (text, precision)
    assert (read.first_day, read.last_day) == (first, last)


@pytest.mark.parametrize("printed", ["yesterday", "2024-13", "2024-02-30", "0000-00-00", "27"])
def test_what_no_calendar_knows_is_refused_with_its_value(printed: str) -> None:
    with pytest.raises(DateUnreadableError, match=printed):
        parse_date(printed)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_month_touches_each_of_its_days(day: date) -> None:
    month = parse_date(f"{day:%Y-%m}")
    assert Period(day, day).covers(month)
    assert not Period(day, day).covers(None)
    assert Period(None, day).covers(month)
    assert Period(day, None).covers(month)
