"""Text out of XML and HTML that may be hostile."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from ingest.decoding import decode

_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table td th tr ul hedline hl1 hl2 block".split()
)
_SILENT = frozenset("script style template noscript iframe object svg head form button".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LONGEST_NAME = 200  # characters of a reason


class MarkupError(ValueError):
    """XML that is refused or can't be read."""


def parse_xml(content: bytes) -> Element:
    """The root of XML without entities of its own; nothing outside it is ever read."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(_in_utf8(content))
    except DefusedXmlException as error:
        raise MarkupError(f"is refused: {str(error)[:_LONGEST_NAME]}") from error
    except (ParseError, ValueError, LookupError) as error:
        raise MarkupError(f"is not XML: {error}") from error
    return root


def _in_utf8(content: bytes) -> bytes:
    """XML that names no encoding and is not UTF-8, as an editor's cp1252, in UTF-8."""
    head = content[:200]
    if b"encoding=" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head:
        return content
    return decode(content).text.encode("utf-8", "replace")


def defines_entities(content: bytes) -> bool:
    """Whether XML defines entities, as no feed needs to and every bomb does."""
    return b"<!ENTITY" in content.replace(b"\x00", b"").upper()


def local(element: Element) -> str:
    """An element's name in lower case, without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def find_all(element: Element, *names: str) -> Iterator[Element]:
    """Descendants by local name, in the order of the document."""
    return (each for each in element.iter() if local(each) in names)


def find_text(element: Element, *names: str) -> str:
    """The words of the first descendant that has any, by local name, on one line."""
    texts = (" ".join(text_of(each).split()) for name in names for each in find_all(element, name))
    return next((text for text in texts if text), "")


def find_attribute(element: Element, name: str, *attributes: str) -> str:
    """The first attribute found on descendants of a local name."""
    found = (each.get(key, "") for each in find_all(element, name) for key in attributes)
    return next((value.strip() for value in found if value.strip()), "")


def text_of(element: Element) -> str:
    """All words in an element, as they stand."""
    return "".join(element.itertext())


def paragraphs_of(element: Element) -> str:
    """The words of XML or HTML markup, blocks apart, inline elements in their line."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:  # a recursion would end at a thousand tags
        node, closing = stack.pop()
        name = local(node) if isinstance(node.tag, str) else ""
        if not closing:
            _open(node, name, parts, stack)
        if closing or not name or name in _SILENT:
            parts += ["\n\n" if name in _BLOCKS else "", _SPACE.sub(" ", node.tail or "")]
    lines = re.sub(r"[ \xa0]*\n[ ]*", "\n", "".join(parts))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _open(node: Any, name: str, parts: list[str], stack: list[tuple[Any, bool]]) -> None:
    if not name or name in _SILENT:
        return
    opening = "\n\n" if name in _BLOCKS else "\n" if name == "br" else ""
    parts += [opening, _SPACE.sub(" ", node.text or "")]
    stack.append((node, True))
    stack.extend((child, False) for child in reversed(list(node)))


def parse_html(page: str) -> Any:
    """The tree of an HTML page or fragment; None where there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def text_of_html(fragment: str) -> str:
    """The words of a fragment of HTML, its paragraphs apart; plain text stays as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    tree = parse_html(fragment)
    return "" if tree is None else paragraphs_of(tree)
