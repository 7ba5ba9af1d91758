"""The figures of a text as values: 2.5 million, 2,5 millions and 2 500 000 are one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assistant.checks.digits import parse_number

Unit = Literal["", "%", "€", "$", "£", "¥", "part", "rank"]

_NUMBER = re.compile(
    r"(?<![\w.,])(?<![^\W\d]-)(?P<before>[€$£¥] ?)?"
    r"(?P<count>\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:(?P<rank>(?:st|nd|rd|th|er|ère|re|e|ème|eme|nde?)\b)|(?![\w]))"
    r"(?P<after> ?%| ?[€$£¥]"
    r"| (?:d['e] ?)?(?:euros?|dollars?|livres sterling|pounds?(?! of)|yens?)\b)?",
    re.IGNORECASE,
)
_CURRENCIES = {"eur": "€", "dol": "$", "liv": "£", "pou": "£", "yen": "¥"}
_PARTS = (
    (re.compile(r"\b(?:half|halves|moitié)\b(?! past)", re.IGNORECASE), Fraction(1, 2)),
    (re.compile(r"\b(?P<n>\d+ )(?:tiers|3rds?)\b"), Fraction(1, 3)),
    (re.compile(r"\b(?:a|one) 3rd(?= of\b)", re.IGNORECASE), Fraction(1, 3)),
    (re.compile(r"\b(?:un|le|du) tiers\b", re.IGNORECASE), Fraction(1, 3)),
    (re.compile(r"\b(?P<n>\d+)[ -](?:quarts?|quarters?)\b(?! d'heure)"), Fraction(1, 4)),
    (
        re.compile(r"\b(?:an?|one|le|du|un) (?:quart|quarter)\b(?! d'heure)", re.I),
        Fraction(1, 4),
    ),
)
_ROMAN = re.compile(r"\b([XVI]+)(?=e siècle)")
_ROMANS = {"XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21}
_TO = re.compile(r" ?(?:[-–—]|to|à|and|et|or|ou) ?")
ROUGHLY = (
    r"about|around|some|nearly|almost|roughly|over|under|more than|less than|at least|up to"
    r"|approximately|close to|an estimated|environ|près d['e]|presque|quelque"
    r"|plus d['e]|moins d['e]|au moins|jusqu'à|à peu près|autour d['e]"
)
DETERMINER = r"(?: an?| the| une?| les?| la)?"
_ABOUT = re.compile(rf"\b(?:{ROUGHLY}){DETERMINER}\s*$", re.IGNORECASE)
# How far a rounding may be off: with a word such as "about", and without.
_HEDGED, _BARE = Fraction(1, 10), Fraction(1, 20)
_COUNTED_OUT = 100  # below it nobody rounds without such a word
_COUNTED = re.compile(r"[\s.]*((?:[^\W\d_]['’]?[-\w]*\s*){1,4})")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that a text states, what it counts, and whether it says so only roughly."""

    value: Fraction
    unit: Unit = ""
    about: bool = False
    counted: str = ""  # the words after it

    @property
    def digits(self) -> int:
        """Digits that are known: 61,000 has two."""
        return len(str(self.value.numerator).rstrip("0")) if self.value.denominator == 1 else 9


def figures_in(plain: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text whose numbers are digits; 1 is an article more often than a figure."""
    parts, rest = _take_parts(_ROMAN.sub(lambda roman: str(_ROMANS.get(roman[1], 0)), plain))
    found = [_read(match, rest, language) for match in _NUMBER.finditer(rest)]
    spread = _spread_units(found, list(_NUMBER.finditer(rest)), rest)
    return (*parts, *(figure for figure in spread if figure.value != 1 or figure.unit))


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same: half is 50 %, and what has no unit may have any but %."""
    if "part" in (one.unit, other.unit) and "%" in (one.unit, other.unit):
        return abs(_share(one) - _share(other)) < Fraction(1, 100)
    if one.value != other.value:
        return False
    if "part" in (one.unit, other.unit) or "%" in (one.unit, other.unit):
        return one.unit == other.unit
    return one.unit == other.unit or not {one.unit, other.unit}.isdisjoint(("", "rank"))


def rounds(rough: Figure, exact: Figure) -> bool:
    """Whether the first is the second with fewer digits: 1,200 for 1,187."""
    units = {rough.unit, exact.unit} - {""}
    if len(units) > 1 or not exact.value or rough.digits >= exact.digits:
        return False
    if not rough.about and rough.value < _COUNTED_OUT:
        return False
    return abs(rough.value - exact.value) <= exact.value * (_HEDGED if rough.about else _BARE)


def is_borne_out(written: Figure, held: Iterable[Figure]) -> bool:
    """Whether one of the held figures says what is written; a rough one may be rounded."""
    return any(
        same_figure(written, figure) or (written.about and rounds(written, figure))
        for figure in held
    )


def _share(figure: Figure) -> Fraction:
    return figure.value / 100 if figure.unit == "%" else figure.value


def _take_parts(text: str) -> tuple[list[Figure], str]:
    """Halves, thirds and quarters, and the text without them."""
    parts = []
    for pattern, share in _PARTS:
        for match in pattern.finditer(text):
            times = int(match["n"]) if "n" in pattern.groupindex else 1
            parts.append(Figure(share * times, "part"))
        text = pattern.sub("…", text)
    return parts, text


def _read(match: re.Match[str], text: str, language: str) -> Figure:
    value = parse_number(match["count"], language)
    counted = _COUNTED.match(text, match.end())
    return Figure(
        value,
        _unit(match),
        _ABOUT.search(text, max(0, match.start() - 30), match.start()) is not None,
        counted[1].strip() if counted else "",
    )


def _unit(match: re.Match[str]) -> Unit:
    sign = ((match["before"] or "") + (match["after"] or "")).strip().lower()
    sign = re.sub(r"^d['e] ?", "", sign)
    for unit in ("%", "€", "$", "£", "¥"):
        if unit in sign or _CURRENCIES.get(sign[:3]) == unit:
            return unit
    return "rank" if match["rank"] else ""


def _spread_units(found: list[Figure], matches: list[re.Match[str]], text: str) -> Iterator[Figure]:
    """Figures, the lower end of a range with the unit of the upper."""
    for place, figure in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        between = text[matches[place].end() : matches[place + 1].start()] if after else ""
        if after and not figure.unit and after.unit != "rank" and _TO.fullmatch(between):
            yield replace(figure, unit=after.unit, counted=after.counted)
        else:
            yield figure
