"""Real disagreements are told, and what only looks like one is not."""

import pytest

from assistant.answer import Citation, Difference
from assistant.disagreement import find_differences
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.encoder import Encoder
from tests.quality.disagreements import DISAGREEMENTS, OTHERS

RIGHT = 36  # of 40

Pair = tuple[str, ...]


def differences(pair: Pair, encoder: Encoder) -> tuple[Difference, ...]:
    outlets = ("The Quay", pair[2] if len(pair) > 2 else "Le Fanal")
    citations = [
        Citation(
            number,
            Article(
                str(number),
                text,
                "",
                language=language,
                outlet=outlet,
                published=NewsDate(f"2024-03-0{number + 1}"),
            ),
            0,
            len(text),
        )
        for number, (line, outlet) in enumerate(zip(pair, outlets, strict=False), start=1)
        for language, _, text in [line.partition("|")]
    ]
    return find_differences(citations, encoder, "en")


def disagree(pair: Pair, encoder: Encoder) -> bool:
    return any(not each.is_update for each in differences(pair, encoder))


@pytest.mark.parametrize(("pairs", "wanted"), [(DISAGREEMENTS, True), (OTHERS, False)])
def test_disagreements_are_told_from_updates_and_roundings(
    pairs: tuple[Pair, ...], wanted: bool, box: Encoder
) -> None:
    wrong = [pair for pair in pairs if disagree(pair, box) != wanted]
    print(f"\n{len(pairs) - len(wrong)} of {len(pairs)} right; wrong: {wrong}")
    assert len(pairs) == 40
    assert len(pairs) - len(wrong) >= RIGHT, wrong
