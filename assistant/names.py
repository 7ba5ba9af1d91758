"""What a question names: people, places, figures; and whether a text mentions them."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|[^\W\d_]+(?:[-.][^\W\d_]+)*")
_ELIDED = re.compile(r"\b(?:[ldnmtscj]|qu|jusqu|lorsqu)['’]", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[!?:«“\"]\s*|\w{3}\.\s*)$")
# Shares of letters in common from which two spellings are one name, by how many open both.
_ALIKE = {2: 0.75, 4: 0.6}  # Iraq and Irak, London and Londres
_SHORTEST_ALIKE = 4  # letters


def names_in(question: str) -> tuple[str, ...]:
    """Names and figures of a question as printed, each once, in order.

    A capital at the beginning of a sentence says nothing, but in an acronym.
    """
    text = _ELIDED.sub("", question)
    found = [
        match[0]
        for match in _WORD.finditer(text)
        if match[0][0].isdigit()
        or is_acronym(match[0])
        or (match[0][0].isupper() and not _OPENS.search(text[: match.start()]))
    ]
    return tuple(dict.fromkeys(word for word in found if len(word) > 1))


def mentions(name: str, text: str) -> bool:
    """Whether a text holds a name or a figure, also as the other language spells it."""
    wanted = _digits(name) if name[0].isdigit() else fold(name)
    words = _folded_words(text)
    if wanted in words or any(other in fold(text) for other in countries().get(wanted, ())):
        return True
    if wanted.isalpha():
        return len(wanted) >= _SHORTEST_ALIKE and _any_alike(wanted, words)
    parts = wanted.split("-")  # of « un billet Ardence-Mirevaux », each may stand by itself
    return len(parts) > 1 and all(len(part) > 1 and mentions(part, text) for part in parts)


def fold(text: str) -> str:
    """Lower case without diacritics."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals alone."""
    return len(word) > 1 and word.replace(".", "").isupper()


@cache
def _folded_words(text: str) -> frozenset[str]:
    words = (match[0] for match in _WORD.finditer(_ELIDED.sub("", text)))
    return frozenset(_digits(word) if word[0].isdigit() else fold(word) for word in words)


def _digits(figure: str) -> str:
    """A figure without the marks between its thousands: 1,200 and 1 200 are one."""
    whole = re.sub(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", figure)
    return whole.replace(",", ".")


def _any_alike(name: str, words: Iterable[str]) -> bool:
    return any(
        SequenceMatcher(None, name, word).ratio() >= share
        for opening, share in _ALIKE.items()
        for word in words
        if word[:opening] == name[:opening] and word.isalpha()
    )


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Countries by their folded name in one language, with that in the other: Unicode's CLDR."""
    from babel import Locale

    english, french = Locale("en").territories, Locale("fr").territories
    both = [(fold(english[code]), fold(french[code])) for code in english if code in french]
    pairs = both + [(there, here) for here, there in both]
    return {here: tuple(t for h, t in pairs if h == here) for here, _ in pairs}
