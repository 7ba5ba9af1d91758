"""NITF, the older XML of the agencies: https://iptc.org/standards/nitf/."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.articles import Rejection
from ingest.readers.documents import Document
from ingest.readers.markup import (
    MarkupError,
    find_all,
    find_attribute,
    find_text,
    paragraphs_of,
    parse_xml,
)
from ingest.readers.newsml import status_of
from ingest.readers.records import Record, language_code

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_nitf(document: Document) -> Iterator[Record | Rejection]:
    """The article of a NITF document."""
    try:
        root = parse_xml(document.content)
    except MarkupError as error:
        yield Rejection(document.source, str(error))
        return
    yield _read_story(root, document.source)


def _read_story(root: Element, source: str) -> Record:
    management = find_attribute(root, "docdata", "management-status")
    release = find_attribute(root, "date.release", "norm")
    corrected = find_attribute(root, "correction", "info")
    return Record(
        text="\n\n".join(paragraphs_of(each) for each in find_all(root, "body.content")),
        id=find_attribute(root, "doc-id", "id-string"),
        title=find_text(root, "hl1", "title"),
        published=find_attribute(root, "date.issue", "norm")
        or find_attribute(root, "pubdata", "date.publication"),
        language=language_code(root.get(_LANGUAGE) or find_attribute(root, "body", "lang")),
        outlet=find_attribute(root, "pubdata", "name"),
        byline=find_text(root, "byttl", "byline") if not _person(root) else _person(root),
        agency=find_text(root, "distributor"),
        section=find_attribute(root, "pubdata", "position.section")
        or find_attribute(root, "tobject", "tobject.type"),
        note=corrected or find_attribute(root, "ed-msg", "info"),
        embargo=release,
        keywords="; ".join(each.get("key", "") for each in find_all(root, "keyword")),
        usage=find_text(root, "rights", "rights.limitations"),
        status=status_of(management, ["correction" if corrected else ""]),
        source=source,
    )


def _person(root: Element) -> str:
    """The byline with the person's name alone, where it is marked."""
    for byline in find_all(root, "byline"):
        return ", ".join(
            " ".join("".join(each.itertext()).split()) for each in find_all(byline, "person")
        )
    return ""
