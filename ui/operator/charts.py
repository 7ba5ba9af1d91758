"""Articles a day as drawings: a column for a day, and a red field where an outlet fell silent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from assistant.frames import say_articles, say_date
from assistant.query import Language
from ingest.coverage import Silence
from ingest.dates import NewsDate
from ui.markup import attributes, escape
from ui.operator.period import Period

_WIDTH = 10  # units of a day
_HEIGHT = 100


def say_day(day: date, language: Language) -> str:
    """A day in the reader's form."""
    return say_date(NewsDate(day.isoformat()), language)


def draw_days(
    counts: Sequence[Mapping[date, int]],
    silences: Sequence[Silence],
    period: Period,
    label: str,
    language: Language,
) -> str:
    """Columns of a period, those of several kinds on top of each other."""
    whole = sum(map(Counter, counts), Counter[date]())
    most = max(whole.values(), default=1)
    gaps = "".join(_gap(each, period) for each in silences)
    columns = "".join(
        _column([kind.get(day, 0) for kind in counts], day, period, most, language)
        for day in sorted(whole)
    )
    frame = attributes(
        class_="days",
        viewBox=f"0 0 {period.length * _WIDTH} {_HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )
    return f"<svg{frame}>{gaps}{columns}</svg>"


def _column(counts: Sequence[int], day: date, period: Period, most: int, language: Language) -> str:
    said = f"{say_day(day, language)}, {say_articles(sum(counts), language)}"
    base, pieces = float(_HEIGHT), ""
    for kind, count in enumerate(counts, start=1):
        height = count / most * (_HEIGHT - 4)
        base -= height
        if count:
            place = f'{_at(day, day, period)} y="{base:.1f}" height="{height:.1f}"'
            pieces += f'<rect class="kind-{kind}"{place}/>'
    return f"<g><title>{escape(said)}</title>{pieces}</g>"


def _gap(silence: Silence, period: Period) -> str:
    first, last = max(silence.first, period.first), min(silence.last, period.last)
    return f'<rect class="gap"{_at(first, last, period)} y="0" height="{_HEIGHT}"/>'


def _at(first: date, last: date, period: Period) -> str:
    left = (first - period.first).days * _WIDTH
    return f' x="{left + 1}" width="{((last - first).days + 1) * _WIDTH - 2}"'


def render_axis(period: Period, language: Language) -> str:
    """The first day, one in the middle and the last one, beneath a drawing."""
    middle = period.first + timedelta(days=period.length // 2)
    days = "".join(
        f"<span>{escape(say_day(day, language))}</span>"
        for day in (period.first, middle, period.last)
    )
    return f'<p class="axis">{days}</p>'
