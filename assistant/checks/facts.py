"""What a text states that can be held against another: figures, dates and times of day."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from assistant.checks.bearing import bears_out, resolve_moments
from assistant.checks.clocks import Clock, same_clock, take_clocks
from assistant.checks.digits import digits_for_words
from assistant.checks.figures import Figure, figures_in, is_borne_out
from assistant.checks.moments import Moment, take_moments
from ingest.dates import NewsDate

Lack = Literal["figure", "date"]

_SMALL = (1, 2)  # what one language counts, another says with an article or "both"


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures, dates and times of a text."""

    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    clocks: tuple[Clock, ...]


@lru_cache(maxsize=4096)
def read_facts(text: str, language: str, published: NewsDate | None = None) -> Facts:
    """The facts of a text; with a date of publication its dates are resolved by that."""
    plain = digits_for_words(text, language)
    moments, undated = take_moments(plain, language)
    clocks, rest = take_clocks(undated)
    resolved = resolve_moments(moments, plain, published)
    return Facts(figures_in(rest, language), resolved, clocks)


def join_facts(all_facts: Iterable[Facts]) -> Facts:
    """The facts of several texts as those of one."""
    known = list(all_facts)
    return Facts(
        tuple(figure for facts in known for figure in facts.figures),
        tuple(moment for facts in known for moment in facts.moments),
        tuple(clock for facts in known for clock in facts.clocks),
    )


def lacks(written: Facts, held: Facts) -> tuple[Lack, ...]:
    """What of the written facts the held ones do not bear out, a word for each."""
    figures = [one for one in written.figures if not _holds_figure(one, held)]
    clocks = [one for one in written.clocks if not _holds_clock(one, held)]
    moments = [one for one in written.moments if not bears_out(one, held.moments)]
    lacking: list[Lack] = ["figure"] * (len(figures) + len(clocks))
    lacking += ["date"] * len(moments)
    return tuple(lacking)


def _holds_figure(figure: Figure, held: Facts) -> bool:
    """Whether a figure is held, or is the year of a date or an hour there."""
    if figure.value in _SMALL and figure.unit in ("", "rank"):
        return True
    years = (Figure(Fraction(moment.year)) for moment in held.moments if moment.year)
    hours = (Figure(Fraction(clock.hour)) for clock in held.clocks if not clock.minute)
    return is_borne_out(figure, (*held.figures, *years, *hours))


def _holds_clock(clock: Clock, held: Facts) -> bool:
    if not clock.minute and any(one.value == clock.hour % 12 for one in held.figures):
        return True
    return any(same_clock(clock, other) for other in held.clocks)
