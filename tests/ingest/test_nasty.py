"""Files made by others to break readers break none of ours."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.articles import Article, Rejection
from ingest.cleaning import clean_line, clean_text, repair_encoding
from ingest.ledger import Ledger
from ingest.passages import Passage
from ingest.readers import ReadingOptions, read_file
from ingest.readers.jsons import parse_json, read_object
from ingest.readers.records import Record, make_article
from ingest.versions import Prepared


@pytest.fixture
def nasty(shared: Path) -> Path:
    return shared / "data" / "nasty"


def read(path: Path) -> list[Article | Rejection]:
    return list(read_file(path, ""))


def files_in(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def test_every_feed_gives_articles_or_a_reason(nasty: Path) -> None:
    feeds = files_in(nasty / "feedparser" / "tests")
    found = {feed: read(feed) for feed in feeds}
    assert len(found) == 2107
    assert all(found.values())
    reasons = [one.reason for each in found.values() for one in each if isinstance(one, Rejection)]
    assert not any(reason.startswith(("cannot be read", "takes too")) for reason in reasons)


def test_every_valid_json_is_parsed_and_refused_as_an_article_for_what_it_lacks(
    nasty: Path,
) -> None:
    valid = sorted((nasty / "JSONTestSuite/test_parsing").glob("y_*.json"))
    assert len(valid) == 95
    for file in valid:
        found = read_object(parse_json(file.read_bytes()), file.name, ReadingOptions())
        assert isinstance(found, Rejection) and "JSON" not in found.reason, file.name


def test_every_invalid_json_is_rejected_as_a_line(nasty: Path, tmp_path: Path) -> None:
    invalid = sorted((nasty / "JSONTestSuite/test_parsing").glob("n_*.json"))
    assert len(invalid) == 188
    for file in invalid:
        with pytest.raises(ValueError):
            parse_json(file.read_bytes())
        lines = tmp_path / "a.jsonl"
        lines.write_bytes(b'{"text": "Before."}\n' + file.read_bytes() + b'\n{"text": "After."}\n')
        texts = [each.text for each in read(lines) if isinstance(each, Article)]
        assert {"Before.", "After."} == set(texts), file.name


def test_every_file_of_captures_is_read_or_named(nasty: Path) -> None:
    captures = files_in(nasty / "warcio" / "data")
    found = {file.name: read(file) for file in captures}
    assert len(found) == 16
    assert all(found.values())
    read_whole = [name for name, each in found.items() if isinstance(each[0], Article)]
    assert len(read_whole) >= 9


def test_every_xml_bomb_is_refused_in_time(nasty: Path) -> None:
    for file in files_in(nasty / "defusedxml" / "xmltestdata"):
        started = time.monotonic()
        texts = [each.text for each in read(file) if isinstance(each, Article)]
        assert time.monotonic() - started < 20, file.name
        assert all(text.strip() == "text" or "xsl" in file.name for text in texts), file.name


def naughty_strings(nasty: Path) -> list[str]:
    strings = json.loads((nasty / "blns" / "blns.json").read_text("utf-8"))
    assert len(strings) == 515
    return [str(each) for each in strings]


def keep(ledger: Ledger, articles: list[Article]) -> Iterator[Article]:
    """What the ledger gives back of articles that it was given."""
    encoder = ledger.enrol_encoder("0" * 64, "zeros", 4)
    zeros = np.zeros(4, np.float16)
    prepared = [Prepared(each, (Passage(0, len(each.text)),), (zeros,)) for each in articles]
    ledger.keep(prepared, encoder)
    yield from ledger.articles(ledger.article_numbers()).values()


@pytest.mark.parametrize("field", ["text", "title", "byline", "url"])
def test_a_naughty_string_comes_back_as_it_was_cleaned(
    nasty: Path, ledger: Ledger, field: str
) -> None:
    strings = naughty_strings(nasty)
    records = [
        Record.model_validate({"text": "Words.", "id": f"n{number}", field: text})
        for number, text in enumerate(strings)
    ]
    made = [make_article(record, "") for record in records]
    articles = [each for each in made if isinstance(each, Article)]
    clean = clean_text if field == "text" else clean_line
    mend = repair_encoding if field != "url" else str
    cleaned = {f"n{number}": clean(mend(text)) for number, text in enumerate(strings)}
    assert len(articles) == len([text for text in cleaned.values() if field != "text" or text])
    back = {article.id: article for article in keep(ledger, articles)}
    assert back == {article.id: article for article in articles}
    assert {name: getattr(article, field) for name, article in back.items() if cleaned[name]} == {
        name: text for name, text in cleaned.items() if text
    }
