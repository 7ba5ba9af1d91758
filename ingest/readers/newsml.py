"""NewsML-G2, the XML in which agencies send items: https://iptc.org/standards/newsml-g2/."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.articles import Rejection, Status
from ingest.readers.documents import Document
from ingest.readers.markup import (
    MarkupError,
    find_all,
    find_attribute,
    find_text,
    local,
    paragraphs_of,
    parse_xml,
    text_of_html,
)
from ingest.readers.records import Record, language_code

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# pubStatus and signal: https://cv.iptc.org/newscodes/pubstatusg2/ and /signal/
STATUS_OF: dict[str, Status] = {
    "usable": "usual", "withheld": "withdrawn", "canceled": "withdrawn", "cancelled": "withdrawn",
    "correction": "corrected", "embargoed": "usual",
}  # fmt: skip


def read_newsml(document: Document) -> Iterator[Record | Rejection]:
    """Each news item of a message."""
    try:
        root = parse_xml(document.content)
    except MarkupError as error:
        yield Rejection(document.source, str(error))
        return
    items = list(find_all(root, "newsitem"))
    for number, item in enumerate(items, start=1):
        source = document.source if len(items) == 1 else f"{document.source}#{number}"
        yield _read_item(item, source)
    if not items:
        yield Rejection(document.source, "holds no news item")


def _read_item(item: Element, source: str) -> Record:
    created = find_text(item, "contentcreated", "firstcreated")
    version = find_text(item, "contentmodified", "versioncreated")
    return Record(
        text=_body(item),
        id=item.get("guid", ""),
        title=find_text(item, "headline"),
        published=created or version,
        updated=version if created else "",
        language=_language(item),
        byline=find_text(item, "by"),
        agency=_name(item, "provider") or find_text(item, "creditline"),
        note=find_text(item, "ednote"),
        embargo=find_text(item, "embargoed"),
        keywords="; ".join(_keywords(item)),
        section=_name(item, "subject"),
        usage=find_text(item, "usageterms"),
        kind="opinion" if _is_opinion(item) else None,
        status=status_of(_code(item, "pubstatus"), [_code(item, "signal")]),
        source=source,
    )


def status_of(published: str, signals: list[str]) -> Status:
    """Withdrawn before corrected before usual, in the words of IPTC's code lists."""
    codes = [code.lower().rpartition(":")[2].rpartition("/")[2] for code in [published, *signals]]
    found = [STATUS_OF.get(code, "usual") for code in codes]
    return next((each for each in ("withdrawn", "corrected") if each in found), "usual")


def _code(item: Element, name: str) -> str:
    return find_attribute(item, name, "qcode", "uri", "literal")


def _name(item: Element, name: str) -> str:
    """What a party or a subject is called: its name, else its code without the list."""
    for element in find_all(item, name):
        called = find_text(element, "name") or element.get("literal", "")
        return called or element.get("qcode", "").rpartition(":")[2]
    return ""


def _keywords(item: Element) -> list[str]:
    words = [" ".join("".join(each.itertext()).split()) for each in find_all(item, "keyword")]
    return [word for word in words if word]


def _is_opinion(item: Element) -> bool:
    genres = [each.get("qcode", "") + find_text(each, "name") for each in find_all(item, "genre")]
    return any("opinion" in genre.lower() or "editorial" in genre.lower() for genre in genres)


def _language(item: Element) -> str:
    return language_code(find_attribute(item, "language", "tag") or item.get(_LANGUAGE, ""))


def _body(item: Element) -> str:
    for content in find_all(item, "inlinexml"):
        bodies = list(find_all(content, "body.content")) or list(find_all(content, "body"))
        return paragraphs_of(bodies[0] if bodies else content)
    for content in find_all(item, "inlinedata"):
        text = "".join(content.itertext())
        return text_of_html(text) if "html" in content.get("contenttype", "") else text.strip()
    return "\n\n".join(paragraphs_of(each) for each in find_all(item, "description") if local(each))
