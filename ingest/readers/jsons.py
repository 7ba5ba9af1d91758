"""Articles as JSON: an object, a list of them, or ninjs as agencies send it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from ingest.articles import Rejection
from ingest.readers.documents import Document
from ingest.readers.fields import ReadingOptions, name_fields
from ingest.readers.markup import text_of_html
from ingest.readers.newsml import status_of
from ingest.readers.records import Record, check_record, language_code

_LISTS = ("articles", "items", "results", "docs", "documents", "entries", "data", "assets")
_NINJS = frozenset(
    "headline headlines bodies body_text body_xhtml versioncreated pubstatus".split()
)


def read_json(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """Each article of a JSON document; a bad one is named by its number and stops nothing."""
    try:
        value = parse_json(document.content)
    except ValueError as error:
        yield Rejection(document.source, f"is not JSON: {error}")
        return
    found = _list_in(value)
    if found is None:
        yield read_object(value, document.source, options)
        return
    for number, each in enumerate(found, start=1):
        yield read_object(each, f"{document.source}#{number}", options)
    if not found:
        yield Rejection(document.source, "is an empty list")


def parse_json(content: bytes) -> Any:
    """A JSON value by the letter of RFC 8259; raise ValueError for anything else."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _list_in(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or _is_ninjs(value):
        return None
    return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)


def read_object(value: Any, source: str, options: ReadingOptions) -> Record | Rejection:
    """One object as an article."""
    if isinstance(value, dict) and _is_ninjs(value):
        return _read_ninjs(value, source)
    if not isinstance(value, dict):
        return check_record(value, source)
    named = name_fields(value, options)
    if "text" not in named and isinstance(value.get("content_html"), str):  # jsonfeed.org
        named["text"] = text_of_html(value["content_html"])
    return check_record(named, source)


def _is_ninjs(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("uri"), str) and "text" not in value and bool(_NINJS & value.keys())


def _read_ninjs(item: Mapping[str, Any], source: str) -> Record:
    """Versions 1 and 2 of https://iptc.org/standards/ninjs/, which name things differently."""
    created = _words(item, "contentcreated", "firstcreated")
    version = _words(item, "contentmodified", "versioncreated")
    genres = _words(item, "genres", "genre").lower()
    return Record(
        text=_body(item),
        id=_words(item, "uri"),
        title=_words(item, "headline", "headlines", "title"),
        published=created or version,
        updated=version if created else "",
        language=language_code(_words(item, "language")),
        byline=_words(item, "byline", "by"),
        agency=_words(item, "provider", "infosources", "infosource", "copyrightholder", "source"),
        note=_words(item, "ednote", "edNote"),
        embargo=_words(item, "embargoed", "embargo"),
        keywords=_words(item, "keywords", "keyword", "slugline"),
        section=_words(item, "subjects", "subject").partition("; ")[0],
        usage=_words(item, "usageterms", "rightsinfo"),
        kind="opinion" if "opinion" in genres or "editorial" in genres else None,
        status=status_of(_words(item, "pubstatus", "pubStatus"), _signals(item)),
        url=_words(item, "url"),
        source=source,
    )


def _words(item: Mapping[str, Any], *names: str) -> str:
    """The strings under the first name that holds some."""
    found = ("; ".join(_strings(item.get(name))) for name in names)
    return next((words for words in found if words), "")


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [word for each in value if not isinstance(each, list) for word in _strings(each)]
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "value", "usageterms") if key in value), None)
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _signals(item: Mapping[str, Any]) -> list[str]:
    signals = item.get("signals") or item.get("signal") or []
    each = signals if isinstance(signals, list) else [signals]
    return [
        str(one.get("code") or one.get("name")) if isinstance(one, dict) else str(one)
        for one in each
    ]


def _body(item: Mapping[str, Any]) -> str:
    for name in ("body_text", "body_xhtml", "body_html", "body"):
        if isinstance(item.get(name), str) and item[name].strip():
            return item[name].strip() if name == "body_text" else text_of_html(item[name])
    bodies = item.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            plain = body.get("contenttype", body.get("contentType")) == "text/plain"
            return body["value"].strip() if plain else text_of_html(body["value"])
    return _words(item, "description_text", "descriptions")
