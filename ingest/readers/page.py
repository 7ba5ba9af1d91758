"""Web pages: what they state of themselves in JSON-LD and OpenGraph, and their story."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.articles import Rejection
from ingest.decoding import decode
from ingest.readers.documents import Document
from ingest.readers.markup import parse_html, text_of_html
from ingest.readers.records import Record, language_code

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_STORY = re.compile(r"Article$|BlogPosting$|^Report$|^OpinionPiece$")
_DEEPEST = 50  # levels of JSON-LD

# Names of <meta> by field, the surest first.
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "published": ("article:published_time", "og:article:published_time", "datepublished",
                  "parsely-pub-date", "dc.date.issued", "dcterms.issued", "pubdate", "dc.date",
                  "date"),
    "updated": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified"),
    "outlet": ("og:site_name", "application-name", "dc.publisher"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "byl"),
    "section": ("article:section", "parsely-section"),
    "keywords": ("news_keywords", "article:tag", "keywords"),
    "url": ("og:url",),
    "language": ("og:locale",),
}  # fmt: skip


def read_page(document: Document) -> Iterator[Record | Rejection]:
    """The article of a web page."""
    declared = _CHARSET.search(document.content[:4096])
    charset = document.charset or (declared[1].decode("ascii") if declared else "")
    decoded = decode(document.content, charset)
    tree = parse_html(decoded.text)
    if tree is None:
        yield Rejection(document.source, "is a page without content")
        return
    stated = _from_meta(tree) | _from_linked(tree)
    text = _story(decoded.text, stated.pop("text", ""), stated.get("title", ""))
    if not text:
        yield Rejection(document.source, "holds no text of an article")
        return
    stated.setdefault("url", document.url)
    yield Record(text=text, remarks=decoded.remark, source=document.source, **stated)


def _story(page: str, stated: str, title: str) -> str:
    """The running text, without menus and comments; what JSON-LD states where that is longer."""
    from trafilatura import extract

    extracted = extract(page, include_comments=False, include_tables=False) or ""
    lines = [line.strip() for line in extracted.splitlines() if line.strip()]
    if lines and title and " ".join(lines[0].split()) == title:
        lines = lines[1:]
    text = "\n\n".join(lines)
    return stated if len(stated) > 1.5 * len(text) else text


def _from_meta(tree: Any) -> dict[str, Any]:
    names: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if value := (meta.get("content") or "").strip():
            names.setdefault(name.strip().lower(), []).append(value)
    stated: dict[str, Any] = {
        field: _joined(names[name])
        for field, candidates in _META.items()
        for name in reversed(candidates)  # the surest comes last and stays
        if name in names and not _is_wrong(field, names[name][0])
    }
    _from_elements(tree, stated)
    stated["language"] = language_code(stated.get("language"))
    return stated


def _joined(values: list[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _is_wrong(field: str, value: str) -> bool:
    """Facebook asks for the author's page where a name belongs."""
    return field == "byline" and value.startswith(("http:", "https:", "//"))


def _from_elements(tree: Any, stated: dict[str, Any]) -> None:
    if language := tree.get("lang"):
        stated["language"] = language
    for link in tree.iterfind(".//link[@rel='canonical']"):
        stated["url"] = (link.get("href") or "").strip()
    for time in tree.iterfind(".//time[@datetime]"):
        if time.get("pubdate") is not None or time.get("itemprop") == "datePublished":
            stated.setdefault("published", time.get("datetime"))
    if "title" not in stated:
        heads = [" ".join(each.text_content().split()) for each in tree.iter("h1", "title")]
        stated["title"] = next((head for head in heads if head), "")


def _from_linked(tree: Any) -> dict[str, Any]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            linked = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for story in _stories(linked, _DEEPEST):
            return {name: value for name, value in _read_linked(story).items() if value}
    return {}


def _stories(linked: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(linked, list):
        for each in linked:
            yield from _stories(each, depth - 1)
    elif depth and isinstance(linked, dict):
        if any(_STORY.search(kind) for kind in _words(linked.get("@type"))):
            yield linked
        else:
            yield from _stories([linked.get("@graph"), linked.get("mainEntity")], depth - 1)


def _read_linked(story: dict[str, Any]) -> dict[str, Any]:
    kinds = _words(story.get("@type"))
    correction = _first(story.get("correction"))
    return {
        "text": text_of_html(_first(story.get("articleBody"))),
        "title": text_of_html(_first(story.get("headline"))),
        "published": _first(story.get("datePublished")),
        "updated": _first(story.get("dateModified")),
        "byline": ", ".join(_words(story.get("author"))),
        "outlet": _first(story.get("publisher")),
        "section": _first(story.get("articleSection")),
        "keywords": "; ".join(_words(story.get("keywords"))),
        "language": language_code(_first(story.get("inLanguage"))),
        "url": _first(story.get("url")),
        "usage": _first(story.get("usageInfo")),
        "note": correction,
        "status": "corrected" if correction else None,
        "kind": "opinion" if {"OpinionNewsArticle", "OpinionPiece"} & set(kinds) else None,
    }


def _words(value: Any) -> list[str]:
    """The strings in a value of JSON-LD, which may be one, several, or things with a name."""
    if isinstance(value, list):
        return [word for each in value[:100] for word in _words(each) if not isinstance(each, list)]
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _first(value: Any) -> str:
    return next(iter(_words(value)), "")
