import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import existing_ledger
from ingest.articles import Article
from ingest.clock import steady_clock
from ingest.history import Change, compare_versions, versions_of
from ingest.ledger import Ledger
from ingest.site import Site
from ingest.watching import changes_in
from tests.conftest import Ingest
from ui.history import history

STORY = (
    "The ferry to the northern islands will stop running in October. "
    "The company blames the price of fuel and a lack of sailors. "
    "Islanders met on Monday and asked the county for a boat of its own. "
    "The county answered that it would decide before the end of the summer."
)
FIRST = {"id": "one", "outlet": "The Quay", "published": "2024-03-01", "language": "en",
         "title": "Ferry to stop", "url": "https://quay.example/ferry", "text": STORY}  # fmt: skip
MORE = STORY + " On Tuesday the county found the money."

pytestmark = pytest.mark.everywhere


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path


def ledger_of(site: Site) -> Ledger:
    return existing_ledger(site)


def held(site: Site) -> list[str]:
    """The texts that the archive answers from."""
    ledger = ledger_of(site)
    return [article.text for article in ledger.articles(ledger.article_numbers()).values()]


VERSIONS = {
    "the same id": {"text": MORE},
    "the same address": {"id": "two", "text": MORE},
    "the same outlet the next day": {"id": "two", "url": "", "text": MORE, "title": "County pays",
                                     "published": "2024-03-02"},
    "the same outlet and title, undated": {"id": "two", "url": "", "text": MORE, "published": ""},
}  # fmt: skip
OTHERS = {
    "another outlet": {"id": "two", "url": "", "outlet": "The Pier"},
    "the same outlet a month later": {"id": "two", "url": "", "published": "2024-04-02"},
    "the front page as its address": {"id": "two", "url": "https://quay.example/", "outlet": "X"},
    "an excerpt": {"id": "two", "text": STORY[:125]},
    "another text at one address": {"id": "two", "text": "Snow fell. " * 40, "outlet": "The Pier"},
    "undated under another title": {"id": "two", "url": "", "published": "", "title": "Other"},
}


@pytest.mark.parametrize("change", VERSIONS.values(), ids=VERSIONS)
def test_an_article_that_comes_again_is_a_version(
    tmp_path: Path, site: Site, ingest: Ingest, change: dict[str, str]
) -> None:
    path = write(tmp_path / "a.jsonl", FIRST)
    ingest(path)
    both = write(tmp_path / "b.jsonl", {**FIRST, **change})
    assert ingest(both).updated == 1
    assert held(site) == [MORE]
    texts = [version.article.text for version in versions_of(ledger_of(site), "one")]
    assert texts == [STORY, MORE]


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_what_is_only_alike_is_an_article_of_its_own(
    tmp_path: Path, site: Site, ingest: Ingest, change: dict[str, str]
) -> None:
    path = write(tmp_path / "a.jsonl", FIRST, {**FIRST, **change})
    assert (ingest(path).added, len(held(site))) == (2, 2)


def test_a_source_that_keeps_both_versions_writes_nothing_the_second_time(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    later = {**FIRST, "id": "two", "text": MORE, "published": "2024-03-02"}
    for place, second in enumerate((later, {**later, "id": "one"})):
        path = write(tmp_path / f"{place}.jsonl", FIRST, second)
        ingest(path)
        _, end = ledger_of(site).changes_after(0)
        assert ingest(path).unchanged == 2
        assert ledger_of(site).changes_after(end) == ([], end)
        assert held(site) == [MORE]


def test_a_version_that_comes_late_does_not_replace_a_newer_one(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    newer = {**FIRST, "text": MORE, "updated": "2024-03-02T10:00:00+01:00"}
    ingest(write(tmp_path / "a.jsonl", newer))
    ingest(write(tmp_path / "b.jsonl", {**FIRST, "updated": "2024-03-02T08:30:00Z"}))
    assert held(site) == [MORE]
    assert [v.current for v in versions_of(ledger_of(site), "one")] == [True, False]


def test_a_file_edited_back_is_a_new_version(tmp_path: Path, site: Site, ingest: Ingest) -> None:
    file = tmp_path / "a.txt"
    for text in ("One day.", "Two days.", "One day."):
        file.write_text(text)
        ingest(file)
    assert held(site) == ["One day."]


def test_a_withdrawal_by_address_alone_is_obeyed(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    notice = {"id": "two", "url": FIRST["url"], "text": "Withdrawn.", "status": "withdrawn"}
    ingest(write(tmp_path / "a.jsonl", FIRST))
    report = ingest(write(tmp_path / "b.jsonl", notice))
    assert (report.withdrawn, report.articles, report.passages) == (1, 0, 0)


def test_what_changed_is_said_by_field_and_sentence() -> None:
    old = Article("a", "It rained. Two fell. All went home.", "Rain")
    new = Article("a", "It rained. Three fell. All went home. A bus came.", "Storm")
    assert compare_versions(old, new) == [
        Change("field", "Storm", "Rain", "title"),
        Change("removed", "Two fell."),
        Change("added", "Three fell."),
        Change("added", "A bus came."),
    ]


_sentences = st.lists(st.sampled_from(["It rained.", "Two fell.", "All left."]), min_size=1)


@given(old=_sentences, new=_sentences)
def test_applying_the_changes_to_the_old_counts_up_to_the_new(
    old: list[str], new: list[str]
) -> None:
    changes = compare_versions(Article("a", " ".join(old), ""), Article("a", " ".join(new), ""))
    left = list(old)
    for change in changes:
        (left.remove if change.change == "removed" else left.append)(change.text)
    assert sorted(left) == sorted(new)


def test_the_command_shows_the_versions_and_names_what_is_missing(
    tmp_path: Path, site: Site, ingest: Ingest
) -> None:
    ingest(write(tmp_path / "a.jsonl", FIRST))
    ingest(write(tmp_path / "a.jsonl", {**FIRST, "id": "two", "text": MORE}))
    runner = CliRunner(env={"DEPECHE_LEDGER": site.ledger})
    shown = runner.invoke(history, ["one", "--archive", str(site.folder)])
    assert "+ On Tuesday the county found the money." in shown.output
    machine = json.loads(
        runner.invoke(history, ["two", "--json", "--archive", str(site.folder)]).output
    )
    assert [version["current"] for version in machine["versions"]] == [False, True]
    assert machine["versions"][1]["changes"][0]["text"] == "On Tuesday the county found the money."
    gone = runner.invoke(history, ["three", "--archive", str(site.folder)])
    assert (gone.exit_code, "no article 'three'" in gone.output) == (1, True)


NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("jump", "passed", "said"),
    [(0, 60, 60), (86_400, 60, 60), (-86_400, 60, 60 - 86_400)],
    ids=["steady", "forward", "back"],
)
def test_a_clock_that_jumps_says_no_time_that_has_not_come(
    jump: int, passed: int, said: int
) -> None:
    elapsed, walls = (
        iter([0.0, float(passed)]),
        iter([NOON, NOON + timedelta(seconds=passed + jump)]),
    )
    clock = steady_clock(lambda: next(walls), lambda: next(elapsed))
    assert clock() == NOON + timedelta(seconds=said)


def test_a_file_that_comes_into_a_watched_folder_is_named(tmp_path: Path) -> None:
    stop, found = Event(), list[Path]()

    def watch() -> None:
        for paths in changes_in([tmp_path], stop):
            found.extend(paths)
            stop.set()

    thread = Thread(target=watch)
    thread.start()
    for number in range(100):  # until the watch has begun
        (tmp_path / "a.txt").write_text(f"Day {number}.")
        thread.join(0.6)
        if not thread.is_alive():
            break
    stop.set()
    thread.join()
    assert found[:1] == [tmp_path / "a.txt"]
