"""A topic's events in the order they happened, each in the words of the articles."""

from assistant.timeline.briefing import Briefing, Section, make_briefing
from assistant.timeline.making import Entry, Timeline, make_timeline
from assistant.timeline.showing import (
    briefing_as_answer,
    briefing_as_json,
    briefing_as_markdown,
    timeline_as_answer,
    timeline_as_json,
    timeline_as_markdown,
)

__all__ = [
    "Briefing",
    "Entry",
    "Section",
    "Timeline",
    "briefing_as_answer",
    "briefing_as_json",
    "briefing_as_markdown",
    "make_briefing",
    "make_timeline",
    "timeline_as_answer",
    "timeline_as_json",
    "timeline_as_markdown",
]
