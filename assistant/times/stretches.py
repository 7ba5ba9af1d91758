"""Words that name a stretch of time, and the days each of them means on a given day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from assistant.times import days as cal
from assistant.times.days import Days
from assistant.times.names import FEW, MONTHS, NUMBERS, ORDINALS, PARTS, SEASONS, UNITS, WEEKDAYS

# How much a stretch says about when articles were published, from the surest:
# "firm": yesterday, last week, January 2024
# "running": this week, this year: not in a question about what is to come
# "recent": Monday, in March, today: only in a question about what has happened
# "bare": 2024, the 1990s: only where articles or news are asked for
Firmness = Literal["firm", "running", "recent", "bare"]

Said = Mapping[str, str | None]  # the groups of a pattern


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days, how firmly they were named, and by which unit."""

    days: Days
    firmness: Firmness = "firm"
    unit: str = "day"


Maker = Callable[[Said, date], Stretch]


def date_of(said: Said, today: date) -> Stretch:
    """A day or several days of a month: 12 May 2021, 3 to 9 May, the week of May 12."""
    first, month = int(said["day"] or 0), MONTHS[said["month"] or ""]
    last = int(said.get("until") or first)

    def of_year(year: int) -> Days:
        return Days(date(year, month, first), date(year, month, last))

    found = _dated(said, of_year, today, "day")
    if not said.get("week"):
        return found
    return Stretch(cal.week_of(found.days.first), found.firmness, "week")


def month_of(said: Said, today: date) -> Stretch:
    """A month or a part of it: January 2024, late March, mars de l'an dernier."""
    number = MONTHS[said["month"] or ""]
    part = PARTS.get(said.get("part") or "")

    def of_year(year: int) -> Days:
        whole = cal.months(year, number, 1)
        return cal.third(whole, part) if part else whole

    return _dated(said, of_year, today, "part" if part else "month")


def quarter_of(said: Said, today: date) -> Stretch:
    """A quarter by its number."""
    ordinal = _ordinal(said)
    return _dated(said, lambda year: cal.months(year, 3 * ordinal - 2, 3), today, "quarter")


def half_of(said: Said, today: date) -> Stretch:
    """A half of a year."""
    ordinal = _ordinal(said)
    return _dated(said, lambda year: cal.months(year, 6 * ordinal - 5, 6), today, "quarter")


def season_of(said: Said, today: date) -> Stretch:
    """A season of a year; a winter is named by the year it begins in."""
    return _dated(said, _season(said["season"] or ""), today, "season")


def year_of(said: Said, _today: date) -> Stretch:
    """A year, or a part of it."""
    days = cal.year_of(date(int(said["year"] or 0), 1, 1))
    part = PARTS.get(said.get("part") or "")
    return Stretch(cal.third(days, part) if part else days, "bare", "year")


def decade_of(said: Said, _today: date) -> Stretch:
    """Ten years: the 1990s, les années 90."""
    year = int(said["decade"] or 0)
    return Stretch(cal.decade_of(date(year if year > 99 else 1900 + year, 1, 1)), "bare", "decade")


def numeric_date(said: Said, _today: date) -> Stretch:
    """2024-05-12, 2024-05 or 12/05/2024."""
    year, month = int(said["year"] or 0), int(said["number"] or 0)
    if not said.get("day"):
        return Stretch(cal.months(year, month, 1), unit="month")
    return Stretch(cal.day_of(date(year, month, int(said["day"] or 0))))


def rolling(said: Said, today: date) -> Stretch:
    """So many units back from today, today among them: the past three days."""
    unit = UNITS[said["unit"] or ""]
    return Stretch(Days(cal.back(today, _count(said, unit), unit), today), unit=unit)


def ago(said: Said, today: date) -> Stretch:
    """The day, week, month or year that lies so many back."""
    unit = UNITS[said["unit"] or ""]
    if said["count"] in _VAGUE:
        return rolling(said, today)
    around = cal.back(today, _count(said, unit), unit)
    firmness: Firmness = "bare" if unit in ("year", "decade") else "firm"
    return Stretch(cal.AROUND.get(unit, cal.day_of)(around), firmness, unit)


def last_unit(said: Said, today: date) -> Stretch:
    """The calendar unit before the present one; `before` sets it back once more."""
    unit = UNITS[said["unit"] or ""]
    around = cal.back(today, 2 if said.get("before") else 1, unit)
    return Stretch(cal.AROUND[unit](around), unit=unit)


def this_unit(said: Said, today: date) -> Stretch:
    """The present calendar unit up to today."""
    unit = UNITS[said["unit"] or ""]
    days = cal.AROUND[unit](today)
    if unit == "weekend" and days.first > today:
        return Stretch(cal.weekend_of(today - timedelta(days=7)), "recent", unit)
    return Stretch(Days(days.first, min(days.last, today)), "running", unit)


def this_season(said: Said, today: date) -> Stretch:
    """The season of the present year, up to today."""
    days = cal.latest_begun(_season(said["season"] or ""), today)
    return Stretch(Days(days.first, min(days.last, today)), "running", "season")


def last_named(said: Said, today: date) -> Stretch:
    """The last Monday, March or summer that is over."""
    name = said["name"] or ""
    if name in WEEKDAYS:
        return Stretch(_weekday_before(name, today))
    if name in SEASONS:
        return Stretch(cal.latest_over(_season(name), today), unit="season")
    over = cal.latest_over(lambda year: cal.months(year, MONTHS[name], 1), today)
    return Stretch(over, unit="month")


def weekday_of(said: Said, today: date) -> Stretch:
    """The last day of a name before today."""
    return Stretch(_weekday_before(said["weekday"] or "", today), "recent")


def days_ago(count: int) -> Maker:
    """A maker of the day so many before today."""
    return lambda _said, today: Stretch(cal.day_of(today - timedelta(days=count)))


def last_night(_said: Said, today: date) -> Stretch:
    """Yesterday's evening and today's morning."""
    return Stretch(Days(today - timedelta(days=1), today))


def of_today(_said: Said, today: date) -> Stretch:
    """Today, which may also mean nowadays."""
    return Stretch(cal.day_of(today), "recent")


_VAGUE: Final = ("few", "several", "quelques", "plusieurs")


def _count(said: Said, unit: str) -> int:
    count = said.get("count") or ""
    if count.isdigit():
        return int(count)
    return NUMBERS.get(count) or (FEW.get(unit, 3) if count or said.get("plural") else 1)


def _ordinal(said: Said) -> int:
    ordinal = said["ordinal"] or ""
    return int(ordinal) if ordinal.isdigit() else ORDINALS[ordinal]


def _season(name: str) -> Callable[[int], Days]:
    return lambda year: cal.months(year, SEASONS[name], 3)


def _weekday_before(name: str, today: date) -> Days:
    gap = (today.weekday() - WEEKDAYS[name] - 1) % 7 + 1
    return cal.day_of(today - timedelta(days=gap))


def _dated(said: Said, of_year: Callable[[int], Days], today: date, unit: str) -> Stretch:
    """Days of the year that was said, else the last time that they had begun."""
    if year := said.get("year"):
        return Stretch(of_year(int(year)), unit=unit)
    if said.get("last"):
        return Stretch(of_year(today.year - 1), unit=unit)
    if said.get("this"):
        return Stretch(of_year(today.year), unit=unit)
    return Stretch(cal.latest_begun(of_year, today), "recent", unit)
