"""An exchange as JSON and back: its articles stay in the ledger, and what became of them shows."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.query import Language
from ingest.cited import cited_article, words_hash
from ingest.dates import utc_now
from ingest.ledger import Ledger
from ui.conversation import Exchange
from ui.words import word

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def write_exchange(exchange: Exchange) -> str:
    """An exchange as JSON, each article by its id and a hash of its words."""
    fields = _adapter().dump_python(exchange, mode="json")
    for citation in _citations(fields):
        article = citation["article"]
        citation["article"] = {"id": article["id"], "words": words_hash(article["text"])}
    return json.dumps(fields, ensure_ascii=False)


def read_exchange(written: str, ledger: Ledger) -> Exchange:
    """An exchange as it was kept; words of articles that are gone since are taken out."""
    fields = json.loads(written)
    gone, changed = set(), set()
    for citation in _citations(fields):
        reference = citation["article"]
        cited = cited_article(ledger, reference["id"], reference["words"], utc_now())
        if cited is None or words_hash(cited.article.text) != reference["words"]:
            gone.add(citation["number"])
            continue
        citation["article"] = cited.article
        if not cited.current:
            changed.add(citation["number"])
    if gone:
        _take_out(fields["answer"], gone)
    try:
        exchange: Exchange = _adapter().validate_python(fields)
    except ValidationError:  # kept by an older program: the question is what remains
        return Exchange(fields["question"], progress="stopped")
    ended = "stopped" if exchange.progress == "running" else exchange.progress
    return replace(exchange, progress=ended, changed=tuple(sorted(changed)))


def is_written(exchange: Exchange, written: str) -> bool:
    """Whether this is what was written, or what has grown from it since."""
    return json.loads(written)["progress"] == "running" or write_exchange(exchange) == written


def _citations(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (fields["answer"] or {}).get("citations", ())


def _take_out(answer: dict[str, Any], gone: set[int]) -> None:
    language: Language = answer["language"]
    answer["citations"] = [each for each in answer["citations"] if each["number"] not in gone]
    for sentence in answer["sentences"]:
        if gone.intersection(sentence["citations"]):
            sentence |= {"text": word("taken_out", language), "citations": []}


@cache
def _adapter() -> "TypeAdapter[Exchange]":
    from pydantic import TypeAdapter

    return TypeAdapter(Exchange)
