"""Evidence within the days of a query; the newest first where that is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.evidence import Evidence
from assistant.names import mentions, names_in
from assistant.outcome import judge
from assistant.query import Query
from assistant.times import Window
from ingest.periods import Period

_LOOK_BACK = (7, 30, 365)  # days before the newest article in which the newest that fits is sought
_FITS = 0.7  # of the likeness of the best passage: what is less like the question is another story
_STEP = 0.3  # of score for each day that is newer: more than what sets two quotes apart

Find = Callable[[Query], list[Evidence]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence for a query, and whether all of it was published outside its days."""

    evidence: list[Evidence]
    outside: bool = False


def gather(query: Query, find: Find, newest: date | None) -> Gathered:
    """The best passages within the query's days; where none of them answers, what lies outside.

    `newest` is the day of the newest article.
    """
    found = find(query)
    if query.times.newest:
        found = _newest_first(query, found, find, newest or query.today)
    period = query.period
    if period is None or judge(query, found).status == "answered":
        return Gathered(found)
    anywhere = find(replace(query, times=replace(query.times, window=None)))
    outside = [one for one in anywhere if not period.covers(one.article.published)]
    if outside and (not found or judge(query, outside).status == "answered"):
        return Gathered(_nearest_first(query, outside, period), outside=True)
    return Gathered(found)


def _nearest_first(query: Query, outside: Sequence[Evidence], period: Period) -> list[Evidence]:
    """What fits as well as the best, by how near its day lies to a period; then the rest."""
    fits = _fitting(query, outside)
    near = _rank([one for one in outside if fits(one)], lambda one: -_days_apart(one, period))
    return _renumber([*near, *(one for one in outside if not fits(one))])


def _days_apart(one: Evidence, period: Period) -> int:
    """Days between an article and a period; one that nobody dates is the farthest."""
    if one.article.published is None:
        return date.max.toordinal()
    first, last = one.article.published.first_day, one.article.published.last_day
    after = (first - period.last).days if period.last else 0
    before = (period.first - last).days if period.first else 0
    return max(after, before, 0)


def _newest_first(
    query: Query, found: Sequence[Evidence], find: Find, newest: date
) -> list[Evidence]:
    """Passages that fit as well as the best, by their day; then the others.

    A long story may have crowded its newest chapter out: that is sought in the last days alone.
    """
    fits = _fitting(query, found)
    lately = (list(filter(fits, find(within))) for within in _lately(query, newest))
    recent = next(filter(None, lately), [])
    known = {(one.article.id, one.passage.start) for one in recent}
    others = [one for one in found if (one.article.id, one.passage.start) not in known]
    ranked = _rank([*recent, *filter(fits, others)], lambda one: _day(one).toordinal())
    rest = [one for one in others if not fits(one)]
    return _renumber([*ranked, *rest])[: len(found)]


def _fitting(query: Query, found: Sequence[Evidence]) -> Callable[[Evidence], bool]:
    """Whether a passage fits as well as the best of those found, and names what they name."""
    names = _names_found(query, found)
    least = _FITS * max((one.likeness for one in found), default=0.0)

    def fits(one: Evidence) -> bool:
        text = f"{one.article.title} {one.text}"
        return one.likeness >= least and all(mentions(name, text) for name in names)

    return fits


def _names_found(query: Query, found: Sequence[Evidence]) -> list[str]:
    """Names of the question that a passage mentions."""
    texts = [f"{one.article.title} {one.text}" for one in found]
    names = names_in(query.subject)
    return [name for name in names if any(mentions(name, text) for text in texts)]


def _lately(query: Query, newest: date) -> list[Query]:
    """The query within the last days, and within more and more of them."""
    period = query.period or Period(None, None)
    last = min(period.last or newest, newest, query.today)
    firsts = [max(period.first or date.min, last - timedelta(days=days)) for days in _LOOK_BACK]
    return [
        replace(query, times=replace(query.times, window=Window(Period(first, last), "")))
        for first in firsts
    ]


def _rank(fitting: Sequence[Evidence], place: Callable[[Evidence], int]) -> list[Evidence]:
    """The highest place first, by score within one; its scores stand clear of the next."""
    places = sorted({place(one) for one in fitting})
    raised = [replace(one, score=one.score + _STEP * places.index(place(one))) for one in fitting]
    return sorted(raised, key=lambda one: (place(one), one.score), reverse=True)


def _day(one: Evidence) -> date:
    return one.article.published.first_day if one.article.published else date.min


def _renumber(ranked: Sequence[Evidence]) -> list[Evidence]:
    return [replace(one, number=place) for place, one in enumerate(ranked, start=1)]
