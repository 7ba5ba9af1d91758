"""What is marked as the answer: a figure with its bounds and with what it counts.

A reader that SQuAD has taught takes "40" for the answer where the article says "just over 40
percent"; but a figure without its bounds is not what was printed.
"""

import re
from collections.abc import Iterator

from assistant.checks.figures import DETERMINER, ROUGHLY
from assistant.expected import NUMBER_WORDS
from ingest.sentences import Span

_PLAIN = str.maketrans("’\u00a0\u202f\n", "'   ")
_NUMBER = rf"(?:[£$€¥]?\d[\d., ]*|(?:{NUMBER_WORDS})\b)"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain)\b"
)
_OPENS_WITH_A_FIGURE = re.compile(rf"{_NUMBER}|{_DAY}", re.IGNORECASE)
_FIGURE = re.compile(rf"(?!\d{{4}}(?:-\d+)?$)(?:{_NUMBER}[- ]*)+", re.IGNORECASE)  # and no year
_RANK = re.compile(r"\d+(?:st|nd|rd|th|er|ère|re|[eè]|ème)")
_COMPOUND = re.compile(r"(?:-\w+)+")  # "25,000-strong"
_BOUNDS = re.compile(
    rf"(?<!\w)(?:(?:{ROUGHLY}|only|just|as (?:many|much|few|little) as|fewer than|until"
    r"|(?:no|not) (?:more|less|fewer|later|earlier) than|at (?:most|the latest)|seule?s?|seulement"
    r"|à peine|(?:un peu|pas) (?:plus|moins) d[e']|au plus(?: tard)?|d'ici(?: à)?)"
    rf"{DETERMINER} )+$",
    re.IGNORECASE,
)
_FARTHEST = 40  # characters before a figure where what bounds it begins
_WORD = re.compile(r" ([^\W\d_][\w'-]*)")
_PLURAL = re.compile(r"\w[^']*[sx]|people|men|women|children|police|per ?cent", re.IGNORECASE)
_SMALL_WORDS = frozenset(  # what is counted ends before them; some look like a plural
    "across also and are as at but by does for from had has have his in is its less of on or"
    " perhaps said that this thus to unless us versus was were which who with yes yet"
    " alors après au aux avec avons chez contre d dans de depuis derrière des devant dont du dès en"
    " ensuite entre est et jamais la le les lors mais moins nous ont ou par parfois pas plus"
    " plusieurs pour près puis que qui sans sauf ses sont sous suis toujours très vers vous à était"
    " étaient".split()
)
_COUNTED = 3  # words at most of what a figure counts


def whole_figure(text: str, span: Span) -> Span:
    """Words of a text; a figure with what bounds it, and a bare one with what it counts."""
    plain = text.translate(_PLAIN)
    return _with_bounds(plain, span[0]), _with_counted(plain, *span)


def _with_bounds(text: str, start: int) -> int:
    """Where a figure begins with what bounds it: "more than", "à peine"."""
    if not _OPENS_WITH_A_FIGURE.match(text, start):
        return start
    bounds = _BOUNDS.search(text, max(0, start - _FARTHEST), start)
    return bounds.start() if bounds else start


def _with_counted(text: str, start: int, end: int) -> int:
    """Where what is only a figure ends with what it counts, as far as that is a plural."""
    if _RANK.fullmatch(text[start:end]):
        return next(_words_after(text, end), (end, ""))[0]
    if not _FIGURE.fullmatch(text[start:end]):
        return end
    if compound := _COMPOUND.match(text, end):
        return compound.end()
    counted = end
    for place, word in _words_after(text, end):
        if _PLURAL.fullmatch(word):
            counted = place
        elif counted > end:
            break
    return counted


def _words_after(text: str, place: int) -> Iterator[tuple[int, str]]:
    """The next few words and where each ends, up to a small one or a stop."""
    for _ in range(_COUNTED):
        word = _WORD.match(text, place)
        if not word or word[1].lower().partition("'")[0] in _SMALL_WORDS:
            return
        place = word.end()
        yield place, word[1]
