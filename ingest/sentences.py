"""Where sentences begin and end in French and English news."""

import re
from collections.abc import Iterator

Span = tuple[int, int]  # characters, the end excluded

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…]+[»”’\"')\]]*(?:[\s\u00a0\u202f]*»)?(?=\s)")
_OPENS = re.compile(r"\s+[«“‘\"'(\[—–-]*[\s\u00a0\u202f]*([A-ZÀ-ÖØ-ÞŒ0-9])")
_LAST_WORD = re.compile(r"[\w.'’-]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]{1}\.")
_LOWER_CASE = re.compile(r"\s*[a-zà-öø-ÿœ]")

# An abbreviation ends in a full stop that ends nothing; what follows it is a name or a figure.
_TITLES = frozenset(
    "M MM Mme Mmes Mlle Dr Drs Mr Mrs Ms St Ste Jr Sr Prof Gen Gén Lt Col Cdt Cap Sen Rep Gov Pres"
    " Hon Rev Mgr Me Fr Sgt Maj Adm Capt Amb Supt Insp av bd cf éd vs env tél tel viz".split()
)
# These are words of their own too: only a figure after them makes them short for something.
_NUMBERED = frozenset("no nos n° art fig p pp vol chap al".split())
# These may end a sentence too: the next word decides.
_SHORTENED = frozenset(
    "inc corp co ltd bros plc etc jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr"
    " juil déc mt ft cie".split()
)
# Words that begin sentences far oftener than names: they settle "in the U.S. The talks".
_STARTERS = frozenset(
    "the a an he she it they we i you this that these those there but and or in on at as for from"
    " with when while after before since if his her its their what who how why not no so to by"
    " le la les un une des il elle ils elles on nous vous je ce cet cette ces mais et ou en dans"
    " au aux du sur pour par avec depuis selon si leur leurs son sa ses quand après avant".split()
)
_LONGEST_QUOTE = 400  # characters: a longer quotation is cut at its sentences


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text, in order; every character but white space is in one."""
    return [span for line in _lines(text) for span in _split_line(text, *line)]


def _lines(text: str) -> Iterator[Span]:
    """Lines, joined again where a wrapped one goes on in lower case."""
    begin: int | None = None
    end = 0
    for match in _LINE.finditer(text):
        if not match[0].strip():
            continue
        wrapped = text.count("\n", end, match.start()) == 1 and _LOWER_CASE.match(match[0])
        if begin is not None and not wrapped:
            yield begin, end
        if begin is None or not wrapped:
            begin = match.start()
        end = match.end()
    if begin is not None:
        yield begin, end


def _split_line(text: str, begin: int, end: int) -> Iterator[Span]:
    for stop in _STOP.finditer(text, begin, end):
        if _ends_sentence(text, begin, stop, end):
            yield _trim(text, begin, stop.end())
            begin = stop.end()
    if text[begin:end].strip():
        yield _trim(text, begin, end)


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    opening = _OPENS.match(text, stop.end(), end)
    if opening is None:
        return not text[stop.end() : end].strip()
    if _inside_quotation(text, begin, stop.end(), end):
        return False
    if stop[0] != ".":
        return True
    return not _is_abbreviation(text, begin, stop, opening, end)


def _is_abbreviation(
    text: str, begin: int, stop: re.Match[str], opening: re.Match[str], end: int
) -> bool:
    word = _LAST_WORD.search(text, begin, stop.start())
    if word is None:
        return False
    bare = re.split("['’]", word[0])[-1].rstrip(".")  # l'art. is art.
    if bare in _TITLES or (bare.lower() in _NUMBERED and opening[1].isdigit()):
        return True
    if bare.lower() in _SHORTENED or _INITIALS.fullmatch(word[0] + "."):
        following = re.compile(r"\w+").match(text, opening.start(1), end)
        return following is None or following[0].lower() not in _STARTERS
    return False


def _inside_quotation(text: str, begin: int, position: int, end: int) -> bool:
    """Whether a short quotation is open here and closes later on the line."""
    for opens, closes in ("«»", "“”"):
        opened = text.rfind(opens, begin, position)
        if opened > text.rfind(closes, begin, position):
            closed = text.find(closes, position, end)
            return -1 < closed <= opened + _LONGEST_QUOTE
    return False


def _trim(text: str, begin: int, end: int) -> Span:
    part = text[begin:end]
    return begin + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
