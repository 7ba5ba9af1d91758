"""Expressions of time in a question, as a window over the days of publication."""

from assistant.times.reading import Times, Window, read_times
from assistant.times.today import today_in

__all__ = ["Times", "Window", "read_times", "today_in"]
