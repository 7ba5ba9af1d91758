import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.contract import answer_as_json
from assistant.frames import say_copies, source_line
from assistant.query import Filters
from ingest.archive import Archive, opened_archive
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.ledger import open_ledger
from ingest.stories import Copy
from tests.conftest import Ingest, word_count_encoder

DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
TODAY = date(2024, 7, 1)
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)

WIRE = (
    "Ferries to the northern islands will stop running in October. "
    "The company blames the price of fuel and a lack of sailors. "
    "Islanders met on Monday and asked the county for a boat of its own. "
    "The county answered that it would decide before the end of the summer."
)
LOCAL = " Our reporter saw four pelicans on the pier of Brindle that same evening."


def record(number: int, outlet: str, text: str = WIRE, **fields: str) -> dict[str, str]:
    day = {"published": f"2024-05-0{number}", "language": "en", "title": f"Ferries {number}"}
    return {"id": f"a{number}", "outlet": outlet, "text": text, **day, **fields}


DISPATCH = record(2, "Agence Trivane", kind="wire")
COPIES = (record(1, "The Quay", WIRE + LOCAL), DISPATCH, record(3, "The Pier"))


@contextmanager
def archive_of(folder: Path, ingest: Ingest, *records: dict[str, str]) -> Iterator[Archive]:
    file = folder.parent / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    ingest(file)
    with opened_archive(folder, word_count_encoder) as archive:
        yield archive


def ask(archive: Archive, question: str) -> Answer:
    return list(Assistant(archive).ask(question, today=TODAY))[-1]


def test_the_original_speaks_and_the_copies_are_named(folder: Path, ingest: Ingest) -> None:
    with archive_of(folder, ingest, *COPIES) as archive:
        answer = ask(archive, "Which ferries will stop running to the islands in october?")
        assert {citation.article.id for citation in answer.citations} == {"a2"}
        line = "Agence Trivane, May 2, 2024 (also in The Quay and The Pier): “Ferries"
        assert answer.text.startswith(line)
        [citation] = json.loads(json.dumps(answer_as_json(answer)))["citations"]
        assert citation["copies"] == [
            {"article": "a1", "outlet": "The Quay", "published": "2024-05-01"},
            {"article": "a3", "outlet": "The Pier", "published": "2024-05-03"},
        ]


def test_a_copy_speaks_where_its_reader_chose_its_outlet(folder: Path, ingest: Ingest) -> None:
    chosen = Filters(outlets=frozenset({"The Pier"}))
    with archive_of(folder, ingest, *COPIES) as archive:
        found = Assistant(archive).search("ferries in october", 5, today=TODAY, filters=chosen)
        assert {passage.article.id for passage in found} == {"a3"}


def test_a_copy_speaks_where_the_original_lacks_the_words(folder: Path, ingest: Ingest) -> None:
    with archive_of(folder, ingest, *COPIES) as archive:
        answer = ask(archive, "How many pelicans on the pier of Brindle that evening?")
        assert {citation.article.id for citation in answer.citations} == {"a1"}
        line = "The Quay, May 1, 2024 (also in The Pier; original: Agence Trivane): “"
        assert answer.text.startswith(line)


def test_an_article_without_copies_speaks_for_itself(folder: Path, ingest: Ingest) -> None:
    with archive_of(folder, ingest, DISPATCH) as archive:
        answer = ask(archive, "Which ferries will stop running to the islands in october?")
        assert answer.text.startswith("Agence Trivane, May 2, 2024: “")


def test_no_answer_quotes_two_of_one_story(folder: Path, ingest: Ingest) -> None:
    ingest(DEMONSTRATION)
    articles = open_ledger(str(folder / "ledger.sqlite3"))
    questions = [a.title for a in articles.articles(articles.article_numbers()).values()]
    with opened_archive(folder, word_count_encoder) as archive:
        for question in questions:
            evidence = Assistant(archive).search(question, 10, today=TODAY)
            quoted = {one.article.id for one in evidence}
            copies = {copy.id for one in evidence for copy in one.copies}
            assert evidence and not quoted & copies, question


def embargo(folder: Path, until: str, *given: str) -> None:
    ledger = open_ledger(str(folder / "ledger.sqlite3"))
    with ledger.writing() as connection:
        for each in given:
            change = "UPDATE versions SET embargo = ? WHERE given = ?"
            connection.exec_driver_sql(change, (until, each))


@pytest.mark.parametrize(
    ("until", "quoted"),
    [
        ("2024-06-01T12:00:00+00:00", True),
        ("2024-06-01T12:00:01+00:00", False),
        ("2024-06-01T13:59:59+02:00", True),
        ("2024-06-01T08:00:00", False),  # somewhere it is not eight yet
        ("2024-05-31", True),
        ("2024-06", False),
    ],
)
def test_an_embargo_holds_until_its_hour_has_come_everywhere(
    folder: Path, ingest: Ingest, until: str, quoted: bool
) -> None:
    with archive_of(folder, ingest, DISPATCH) as archive:
        embargo(folder, until, "a2")
        asked = replace(archive, clock=lambda: NOON)
        evidence = Assistant(asked).search("ferries to the islands", 5, today=TODAY)
        assert bool(evidence) is quoted
        answer = ask(asked, "Which ferries will stop running to the islands in october?")
        assert bool(answer.citations) is quoted


def test_an_embargoed_original_is_neither_quoted_nor_named(folder: Path, ingest: Ingest) -> None:
    with archive_of(folder, ingest, *COPIES) as archive:
        embargo(folder, "2024-06-02", "a2")
        question = "Which ferries will stop running to the islands in october?"
        early = ask(replace(archive, clock=lambda: NOON), question)
        assert {citation.article.id for citation in early.citations} == {"a1"}
        assert "Trivane" not in early.text
        late = ask(replace(archive, clock=lambda: NOON.replace(day=4)), question)
        assert {citation.article.id for citation in late.citations} == {"a2"}


def copy(outlet: str, credit: str = "", original: bool = False) -> Copy:
    return Copy(1, outlet, outlet, None, "", credit or outlet, original)


@pytest.mark.parametrize(
    ("copies", "agency", "english", "french"),
    [
        ([], "AFP", "", ""),
        ([copy("Sud")], "", " (also in Sud)", " (aussi dans Sud)"),
        (
            [copy("Sud"), copy("AFP", original=True)],
            "AFP",
            " (also in Sud; original: AFP)",
            " (aussi dans Sud\u00a0; original\u00a0: AFP)",
        ),
        (
            [copy("Sud", "AFP", original=True)],
            "AFP",
            " (also in Sud; original: AFP)",
            " (aussi dans Sud\u00a0; original\u00a0: AFP)",
        ),
        (
            [copy(outlet) for outlet in "ABCDE"],
            "",
            " (also in A, B, C, and 2 more)",
            " (aussi dans A, B, C et 2 autres)",
        ),
    ],
)
def test_a_source_names_who_else_ran_the_story(
    copies: list[Copy], agency: str, english: str, french: str
) -> None:
    article = Article("n", "Words.", "T", outlet="Nord", published=NewsDate("2024"), agency=agency)
    assert source_line(article, "en", copies) == f"Nord, 2024{english}"
    assert source_line(article, "fr", copies) == f"Nord, 2024{french}"


def test_the_wire_itself_has_no_other_original() -> None:
    article = Article("n", "Words.", "T", outlet="Agence X", agency="X Agency", kind="wire")
    assert say_copies(article, [copy("Sud")], "en") == ["also in Sud"]
