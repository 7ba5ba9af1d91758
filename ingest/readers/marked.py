"""Markdown, perhaps with what it states of itself in front."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from ingest.articles import Rejection
from ingest.decoding import decode
from ingest.readers.documents import Document
from ingest.readers.fields import ReadingOptions, name_fields
from ingest.readers.markup import text_of_html
from ingest.readers.records import Record, check_record

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.{0,65536}?)\n\1[ \t]*(?:\n|$)", re.DOTALL)
_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t#]*(?:\n|$)")


def read_marked(document: Document, options: ReadingOptions) -> Iterator[Record | Rejection]:
    """One article; its first heading is the title where none is stated."""
    decoded = decode(document.content, document.charset)
    text = decoded.text.lstrip("\ufeff").replace("\r\n", "\n")
    try:
        stated, body = _split_front(text)
    except ValueError as error:
        yield Rejection(document.source, f"its front matter cannot be read: {error}")
        return
    named = name_fields(stated, options)
    heading = _HEADING.match(body)
    if heading and not named.get("title"):
        named["title"], body = _to_text(heading[1]), body[heading.end() :]
    yield check_record(named | {"text": _to_text(body), "remarks": decoded.remark}, document.source)


def _split_front(text: str) -> tuple[dict[str, Any], str]:
    front = _FRONT.match(text)
    if front is None:
        return {}, text
    stated = tomllib.loads(front[2]) if front[1] == "+++" else _read_yaml(front[2])
    if not isinstance(stated, dict):
        raise ValueError("it names no fields")
    return {str(name): _printed(value) for name, value in stated.items()}, text[front.end() :]


def _read_yaml(front: str) -> Any:
    import yaml

    try:
        # The base loader makes strings and nothing else: a date stays as it is printed.
        return yaml.load(front, yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())) from error


def _printed(value: Any) -> Any:
    return value if isinstance(value, str | list) or value is None else str(value)


def _to_text(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return text_of_html(MarkdownIt("commonmark").render(markdown))
