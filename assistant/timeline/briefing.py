"""The few points about a topic that matter most, by whom or what they share, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Searched
from assistant.names import mentions
from assistant.query import Language, Query
from assistant.timeline.events import Event
from assistant.timeline.making import Entry, find_events, number_entries
from ingest.archive import Archive

_EVENTS = 12  # weightiest ones that points are chosen from
_SECTIONS = 3  # with a name of their own, before the rest
_POINTS = 3  # of a section


@dataclass(frozen=True, slots=True)
class Section:
    """Points that share a name; those that share none have ""."""

    about: str
    points: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What matters most about a topic, each point in the words of the articles."""

    topic: str
    language: Language
    sections: tuple[Section, ...]
    searched: Searched

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every quote, in the order of its number."""
        points = (point for section in self.sections for point in section.points)
        return tuple(each for point in points for each in point.citations)


def make_briefing(query: Query, archive: Archive, searched: Searched) -> Briefing:
    """The briefing on a query's topic."""
    groups = list(group_by_name(query.subject, find_events(query, archive)[:_EVENTS]))
    chosen = [(about, sorted(events, key=_age)[:_POINTS]) for about, events in groups]
    entries = iter(list(number_entries([event for _, events in chosen for event in events])))
    sections = [
        Section(about, tuple(next(entries) for _ in events)) for about, events in chosen if events
    ]
    return Briefing(query.text, query.language, tuple(sections), searched)


def group_by_name(topic: str, events: Sequence[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Events by the name that most of them share, then by the next; last those that share none."""
    left = list(events)
    for _ in range(_SECTIONS):
        shared = {name: _naming(name, left) for name in _names(left) if not mentions(name, topic)}
        name = max(shared, key=lambda each: (len(shared[each]), len(each)), default="")
        if len(shared.get(name, [])) < 2:  # one event alone shares nothing
            break
        yield name, shared[name]
        left = [event for event in left if event not in shared[name]]
    yield "", left


def _names(events: Sequence[Event]) -> list[str]:
    return list(dict.fromkeys(name for event in events for name in event.tellings[0].names))


def _naming(name: str, events: Sequence[Event]) -> list[Event]:
    return [event for event in events if mentions(name, event.tellings[0].text)]


def _age(event: Event) -> int:
    """Less for what is newer; what nobody dates comes last."""
    return -event.date.last_day.toordinal() if event.date else 0
