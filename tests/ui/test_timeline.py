import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ui.cli import main

WORDS = "The harbour workers of Selm walked out on Friday. They ask for two more crews."


def depeche(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timeline")
    (folder / "a.txt").write_text(f"date 2024-03-11 {WORDS}")
    depeche("ingest", folder / "a.txt", "--archive", folder / "archive")
    return folder / "archive"


def test_a_timeline_is_printed_for_readers_and_for_machines(archive: Path) -> None:
    topic = ("timeline", "harbour workers of Selm", "--archive", archive)
    made = json.loads(depeche(*topic, "--json").stdout)
    assert list(made) == ["topic", "language", "from", "to", "entries", "undated", "searched"]
    [entry] = made["entries"]
    [citation] = entry["citations"]
    assert (entry["date"], entry["precision"]) == ("2024-03-08", "day")
    assert WORDS[citation["start"] : citation["end"]] == citation["quote"]
    assert "March 8, 2024: " in depeche(*topic).stdout
    assert depeche(*topic, "--markdown").stdout.startswith("# Timeline: harbour workers of Selm")


def test_a_timeline_keeps_to_its_days(archive: Path) -> None:
    topic = ("timeline", "harbour workers of Selm", "--archive", archive, "--json")
    made = json.loads(depeche(*topic, "--from", "2024-04", "--to", "2024").stdout)
    assert (made["from"], made["to"], made["entries"]) == ("2024-04-01", "2024-12-31", [])


def test_a_briefing_is_printed_in_the_language_asked_for(archive: Path) -> None:
    topic = ("briefing", "harbour workers of Selm", "--archive", archive, "--language", "fr")
    assert "8 mars 2024" not in depeche(*topic, "--json").stdout
    assert depeche(*topic, "--markdown").stdout.startswith("# Synthèse\u00a0: harbour")


@pytest.mark.parametrize(
    ("days", "reason"),
    [(("--from", "soon"), "'soon' is not a date"), (("--from", "2024", "--to", "2023"), "before")],
    ids=["no date", "backwards"],
)
def test_days_that_cannot_be_are_told(archive: Path, days: tuple[str, ...], reason: str) -> None:
    result = depeche("timeline", "Selm", *days, "--archive", archive)
    assert (result.exit_code, reason in result.stderr) == (2, True)
