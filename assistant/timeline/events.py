"""Sentences that tell the same event become one event, however many papers printed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.conversation.slots import slots_of
from assistant.names import mentions
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.sentences import Span
from ingest.stories import Copy

# Cosines of two sentences of one date, seen in the demonstration archive.
_SAME = 0.55  # that tell the same
_SAME_DAY = 0.45  # that do where both say themselves on which day it was
_RELATED = 0.3  # that do where they name the same people and places too
_NAMES = 2  # that two sentences must share then
_SLACK = timedelta(days=1)  # a paper prints tomorrow what happened today


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of an event."""

    article: Article
    span: Span
    date: NewsDate | None
    dated: bool  # by its own words, and not by its publication
    score: float
    vector: NDArray[np.float32]
    copies: tuple[Copy, ...] = ()

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.article.text[slice(*self.span)]

    @property
    def names(self) -> list[str]:
        """Whom and what it names."""
        return [slot.text for slot in slots_of(self.text) if slot.kind != "time"]


@dataclass(frozen=True)
class Event:
    """What happened once, and who tells it, the best telling first."""

    tellings: tuple[Telling, ...]

    @cached_property
    def date(self) -> NewsDate | None:
        """When: as a telling says itself, else as the earliest was printed."""
        dated = [one.date for one in self.tellings if one.dated and one.date]
        dates = dated or [one.date for one in self.tellings if one.date]
        return min(
            dates, key=lambda day: (day.last_day - day.first_day, day.first_day), default=None
        )

    @property
    def weight(self) -> float:
        """How much it matters: how near it is to the topic, and how many tell it."""
        return self.tellings[0].score + 0.1 * (len(self.sources) - 1)

    @property
    def sources(self) -> frozenset[str]:
        """Ids of the articles that tell it."""
        return frozenset(one.article.id for one in self.tellings)


def _vagueness(day: NewsDate) -> tuple[timedelta, date]:
    return day.last_day - day.first_day, day.first_day


def group_tellings(tellings: Sequence[Telling]) -> list[Event]:
    """Events, the weightiest first; the tellings of each best first."""
    groups: list[list[Telling]] = []
    for one in sorted(tellings, key=lambda telling: -telling.score):
        same = next((group for group in groups if tell_the_same(group[0], one)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return sorted((Event(tuple(group)) for group in groups), key=lambda event: -event.weight)


def tell_the_same(one: Telling, other: Telling) -> bool:
    """Whether two sentences tell one event: dates that agree, and words or names in common."""
    if not _dates_agree(one, other):
        return False
    likeness = float(one.vector @ other.vector)
    shared = sum(mentions(name, other.text) for name in set(one.names))
    enough = _SAME_DAY if one.dated and other.dated else _SAME
    return likeness >= enough or (likeness >= _RELATED and shared >= _NAMES)


def _dates_agree(one: Telling, other: Telling) -> bool:
    if one.date is None or other.date is None:
        return one.date is other.date
    slack = timedelta() if one.dated and other.dated else _SLACK
    first, second = sorted((one.date, other.date), key=lambda day: day.first_day)
    return second.first_day <= first.last_day + slack
