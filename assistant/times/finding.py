"""The words of a question that limit its answer to days of publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assistant.times.asked import Asked
from assistant.times.grammar import kept
from assistant.times.names import WEEKDAYS, WHOLE_MONTHS, one_of
from assistant.times.stretches import Stretch
from ingest.periods import Period

_FRESH = timedelta(days=14)  # news of an event so near can't be older than the event
_DAY = timedelta(days=1)
_BETWEEN = len(" and ")  # letters between two bounds that belong together
_NEEDS_PLACING: Final = ("month", "quarter", "season")  # without a year: in March, not March
_DATED = re.compile(rf"\d|quarter|\b(?:{one_of(WHOLE_MONTHS)}|{one_of(WEEKDAYS)})\b")
_PLANET = re.compile(r"(?<!\d )\bMars\b")  # French writes months small


@dataclass(frozen=True, slots=True)
class Limit:
    """Words of a question, by their place, and the days they allow."""

    start: int
    end: int
    period: Period


def find_limit(asked: Asked) -> Limit | None:
    """The words that limit a question, the plainest first; no limit begins in the future."""
    for limits in (_ranges(asked), _bounds(asked), _points(asked)):
        for limit in limits:
            if not limit.period.first or limit.period.first <= asked.today:
                return limit
    return None


def _ranges(asked: Asked) -> Iterator[Limit]:
    """From one stretch to another: between March and May 2022, January and February."""
    *plain, joined = asked.grammar.ranges
    for pattern in (*plain, joined):
        for match in asked.find(pattern):
            last = asked.stretch(match["two"])
            first = asked.stretch(match["one"])
            if first and last and first.firmness == "recent":
                first = asked.stretch(match["one"], last.days.last)
            if not first or not last or first.days.first > last.days.last:
                continue
            if _is_sure(last, match, asked, placed=pattern != joined):
                yield Limit(*match.span(), Period(first.days.first, last.days.last))


def _bounds(asked: Asked) -> Iterator[Limit]:
    """Since, after, before or until a stretch; both ends where both are named."""
    since = next(_since(asked), None)
    until = next(_until(asked), None)
    if since and until and since[1] <= until[1]:
        (opened, first), (closed, last) = since, until
        start, end = min(opened.start(), closed.start()), max(opened.end(), closed.end())
        if end - start <= len(opened[0]) + len(closed[0]) + _BETWEEN:
            yield Limit(start, end, Period(first, last))
    if since:
        yield Limit(*since[0].span(), Period(since[1], None))
    if until:
        yield Limit(*until[0].span(), Period(None, until[1]))


Bound = tuple[re.Match[str], date]


def _since(asked: Asked) -> Iterator[Bound]:
    for words, after in ((asked.grammar.since, False), (asked.grammar.after, True)):
        for match in asked.find(f"(?:{words}) ONE"):
            stretch = asked.stretch(match["one"])
            if stretch and _is_whole(match, asked) and not (after and stretch.firmness == "bare"):
                yield match, stretch.days.last + _DAY if after else stretch.days.first


def _until(asked: Asked) -> Iterator[Bound]:
    for words, before in ((asked.grammar.before, True), (asked.grammar.until, False)):
        for match in asked.find(f"(?:{words}) ONE"):
            stretch = asked.stretch(match["one"])
            if stretch and _is_sure(stretch, match, asked, placed=True):
                yield match, stretch.days.first - _DAY if before else stretch.days.last


def _points(asked: Asked) -> Iterator[Limit]:
    """In one stretch: last week, in January 2024; or since it, where it says which event."""
    for match in asked.find(f"(?:(?:{asked.grammar.within}) )?ONE"):
        stretch = asked.stretch(match["one"])
        if stretch is None:
            continue
        if _says_which(match, asked) and not _is_of_news(match, asked):
            if stretch.firmness == "firm" and stretch.days.first >= asked.today - _FRESH:
                yield Limit(match.start(), _end(match, asked), Period(stretch.days.first, None))
        elif _is_sure(stretch, match, asked, placed=match["one"] != match[0]):
            yield Limit(match.start(), _end(match, asked), Period(*stretch.days))


def _end(match: re.Match[str], asked: Asked) -> int:
    """Where an expression ends, its possessive with it."""
    return match.end() + 2 * asked.letters.startswith("'s", match.end())


def _is_sure(stretch: Stretch, match: re.Match[str], asked: Asked, *, placed: bool) -> bool:
    """Whether a stretch speaks of publication: see `Firmness`."""
    if not _is_whole(match, asked) or (not placed and _is_tied(match, asked)):
        return False
    if _is_of_news(match, asked):
        return True
    if stretch.firmness == "running":
        return not asked.elsewhen
    if stretch.firmness == "recent":
        return asked.of_the_past and (placed or stretch.unit not in _NEEDS_PLACING)
    return stretch.firmness == "firm"


def _is_of_news(match: re.Match[str], asked: Asked) -> bool:
    """Whether the news of those days is asked for: articles from 2024, yesterday's headlines."""
    if asked.letters.startswith("'s", match.end()):
        named = kept(rf"'s (?:{asked.grammar.news})\b")
        return bool(named.match(asked.letters, match.end()))
    return asked.asks_for_news(match.start())


def _says_which(match: re.Match[str], asked: Asked) -> bool:
    """Whether a stretch tells one event from others: last week's strike, le match d'hier."""
    before = asked.letters[: match.start()]
    linked = kept(rf"(?:^|[\s(])(?:{asked.grammar.linked}) ?$").search(before)
    return bool(linked) or asked.letters.startswith("'s", match.end())


def _is_tied(match: re.Match[str], asked: Asked) -> bool:
    """Whether the word before makes a stretch something else: every Monday, plans for 2024."""
    before, words = asked.letters[: match.start()], asked.grammar.tied
    words += "|" + asked.grammar.aimed if _DATED.search(match[0]) else ""
    return bool(kept(rf"(?:^|[\s(])(?:{words}) ?$").search(before))


def _is_whole(match: re.Match[str], asked: Asked) -> bool:
    """Whether a stretch is no part of a name: the planet Mars, the January 2024 report."""
    if match.start() and _PLANET.search(asked.question[match.start() : match.end()]):
        return False
    after = re.match(r"[ /]\w", asked.letters[match.end() :])
    if not after or not _DATED.search(match[0]):
        return True
    goes_on = kept(rf" (?:{asked.grammar.goes_on})(?![\w-])")
    return bool(goes_on.match(asked.letters, match.end()))
