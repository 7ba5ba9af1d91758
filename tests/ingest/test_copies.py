import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import existing_ledger
from ingest.copies import bands_of, compare_texts, share_held, sign, split_words
from ingest.dates import utc_now
from ingest.site import Site
from ingest.stories import Copy, copies_of
from tests.conftest import Ingest
from tests.ingest.copied_pairs import (
    Pair,
    demonstration,
    make_pairs,
    nearest_topics,
    translated_news,
)

SEED = int(os.environ.get("DEPECHE_SEED", "2024"))

_words = st.lists(
    st.sampled_from("red blue apples pears fell rose today again".split()), max_size=60
)


def stories(site: Site) -> dict[str, tuple[Copy, ...]]:
    """The copies of every article by its id."""
    ledger = existing_ledger(site)
    with ledger.engine.connect() as connection:
        found = copies_of(connection, ledger.article_numbers(), utc_now())
    return {copy.id: story for story in found.values() for copy in story}


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path


def scores(pairs: list[Pair], found: dict[str, tuple[Copy, ...]]) -> tuple[float, Counter[str]]:
    """F1 of copies found, and the kinds of the pairs judged wrongly."""
    hits = told(pairs, found)
    right = sum(hit and pair.is_copy for hit, pair in zip(hits, pairs, strict=True))
    wrong = [pair.kind for hit, pair in zip(hits, pairs, strict=True) if hit != pair.is_copy]
    return 2 * right / (sum(hits) + sum(pair.is_copy for pair in pairs)), Counter(wrong)


def told(pairs: list[Pair], found: dict[str, tuple[Copy, ...]]) -> list[bool]:
    """Whether each pair was taken for one story."""
    return [
        pair.other["id"] in {copy.id for copy in found.get(pair.one["id"], ())} for pair in pairs
    ]


def test_copies_are_told_from_articles_on_the_same_topic(
    tmp_path: Path, site: Site, ingest: Ingest, shared: Path
) -> None:
    chance = random.Random(SEED)
    local = demonstration()
    english, french = (translated_news(shared, language) for language in ("en", "fr"))
    pairs = [*make_pairs(local, chance, 40), *make_pairs(english, chance, 40)]
    pairs += [*make_pairs(french, chance, 40), *nearest_topics(local, 20)]
    pairs += [*nearest_topics(english, 15), *nearest_topics(french, 15)]
    together = zip(english[:30], french[:30], strict=True)
    translated = [Pair("translated", *pair) for pair in together]
    records = {r["id"]: r for pair in pairs + translated for r in (pair.one, pair.other)}
    report = ingest(write(tmp_path / "pairs.jsonl", *records.values()))
    value, wrong = scores(pairs, stories(site))
    print(f"seed {SEED}: F1 {value:.3f} of {len(pairs)} pairs, wrong {dict(wrong)}")
    assert len(pairs) + len(translated) == 200
    assert value >= 0.95
    assert report.copies == 120
    assert not told(translated, stories(site)).count(True)


@given(one=_words, other=_words)
def test_overlap_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    there, back = (compare_texts(" ".join(a), " ".join(b)) for a, b in ((one, other), (other, one)))
    if len(one) != len(other):
        assert there == back
    assert 0 <= there.of_shorter <= 1 and 0 <= there.of_longer <= 1


@given(words=_words)
def test_a_text_holds_all_of_itself(words: list[str]) -> None:
    assert share_held(" ".join(words), " ".join(words)) == float(len(words) >= 3)


def test_accents_and_case_do_not_hide_a_copy() -> None:
    assert split_words("L’ÉTÉ à Zürich") == split_words("l’ete A Zurich")


def test_a_few_words_have_no_copies() -> None:
    assert sign("Red apples fell today.") is None


def test_one_language_shares_no_band_with_another() -> None:
    signature = sign(" ".join(f"word{number}" for number in range(40)))
    assert signature is not None
    assert not set(bands_of(signature, "en")) & set(bands_of(signature, "fr"))
    assert len(set(bands_of(signature, "en"))) == 64


WIRE = (
    "BRINDLE (Trivane) – The ferry to the northern islands will stop running in October. "
    "The company blames the price of fuel and a lack of sailors. "
    "Islanders met on Monday and asked the county for a boat of its own. "
    "The county answered that it would decide before the end of the summer."
)


def record(number: int, **fields: str) -> dict[str, str]:
    given = {"id": f"a{number}", "language": "en", "text": WIRE, "title": f"Title {number}"}
    return {**given, "outlet": f"Paper {number}", **fields}


def ids(story: tuple[Copy, ...]) -> list[str]:
    return [copy.id for copy in story]


@pytest.mark.everywhere
def test_the_wire_stands_for_its_copies_and_the_earliest_where_there_is_none(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    late, early = record(1, published="2024-03-02"), record(2, published="2024-03-01T08:00:00Z")
    ingest(write(tmp_path / "a.jsonl", late, early, record(3)))
    assert ids(stories(site)["a1"]) == ["a2", "a1", "a3"]
    ingest(write(tmp_path / "b.jsonl", record(4, kind="wire", published="2024-03-03")))
    story = stories(site)["a1"]
    assert ids(story) == ["a4", "a2", "a1", "a3"]
    assert [copy.original for copy in story] == [True, False, False, False]


def test_a_withdrawn_article_leaves_its_story_and_the_next_stands_for_it(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    first = record(1, published="2024-03-01")
    ingest(write(tmp_path / "a.jsonl", first, record(2, published="2024-03-02"), record(3)))
    ingest(write(tmp_path / "b.jsonl", {**first, "status": "withdrawn"}))
    assert ids(stories(site)["a2"]) == ["a2", "a3"]
    assert "a1" not in stories(site)


@pytest.mark.everywhere
def test_an_article_that_changes_joins_another_story(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    other = " ".join(
        f"Sentence {n} is about the museum and its roof number {n * 7}." for n in range(6)
    )
    path = tmp_path / "a.jsonl"
    ingest(write(path, record(1), record(2), record(3, text=other)))
    assert ids(stories(site)["a1"]) == ["a1", "a2"]
    ingest(write(path, record(1), record(2, text=other), record(3, text=other)))
    assert "a1" not in stories(site)
    assert ids(stories(site)["a2"]) == ["a2", "a3"]


@pytest.mark.everywhere
def test_stories_part_when_the_article_between_them_goes(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    one, two, three = (
        " ".join(f"{topic}{n} {topic}{n * 11} {topic}{n * 7}." for n in range(20))
        for topic in ("storm", "vote", "market")
    )
    bridge = record(2, text=f"{one} {two}")
    path = tmp_path / "a.jsonl"
    ingest(write(path, record(1, text=one), bridge, record(3, text=f"{two} {three}")))
    assert len(stories(site)["a1"]) == 3
    ingest(write(path, {**bridge, "status": "withdrawn"}))
    assert stories(site) == {}


def test_an_article_under_embargo_is_not_named_among_the_copies(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    ingest(write(tmp_path / "a.jsonl", record(1), record(2)))
    ledger = existing_ledger(site)
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE versions SET embargo = '2999-01-01' WHERE given = 'a2'")
    assert stories(site) == {}


@pytest.mark.everywhere
def test_what_repeats_is_a_copy_in_the_report_once(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    path = write(tmp_path / "a.jsonl", record(1), record(2), record(3))
    assert (ingest(path).copies, ingest(path).copies) == (2, 0)


ROUND_UP = " ".join(f"Brief {n} of the week is this one, on topic {n}." for n in range(60)) + WIRE
MENTION = "A short note: the ferry to the northern islands will stop running in October."


@pytest.mark.parametrize("text", [ROUND_UP, MENTION], ids=["round-up", "mention"])
def test_a_round_up_and_a_mention_are_no_copies(
    tmp_path: Path, site: Site, ingest: Ingest, text: str
) -> None:
    ingest(write(tmp_path / "a.jsonl", record(1), record(2, text=text)))
    assert stories(site) == {}
