"""Stretches of the calendar: the week, month, quarter, season or year around a day."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple


class Days(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date


def day_of(day: date) -> Days:
    """The day alone."""
    return Days(day, day)


def week_of(day: date) -> Days:
    """Monday to Sunday, as ISO 8601 counts weeks."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Days:
    """Saturday and Sunday of the day's week."""
    sunday = week_of(day).last
    return Days(sunday - timedelta(days=1), sunday)


def months(year: int, first: int, count: int) -> Days:
    """So many months from the first of one; a month past December is one of the next year."""
    start = shift_months(date(year, 1, 1), first - 1)
    return Days(start, shift_months(start, count) - timedelta(days=1))


def month_of(day: date) -> Days:
    """The calendar month."""
    return months(day.year, day.month, 1)


def quarter_of(day: date) -> Days:
    """January to March, April to June, July to September or October to December."""
    return months(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def year_of(day: date) -> Days:
    """The calendar year."""
    return months(day.year, 1, 12)


def decade_of(day: date) -> Days:
    """The ten years that begin with the last year divisible by ten."""
    return months(day.year // 10 * 10, 1, 120)


AROUND: Final[dict[str, Callable[[date], Days]]] = {
    "day": day_of,
    "week": week_of,
    "weekend": weekend_of,
    "month": month_of,
    "quarter": quarter_of,
    "year": year_of,
    "decade": decade_of,
}
_DAYS: Final = {"day": 1, "week": 7, "weekend": 7}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def back(day: date, count: int, unit: str) -> date:
    """The day so many units before one."""
    if unit == "hour":
        return day - timedelta(days=-(-count // 24))
    if unit in _DAYS:
        return day - timedelta(days=count * _DAYS[unit])
    return shift_months(day, -count * _MONTHS[unit])


def shift_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def third(days: Days, part: str) -> Days:
    """The early, middle or late part: days 1 to 10, 11 to 20 and the rest, or four months each."""
    if days.first.month == days.last.month:
        edges = {"early": (1, 10), "mid": (11, 20), "late": (21, days.last.day)}
        first, last = edges[part]
        return Days(days.first.replace(day=first), days.first.replace(day=last))
    return months(days.first.year, {"early": 1, "mid": 5, "late": 9}[part], 4)


def latest_begun(of_year: Callable[[int], Days], today: date) -> Days:
    """What comes once a year, the last time that it had begun."""
    return next(days for days in _backwards(of_year, today) if days.first <= today)


def latest_over(of_year: Callable[[int], Days], today: date) -> Days:
    """What comes once a year, the last time that it was over."""
    return next(days for days in _backwards(of_year, today) if days.last < today)


def _backwards(of_year: Callable[[int], Days], today: date) -> list[Days]:
    return [of_year(today.year - ago) for ago in range(3)]
