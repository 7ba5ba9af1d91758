"""Text as printed, without what no reader can see."""

import re
import unicodedata

# Controls but tab and newline, directional overrides, zero-width marks, the tag block; the joiners
# U+200C and U+200D stay: Persian and Indic words need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_ALONE = re.compile("[\ud800-\udfff]")  # half a surrogate pair: no character at all


def clean_text(text: str) -> str:
    """The same words in NFC, lines ended by a newline, nothing invisible, no space at the ends."""
    lines = re.sub(r"\r\n?|\u2028|\u2029", "\n", text)
    seen = _UNSEEN.sub("", _ALONE.sub("\ufffd", lines))
    return unicodedata.normalize("NFC", seen).strip()


def clean_line(text: str) -> str:
    """`clean_text` of what is one line by nature: a title, an outlet, a byline."""
    return " ".join(clean_text(text).split())
