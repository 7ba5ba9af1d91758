import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.settings import Settings
from ui.cli import main

HEAVY = {
    "torch",
    "chromadb",
    "gradio",
    "sentence_transformers",
    "langchain",
    "lingua",
    "sqlalchemy",
}


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEPECHE_ARCHIVE", raising=False)


def depeche(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, click.testing, ui.cli\n"
        "click.testing.CliRunner().invoke(ui.cli.main, ['--help'])\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=Path.cwd())
    assert HEAVY & set(loaded.split()) == set()


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_to_no_archive_is_told_how_to_make_one(command: str, tmp_path: Path) -> None:
    result = depeche(command, "Who?", "--archive", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no archive in" in result.stderr
    assert "depeche ingest" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_question_to_an_empty_archive_is_told_how_to_fill_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    depeche("ingest", tmp_path / "empty", "--archive", tmp_path / "a")
    result = depeche("ask", "Who?", "--archive", tmp_path / "a")
    assert (result.exit_code, "is empty: fill it" in result.stderr) == (1, True)


def test_an_ingest_that_reads_nothing_says_why_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    result = depeche(
        "ingest",
        tmp_path / "empty",
        tmp_path / "picture.txt",
        "--archive",
        tmp_path / "a",
        "--json",
    )
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [each["source"].rsplit("/", 1)[1] for each in report["rejected"]] == [
        "empty",
        "picture.txt",
    ]


def test_an_ingest_without_paths_is_wrong_usage() -> None:
    assert depeche("ingest").exit_code == 2


def test_what_is_watched_is_encoded_here(tmp_path: Path) -> None:
    watched = depeche("ingest", tmp_path, "--watch", "--engine", "ray")
    assert (watched.exit_code, "leave --engine out" in watched.stderr) == (2, True)


def test_a_setting_that_is_not_right_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPECHE_PORT", "high")
    result = depeche("ask", "Who?", "--archive", tmp_path)
    assert result.exit_code == 1
    assert "port" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_encoder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Words of an article.")
    monkeypatch.setenv("DEPECHE_ENCODER", str(tmp_path / "no-model"))
    result = depeche("ingest", tmp_path / "a.txt", "--archive", tmp_path / "a")
    assert result.exit_code == 1
    assert "no-model" in result.stderr


def test_the_first_article_is_asked_and_quoted_from_the_command_line(tmp_path: Path) -> None:
    words = "The harbour workers of Selm walked out on Monday. They ask for two more crews."
    (tmp_path / "a.txt").write_text(f"date 2024-03 {words}")
    archive = ("--archive", tmp_path / "a")
    report = json.loads(depeche("ingest", tmp_path / "a.txt", *archive, "--json").stdout)
    assert (report["added"], report["articles"], report["rejected"]) == (1, 1, [])
    answer = json.loads(
        depeche("ask", "What do the harbour workers of Selm ask for?", *archive, "--json").stdout
    )
    [citation] = answer["citations"]
    assert words[citation["start"] : citation["end"]] == citation["quote"]
    assert (answer["status"], citation["published"]) == ("answered", "2024-03")
    [passage] = json.loads(depeche("search", "harbour", "-k", "1", *archive, "--json").stdout)
    assert passage["text"] == words
    told = depeche("ask", "What do the harbour workers of Selm ask for?", *archive)
    assert "March 2024: “" in told.stdout


def test_days_are_chosen_on_the_command_line(tmp_path: Path) -> None:
    lines = [
        {"id": day, "published": day, "title": "Pier", "text": f"The pier of Selm, seen on {day}."}
        for day in ("2024-01-15", "2024-03-15")
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    archive = ("--archive", tmp_path / "a")
    depeche("ingest", tmp_path / "a.jsonl", *archive)
    asked = ("What was the pier of Selm like in January 2024?", *archive, "--today", "2024-05-01")
    found = json.loads(depeche("search", *asked, "--json").stdout)
    assert [passage["article"] for passage in found] == ["2024-01-15"]
    seen = ("When was the pier of Selm seen?", *archive, "--today", "2024-05-01")
    chosen = json.loads(depeche("search", *seen, "--from", "2024-02-01", "--json").stdout)
    assert [passage["article"] for passage in chosen] == ["2024-03-15"]
    answer = json.loads(depeche("ask", *asked, "--to", "2024-02-01", "--json").stdout)
    assert answer["window"] == {"from": None, "to": "2024-02-01", "why": ""}
    told = " ".join(depeche("ask", *asked).stdout.split())
    assert "from January 1, 2024 to January 31, 2024 (“in January 2024”)" in told
    assert "Newest source: January 15, 2024." in told
    turned = depeche("ask", *asked, "--from", "2024-03-01", "--to", "2024-02-01")
    assert (turned.exit_code, "--from names a later day" in turned.stderr) == (2, True)


def test_a_time_zone_that_nobody_keeps_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPECHE_TIMEZONE", "Mars/Olympus")
    result = depeche("ask", "Who?", "--archive", tmp_path)
    assert (result.exit_code, "no time zone is called 'Mars/Olympus'" in result.stderr) == (1, True)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = depeche("serve", "--port", str(port), "--archive", tmp_path)
    assert (result.exit_code, "choose another with --port" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"key": "k1", "chapeau": "Ferries stop", "content": {"plain": "They stop."}}'),
        (
            "a.json",
            '[{"key": "k1", "chapeau": "Ferries stop", "content": {"plain": "They stop."}}]',
        ),
        ("a.csv", "key;chapeau;content.plain\nk1;Ferries stop;They stop.\n"),
    ],
)
def test_fields_of_other_names_are_mapped(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    said = ("--map", "id=key,title=chapeau,text=content.plain", "--archive", tmp_path / "a")
    assert depeche("ingest", tmp_path / name, *said).exit_code == 0
    [found] = json.loads(depeche("search", "ferries", "--archive", tmp_path / "a", "--json").stdout)
    assert (found["article"], found["title"], found["text"]) == ("k1", "Ferries stop", "They stop.")


def test_a_field_map_may_stand_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "depeche.toml").write_text('map = { text = "chapeau" }')
    assert Settings().map == {"text": "chapeau"}
    monkeypatch.setenv("DEPECHE_MAP", "text = lead, title = top.line")
    assert Settings().map == {"text": "lead", "title": "top.line"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("headline", "map: 'headline' is no pair such as title=headline"),
        ("title=", "map: 'title=' is no pair such as title=headline"),
        ("titel=headline", "map: an article has no field 'titel', it has text, id, title,"),
    ],
)
def test_a_bad_field_map_is_wrong_usage_told_in_one_sentence(
    tmp_path: Path, said: str, sentence: str
) -> None:
    result = depeche("ingest", tmp_path, "--map", said, "--archive", tmp_path / "a")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(f"Error: a setting is not right: {sentence}")


def test_what_was_odd_about_an_article_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "They stop.", "published": "soon"}')
    told = depeche("ingest", tmp_path / "a.jsonl", "--archive", tmp_path / "a").stderr
    assert "a.jsonl:1: published: 'soon' is no date such as 2024-01-27" in " ".join(told.split())


def test_a_retry_in_no_archive_makes_none(tmp_path: Path) -> None:
    result = depeche("ingest", "--retry", "--archive", tmp_path / "typo")
    assert (result.exit_code, "there is no archive in" in result.stderr) == (1, True)
    assert not (tmp_path / "typo").exists()


def test_a_retry_tells_what_is_gone_and_forgets_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ")
    said = ("ingest", "--archive", tmp_path / "a")
    assert depeche(*said, "a.txt").exit_code == 1
    (tmp_path / "a.txt").unlink()
    first, again = depeche(*said, "--retry"), depeche(*said, "--retry")
    assert f"gone      {tmp_path / 'a.txt'}\n" in first.stderr
    assert (first.exit_code, again.exit_code, "gone" in again.stderr) == (0, 0, False)


def test_a_report_counts_one_thing_as_one_and_breaks_no_path(tmp_path: Path) -> None:
    folder = tmp_path / ("a long name " * 9)
    folder.mkdir()
    (folder / "a.txt").write_text("They stop.")
    (folder / "b.txt").write_text(" ")
    told = depeche("ingest", folder, "--archive", tmp_path / "a").stderr
    assert "The archive holds 1 article in 1 passage (" in told
    assert f"left out  {folder / 'b.txt'}: is empty\n" in told
