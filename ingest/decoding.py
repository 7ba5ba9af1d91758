"""From bytes to text: declared, marked, UTF-8, then the Western tables by how French it looks."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "iso-8859-15", "mac_roman", "cp850")  # the likeliest first
# What calls itself so is read as its superset: https://encoding.spec.whatwg.org/#names-and-labels
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
_ASCII = bytes(range(128))
_DENSEST = 0.25  # share of letters beyond ASCII: no Western language comes near
_SAMPLE = 20_000  # bytes that decide between tables

_SMALL = frozenset("éèêëàâäçîïôöùûüÿœæ")  # of French; the others are of its neighbours
_SMALL_ELSEWHERE = frozenset("ñáíóúìòãõåøß")
_CAPITAL = frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŸŒÆÑÁÍÓÚÃÕÅØ")
_MARKS_OF_PRINT = frozenset("«»‹›“”„‘…–—\u00a0\u202f€£§°º·½¼¾²³¿¡")
_STRANGE = re.compile(r"[^\x00-\x7f]")
_ESCAPED = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what to say of how its bytes were read; nothing where they left no doubt."""

    text: str
    remark: str = ""


def decode(content: bytes, declared: str = "") -> Decoded:
    """Read bytes as text; never raises, and says where it guessed or replaced."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding) or _replacing(content, encoding)
    named = _known(declared)
    found = (named and _strictly(content, named)) or _strictly(content, "utf-8")
    wide = None if found and "\x00" not in found.text else _without_mark(content)
    return wide or found or _mostly_utf8(content) or _western(content) or _guessed(content)


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _SUPERSETS.get(name, name)


def _strictly(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding))
    except (LookupError, ValueError):  # LookupError: base64 and the like hold no letters
        return None


def _replacing(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    return Decoded(text, f"bytes that are not {encoding} were replaced")


def _without_mark(content: bytes) -> Decoded | None:
    """UTF-16 that does not say so: in Western text every other byte is zero."""
    head = content[:4096]
    even, odd, half = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if half < 2 or max(even, odd) < half * 0.6 or min(even, odd) > half * 0.1:
        return None
    return _strictly(content, "utf-16-le" if odd > even else "utf-16-be")


def _mostly_utf8(content: bytes) -> Decoded | None:
    """UTF-8 into which something else was pasted: those bytes are read as cp1252."""
    text = content.decode("utf-8", "surrogateescape")
    foreign = sum(len(each) for each in _ESCAPED.findall(text))
    if foreign >= len(_STRANGE.findall(text)) - foreign:
        return None
    mended = _ESCAPED.sub(_from_cp1252, text)
    return Decoded(mended, f"{foreign} bytes that are not UTF-8 were read as cp1252")


def _from_cp1252(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _western(content: bytes) -> Decoded | None:
    """The Western table under which the letters look most like words, if they do under any."""
    if len(content.translate(None, _ASCII)) > len(content) * _DENSEST:
        return None
    readings = [each for each in (_strictly(content, name) for name in _WESTERN) if each]
    scores = [_likeness(each.text[:_SAMPLE]) for each in readings]
    best = max(scores, default=-1)
    return readings[scores.index(best)] if best >= 0 else None


def _likeness(text: str) -> int:
    return sum(_fits(text, match.start(), match[0]) for match in _STRANGE.finditer(text))


def _fits(text: str, place: int, character: str) -> int:
    before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
    inside = before.isalpha() and after.isalpha()
    if character in _SMALL:
        return 2 if before.isalpha() or after.isalpha() or character in "àôéèê" else -2
    if character in _SMALL_ELSEWHERE:
        return 1 if inside else 0
    if character in _CAPITAL:
        return -3 if before.islower() else 1
    if character == "’":
        return 1 if before.isalpha() or before.isdigit() else -1
    if character in _MARKS_OF_PRINT:
        return -2 if inside else 1
    return -3 if inside else -1


def _guessed(content: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        return _replacing(content, "utf-8")
    read = _strictly(content, best.encoding) or _replacing(content, best.encoding)
    return Decoded(read.text, read.remark or f"read as {best.encoding}, the likeliest encoding")
