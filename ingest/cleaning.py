"""Text as printed, without what no reader can see."""

import re
import unicodedata

# Controls but tab and newline, soft hyphens, directional marks and overrides, zero-width marks,
# annotation and musical marks, noncharacters, the supplementary selectors, the tag block.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # what colours a terminal
_ALONE = re.compile("[\ud800-\udfff]")  # half a surrogate pair: no character at all

# What asks for an emoji to follow U+FE0F is one itself, or a key cap.
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_SELECTOR = re.compile(f"\ufe0f(?<![{_EMOJI}]\ufe0f)(?<![#*0-9]\ufe0f(?=\u20e3))")
# Persian and Indic words need the joiners inside, and so do emoji made of several.
_JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_JOINER = re.compile(  # the literal character first: looking around at every letter takes long
    f"[\u200c\u200d](?<![{_JOINED}].)(?<![{_EMOJI}\ufe0f]\u200d)|"
    f"\u200c(?![{_JOINED}])|\u200d(?![{_JOINED}{_EMOJI}])"
)


def replace_lone(text: str) -> str:
    """The same text with U+FFFD for every half of a surrogate pair, which no file can hold."""
    return text if text.isascii() else _ALONE.sub("\ufffd", text)


def clean_text(text: str) -> str:
    """The same words in NFC, lines ended by a newline, nothing invisible, no space at the ends."""
    text = _LINE_ENDS.sub("\n", _TERMINAL.sub("", replace_lone(text)))
    text = _UNSEEN.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _JOINER.sub("", _SELECTOR.sub("", text)))
    return text.strip()


def clean_line(text: str) -> str:
    """`clean_text` of what is one line by nature: a title, an outlet, a byline."""
    return " ".join(clean_text(text).split())


def repair_encoding(text: str) -> str:
    """Words that were once decoded by the wrong table, such as `Ã©`, as they were written.

    Line by line: one paragraph pasted from elsewhere is no reason to doubt the others.
    """
    if text.isascii():
        return text
    from ftfy import fix_encoding

    return "\n".join(line if line.isascii() else fix_encoding(line) for line in text.split("\n"))
