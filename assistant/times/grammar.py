"""What a language's way of speaking of time is made of, and the dates that both share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final

from assistant.times import stretches as makers
from assistant.times.names import MONTHS, PARTS, SEASONS, WEEKDAYS, WHOLE_MONTHS, one_of
from assistant.times.stretches import Maker, Stretch

_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_MONTH = f"(?P<month>{one_of(MONTHS)})"
_WHOLE_MONTH = f"(?P<month>{one_of(WHOLE_MONTHS)})"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY = rf"(?P<day>{_NUMBER})(?!\d)(?:st|nd|rd|th|er)?"
_TO = r"(?: (?:to|and|until|through|au|et le) (?:the )?| ?- ?)"
_UNTIL = rf"{_TO}(?P<until>{_NUMBER})(?!\d)(?:st|nd|rd|th)?"
_WEEK = "(?P<week>(?:the )?week (?:of|beginning) |(?:la )?semaine du )?"
_WEEKDAY = f"(?:(?:{one_of(WEEKDAYS)}),? )?"
_PART = (
    f"(?:(?:the |le |la )?(?P<part>{one_of(PARTS)})"
    "(?: of | du mois de | d'| de |[ -])(?:l'annee )?)?"
)
_LAST = "(?P<last>(?: of)? last year| de l'an(?:nee)? (?:derniere?|passee?))"
_THIS = "(?P<this>(?: of)? this year| de cette annee)"
_OF_YEAR = f"(?:(?: of|,| de| de l'annee)? {_YEAR}|{_LAST}|{_THIS})"

# Dates of the calendar, the longest first.
DATES: Final[Mapping[str, Maker]] = {
    rf"{_YEAR}-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?": makers.numeric_date,
    rf"(?:le )?(?P<day>\d\d?)/(?P<number>\d\d?)/{_YEAR}": makers.numeric_date,
    rf"(?:from |between |du |entre le ){_DAY}{_UNTIL} {_MONTH}{_OF_YEAR}?": makers.date_of,
    f"(?:from |between ){_MONTH} {_DAY}{_UNTIL}{_OF_YEAR}?": makers.date_of,
    f"{_WEEK}{_WEEKDAY}(?:the |le )?{_DAY}(?:{_UNTIL})?(?: of)? {_MONTH}{_OF_YEAR}?": (
        makers.date_of
    ),
    f"{_WEEK}{_WEEKDAY}{_MONTH} (?:the )?{_DAY}(?:{_UNTIL})?{_OF_YEAR}?": makers.date_of,
    f"{_PART}{_MONTH}{_OF_YEAR}": makers.month_of,
    f"{_PART}{_WHOLE_MONTH}": makers.month_of,
    f"(?:the |le |l')?(?P<season>{one_of(SEASONS)}){_OF_YEAR}": makers.season_of,
    f"{_PART}(?:the year |l'an(?:nee)? )?{_YEAR}": makers.year_of,
    r"(?:the )?(?P<decade>(?:1[89]|20)\d0)s": makers.decade_of,
    r"(?:les )?annees (?P<decade>(?:(?:19|20)\d|[1-9])0)": makers.decade_of,
}


@dataclass(frozen=True)
class Grammar:
    """How a language speaks of time, as patterns over its letters without diacritics."""

    stretches: Mapping[str, Maker]
    weekday: str
    ranges: tuple[str, ...]  # with ONE and TWO for the stretches at both ends
    since: str
    after: str
    before: str
    until: str
    within: str  # words that place a question in a stretch
    linked: str  # words that make a stretch say which: the strike of last week
    tied: str  # words that make it something else: every Monday, her last year
    aimed: str  # words that do so before a date: plans for 2024
    goes_on: str  # what may follow a date that is no part of a name
    news: str  # articles or news are asked for
    past: str  # what has happened is asked for
    elsewhen: str  # what is to come is asked for, or what had been
    newest: str
    now: str
    fragment: str  # how a question begins that leans on the one before

    @cached_property
    def patterns(self) -> Mapping[str, Maker]:
        """Everything that names a stretch."""
        return {**self.stretches, **DATES, self.weekday: makers.weekday_of}

    @cached_property
    def named(self) -> str:
        """One pattern without groups for whatever names a stretch."""
        whole = "|".join(self.patterns)
        return "(?:" + re.sub(r"\(\?P<\w+>", "(?:", whole) + ")"

    def parse(self, words: str, today: date) -> Stretch | None:
        """The stretch that words name as a whole; None where no calendar has it."""
        for pattern, maker in self.patterns.items():
            if match := kept(pattern).fullmatch(words):
                try:
                    return maker(match.groupdict(), today)
                except (ValueError, OverflowError, StopIteration):
                    continue
        return None


@cache
def kept(pattern: str) -> re.Pattern[str]:
    """A pattern of a grammar, compiled once.

    Python remembers 512 patterns: those made of the names in questions push these out, and to
    compile a grammar again takes half a second.
    """
    return re.compile(pattern)
