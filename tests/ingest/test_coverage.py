"""Where an outlet fell silent, what stands here twice, and what the last ingest did."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ingest.archive import create_folder
from ingest.coverage import Silence, find_silences, holdings_by_outlet, issues_between
from ingest.intake import ingest_paths
from ingest.readers import ReadingOptions
from ingest.rejected import addresses_to_retry, paths_to_retry, rejected_sources
from ingest.repeated import count_copying
from ingest.runs import last_run
from ingest.site import Site
from ingest.uploads import Upload, plain_name, upload_source
from tests.conftest import Ingest, word_count_encoder

FIRST = date(2024, 1, 1)
STORY = (
    "The ferry Alba broke down off the quay of Wexmoor on Monday evening with forty passengers. "
    "Two tugs brought her back into the harbour before midnight, and nobody of the crew was hurt. "
    "The company says that the cause was water in the fuel, which it had bought in Quellmouth."
)


def on(*numbers: int) -> set[date]:
    return {FIRST + timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("issued", "until", "silent"),
    [
        (range(10), 9, []),
        ([0, 1, 2, 3, 6, 7], 7, []),
        ([0, 1, 2, 3, 7, 8], 8, [(4, 6)]),
        ([0, 1, 2, 3], 6, [(4, 6)]),
        ([0, 7, 14, 28, 35], 50, []),
        ([0, 7, 14, 21], 60, [(22, 60)]),
        ([0, 1], 90, []),
        ([], 90, []),
    ],
    ids="daily|weekend|a gap|fell silent|weekly|weekly silent|hardly known|unknown".split("|"),
)
def test_a_silence_is_told_from_what_is_usual(
    issued: list[int], until: int, silent: list[tuple[int, int]]
) -> None:
    found = find_silences(on(*issued), FIRST + timedelta(days=until))
    assert [((one.first - FIRST).days, (one.last - FIRST).days) for one in found] == silent


@given(issued=some.sets(some.integers(0, 200), min_size=3))
def test_no_article_came_out_on_a_silent_day(issued: set[int]) -> None:
    days = on(*issued)
    for silence in find_silences(days, FIRST + timedelta(days=210)):
        assert not any(silence.first <= day <= silence.last for day in days)
        assert silence.days >= 3


@pytest.fixture
def filled(tmp_path: Path, ingest: Ingest) -> None:
    lines = (
        {"outlet": "Tide", "published": "2024-01-02T08:00:00Z", "title": "At sea", "text": STORY},
        {"outlet": "Mail", "published": "2024-01-03", "text": STORY},
        {"outlet": "Mail", "published": "2024-01", "text": "Le pont de Selm rouvrira en mai."},
        {"outlet": "Mail", "published": "2024-01-04", "status": "withdrawn", "text": "Gone."},
        {"text": 3},
    )  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    ingest(tmp_path / "a.jsonl")


@pytest.mark.everywhere
@pytest.mark.usefixtures("filled")
def test_articles_are_counted_by_outlet_language_and_day(site: Site) -> None:
    ledger = create_folder(site)
    held = {(each.outlet, each.language): each for each in holdings_by_outlet(ledger)}
    assert {name: each.articles for name, each in held.items()} == {
        ("Tide", "en"): 1, ("Mail", "en"): 1, ("Mail", "fr"): 1,
    }  # fmt: skip
    issues = issues_between(ledger, FIRST, FIRST + timedelta(days=30))
    assert {(each.outlet, each.day.day) for each in issues} == {("Tide", 2), ("Mail", 3)}
    assert issues_between(ledger, FIRST, FIRST) == []


@pytest.mark.everywhere
@pytest.mark.usefixtures("filled")
def test_a_story_in_two_outlets_is_named_with_both(site: Site) -> None:
    copying = count_copying(create_folder(site), 5)
    assert (copying.stories, copying.articles) == (1, 2)
    assert (copying.most[0].title, copying.most[0].outlets) == ("At sea", ("Tide", "Mail"))


@pytest.mark.everywhere
def test_the_last_ingest_is_remembered(tmp_path: Path, site: Site, ingest: Ingest) -> None:
    assert last_run(create_folder(site)) is None
    (tmp_path / "a.jsonl").write_text('{"text": "Fine."}\n{"text": 3}\n')
    for added, unchanged in ((1, 0), (0, 1)):
        ingest(tmp_path / "a.jsonl")
        run = last_run(create_folder(site))
        assert run
        assert (run.added, run.unchanged, run.rejected) == (added, unchanged, 1)


def test_what_a_browser_sent_is_struck_off_when_it_can_be_read_and_never_asked_for(
    tmp_path: Path, folder: Path
) -> None:
    for words in ("{\n{", '{"text": "Fine now."}'):
        upload = Upload(tmp_path / "a.jsonl", upload_source("a.jsonl"))
        upload.path.write_text(words)
        report = ingest_paths(
            [upload],
            folder,
            opener=word_count_encoder,
            outlet="",
            notify=lambda step: None,
            options=ReadingOptions({}),
        )
        ledger = create_folder(folder)
        assert [each.source for each in rejected_sources(ledger)] == [
            each.source for each in report.rejected
        ]
        assert (paths_to_retry(ledger), addresses_to_retry(ledger)) == ([], [])
    assert report.added == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("story.txt", "story.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\news\\été 1.pdf", "été 1.pdf"),
        ("a:b#c!.jsonl", "a_b_c_.jsonl"),
        ("<img src=x onerror=alert(1)>.html", "_img src_x onerror_alert(1)_.html"),
        ("..", "file"),
        ("", "file"),
        ("\x00\u202e.txt", "_.txt"),
        ("x" * 300 + ".warc.gz", "x" * 80 + ".gz"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(said: str, name: str) -> None:
    assert plain_name(said) == name


def test_a_silence_says_how_long_it_lasts() -> None:
    assert Silence(FIRST, FIRST).days == 1
