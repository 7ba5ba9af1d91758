"""What a model wrote, as words that no page, terminal or reader of Markdown acts upon."""

import re
from html import unescape

from ingest.cleaning import clean_line

# A news sentence has none of these, so one that has is taken out whole: what is mended can be
# written so that the mending makes it (`<scr<b>ipt>`).
_ACTIVE = re.compile(
    r"<\s*[a-z!/?]|&[#\w]+;"  # HTML, and what becomes HTML
    r"|[a-z][a-z0-9+.-]*://|(?:java|vb)script\s*:|\b(?:mailto|tel|blob|data):\S"  # addresses
    r"|\bwww\.\w|\w@\w[\w-]*\.\w|\w\.[a-z]{2,}/\S"  # what programs take for addresses
    r"|!\[|\]\s*[(\[:]",  # images and links of Markdown
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"[*`]+|^(?:[#>•-]+|\d+[.)])\s+")  # bold, code, headings, items of a list
_ECHO = 6  # words in a row that are no chance


def tidy(sentence: str) -> str:
    """A sentence as plain words, or nothing where it holds what a page might act upon."""
    words = _EMPHASIS.sub("", clean_line(unescape(clean_line(sentence)))).strip()
    return "" if _ACTIVE.search(words) else words


def echoes(words: str, prompt: str) -> bool:
    """Whether words repeat a stretch of the prompt."""
    return not _stretches(words).isdisjoint(_stretches(prompt))


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + _ECHO]) for at in range(len(words) - _ECHO + 1)}
