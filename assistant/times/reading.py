"""Which days a question limits its answer to, in its own words; docs/retrieval.md has the rule."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.times.asked import Asked
from assistant.times.english import ENGLISH
from assistant.times.finding import find_limit
from assistant.times.french import FRENCH
from ingest.periods import Period

_GRAMMARS: Final = {"en": ENGLISH, "fr": FRENCH}


@dataclass(frozen=True, slots=True)
class Window:
    """Days that an article's publication has to touch, and the words that say so."""

    period: Period
    why: str  # words of the question; empty where the days were chosen by other means


@dataclass(frozen=True, slots=True)
class Times:
    """What a question says about time."""

    window: Window | None
    rest: str  # the question without the words that made the window
    newest: bool  # it wants the newest of what fits
    now: bool  # it asks how things stand


def read_times(question: str, *, today: date, language: Literal["en", "fr"]) -> Times:
    """Read the expressions of time in a question of one of both languages."""
    asked = Asked(question, _GRAMMARS[language], today)
    newest = asked.says(asked.grammar.newest)
    now = newest or asked.says(asked.grammar.now)
    limit = find_limit(asked)
    if limit is None:
        return Times(None, question, newest, now)
    before, after = question[: limit.start], question[limit.end :]
    rest = " ".join(f"{before} {after}".split())
    why = question[limit.start : limit.end].strip()
    left = rest if re.search(r"\w\w", rest) else question
    return Times(Window(limit.period, why), left, newest, now)
