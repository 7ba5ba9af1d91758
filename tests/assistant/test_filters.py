"""A reader's filters reach every index: those of the owner, and those of a command beside it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.query import Filters
from ingest.archive import opened_archive
from ingest.periods import Period
from tests.conftest import Ingest, word_count_encoder

DAY = date(2024, 6, 1)
ARTICLES = (
    {"id": "quay", "outlet": "Tide", "published": "2024-01-10", "text": "The ferry broke down."},
    {"id": "pier", "outlet": "Mail", "published": "2024-03-10", "text": "The ferry sails on."},
    {"id": "view", "outlet": "Mail", "kind": "opinion", "text": "The ferry is dear to us."},
    {
        "id": "bac",
        "outlet": "Cap",
        "published": "2024-03",
        "language": "fr",
        "text": "Le ferry est en panne.",
    },
)


@pytest.fixture(params=["owner", "guest"])
def assistant(
    request: pytest.FixtureRequest, ingest: Ingest, folder: Path, tmp_path: Path
) -> Iterator[Assistant]:
    file = tmp_path / "ferry.jsonl"
    file.write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    ingest(file)
    with ExitStack() as stack:
        opened = [stack.enter_context(opened_archive(folder, word_count_encoder))]
        if request.param == "guest":
            opened.append(stack.enter_context(opened_archive(folder, word_count_encoder)))
        yield Assistant(opened[-1])


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"quay", "pier", "view", "bac"}),
        (Filters(outlets=frozenset({"Mail"})), {"pier", "view"}),
        (Filters(outlets=frozenset({"Mail", "Cap"})), {"pier", "view", "bac"}),
        (Filters(kinds=frozenset({"opinion"})), {"view"}),
        (Filters(languages=frozenset({"fr"})), {"bac"}),
        (Filters(period=Period(date(2024, 3, 1), None)), {"pier", "bac"}),
        (Filters(Period(date(2024, 3, 1), None), outlets=frozenset({"Mail"})), {"pier"}),
        (Filters(outlets=frozenset()), set()),
        (Filters(kinds=frozenset()), set()),
        (Filters(languages=frozenset()), set()),
    ],
)
def test_only_what_the_reader_chose_is_found(
    assistant: Assistant, filters: Filters, found: set[str]
) -> None:
    passages = assistant.search("ferry", 10, today=DAY, filters=filters)
    assert {passage.article.id for passage in passages} == found


def test_an_answer_rests_on_what_was_chosen(assistant: Assistant) -> None:
    filters = Filters(outlets=frozenset({"Mail"}))
    *_, answer = assistant.ask("Does the ferry sail?", today=DAY, filters=filters)
    assert answer.citations
    assert {each.article.outlet for each in answer.citations} == {"Mail"}
