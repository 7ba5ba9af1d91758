"""Articles over time as a small chart to pick a period from."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.frames import say_articles, say_date
from assistant.query import Language
from ingest.dates import NewsDate
from ui.markup import attributes, escape
from ui.words import word

_MOST = 48  # columns; more months than these are shown as years
_HEIGHT = 40  # units of the drawing
_WIDTH = 10  # of a column


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of time and how many articles came out in it."""

    date: NewsDate  # a month or a year
    count: int


def columns_of(months: Mapping[str, int]) -> list[Column]:
    """A column for each month from the first to the last, or for each year where they are many."""
    if not months:
        return []
    first, last = min(months), max(months)
    every = [f"{year:04}-{month:02}" for year in range(int(first[:4]), int(last[:4]) + 1)
             for month in range(1, 13)]  # fmt: skip
    named = [month for month in every if first <= month <= last]
    if len(named) <= _MOST:
        return [Column(NewsDate(month), months.get(month, 0)) for month in named]
    years = sorted({month[:4] for month in named})
    return [
        Column(NewsDate(year), sum(count for month, count in months.items() if month[:4] == year))
        for year in years
    ]


def render_chart(months: Mapping[str, int], language: Language) -> str:
    """The chart; each column says its days, which the page's script puts into the form."""
    columns = columns_of(months)
    if len(columns) < 2:
        return ""
    most = max(column.count for column in columns)
    drawn = "".join(_draw(column, at, most, language) for at, column in enumerate(columns))
    where = attributes(
        class_="chart",
        viewBox=f"0 0 {len(columns) * _WIDTH} {_HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=word("over_time", language),
    )
    first, last = (escape(say_date(columns[at].date, language)) for at in (0, -1))
    ends = f'<p class="ends"><span>{first}</span><span>{last}</span></p>'
    return f"<svg{where}>{drawn}</svg>{ends}"


def _draw(column: Column, at: int, most: int, language: Language) -> str:
    height = round(column.count / most * (_HEIGHT - 2), 1)
    first, last = column.date.first_day, column.date.last_day
    days = attributes(data_from=first.isoformat(), data_to=last.isoformat())
    label = f"{say_date(column.date, language)}: {say_articles(column.count, language)}"
    left = at * _WIDTH
    return (
        f"<g{days}><title>{escape(label)}</title>"
        f'<rect class="room" x="{left}" width="{_WIDTH}" height="{_HEIGHT}"/>'
        f'<rect class="bar" x="{left + 1}" y="{_HEIGHT - height}" width="{_WIDTH - 2}" '
        f'height="{height}"/></g>'
    )
