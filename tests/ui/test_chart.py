from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ui.room.chart import columns_of, render_chart

months = st.builds("{:04}-{:02}".format, st.integers(1990, 2030), st.integers(1, 12))


@given(st.dictionaries(months, st.integers(1, 9)))
def test_every_article_stands_in_a_column_and_no_time_is_left_out(held: dict[str, int]) -> None:
    columns = columns_of(held)
    assert sum(column.count for column in columns) == sum(held.values())
    dates = [column.date for column in columns]
    assert all((two.first_day - one.last_day).days == 1 for one, two in pairwise(dates))


def test_a_column_says_its_days_and_its_articles() -> None:
    chart = render_chart({"2024-01": 4, "2024-03": 1}, "fr")
    assert 'data-from="2024-02-01" data-to="2024-02-29"' in chart
    assert "<title>janvier 2024: 4 articles</title>" in chart


def test_a_single_month_needs_no_chart() -> None:
    assert render_chart({"2024-01": 4}, "en") == ""
