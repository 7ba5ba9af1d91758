"""Strangers' text on its way into the page: nothing of it is markup."""

import re
from html import escape
from urllib.parse import urlsplit

__all__ = ["attributes", "escape", "escape_markdown", "safe_address"]

# Between these a backslash keeps Markdown from seeing an image, a link, its address or HTML.
_MARKDOWN = re.compile(r"(?<=\])(?=[(\[:])|(?=!\[)|(?=<[A-Za-z!/?])|(?=\\[\]!<\\])")


def safe_address(url: str) -> str | None:
    """An address that may be linked to: http or https, a host, nothing that hides in it."""
    if any(letter <= " " or letter in "\\\x7f" for letter in url):
        return None
    try:
        parts = urlsplit(url)
        linkable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return url if linkable else None


def attributes(**values: str | None) -> str:
    """Attributes of an element; those without a value are left out, `_` stands for `-`."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def escape_markdown(text: str) -> str:
    """The same words for programs that show Markdown: no image, no link, no HTML among them."""
    return _MARKDOWN.sub(r"\\", text)
