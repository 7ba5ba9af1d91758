"""The reader tells what news says from what it only seems to say, as well as when floors were set."""

import pytest

from assistant.reader import open_reader
from assistant.reader.training.measure import measure, written_news
from assistant.reader.training.written import KEPT
from tests.quality.floors import bounds, fingerprint, pinned

NEWS = KEPT / "news.txt"  # never taught


def test_the_floors_belong_to_these_questions() -> None:
    assert fingerprint(NEWS) == pinned(NEWS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_written_news_is_read_as_well_as_before(language: str) -> None:
    reader = open_reader("", "balanced")
    assert reader
    scores = measure(reader, written_news(language), 1_000)
    floors = bounds(NEWS)[language]
    assert [name for name, floor in floors.items() if scores[name] < floor] == []
