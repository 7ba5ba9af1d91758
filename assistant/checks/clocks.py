"""The times of day of a text: 22 h 50, 22:50 and 10:50 p.m. are one."""

import re
from dataclasses import dataclass

_CLOCK = re.compile(
    r"\b(?P<hour>[0-2]?\d)(?: ?h ?(?P<minutes>[0-5]\d)?\b|:(?P<minute>[0-5]\d)\b)"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"|\b(?P<hour2>1?\d)(?:\.(?P<minute2>[0-5]\d))? ?(?P<half2>[ap])\.?m\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; sure where the text tells the halves of a day apart."""

    hour: int
    minute: int = 0
    sure: bool = False


def take_clocks(plain: str) -> tuple[tuple[Clock, ...], str]:
    """The times of day of a text whose numbers are digits, and the text without them."""
    return tuple(_read(match) for match in _CLOCK.finditer(plain)), _CLOCK.sub("…", plain)


def same_clock(one: Clock, other: Clock) -> bool:
    """Whether two times of day are one; without its half a time may be either."""
    if one.minute != other.minute:
        return False
    either = not (one.sure and other.sure) and one.hour % 12 == other.hour % 12
    return one.hour == other.hour or either


def _read(match: re.Match[str]) -> Clock:
    hour = int(match["hour"] or match["hour2"])
    minute = int(match["minutes"] or match["minute"] or match["minute2"] or 0)
    half = (match["half"] or match["half2"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(hour, minute, bool(half) or hour > 12)
