"""Spans of ingest and answers, as a collector of traces gets them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.tracing import listening, sending, span, spanning
from tests.collector import Collector, collecting
from tests.conftest import Ingest, word_count_encoder
from tests.crowd import STORY
from tests.ingest.test_intake import write_lines
from tests.servers import free_port
from tests.serving import serving
from ui.cli import main
from ui.doors.asking import Asked, Asking
from ui.figures import open_figures
from ui.identity.reader import ANYBODY
from ui.profiling import own_times
from ui.rates import spender

QUESTION = "What did the zeppelin of Ardoise carry?"
_OF_INGEST = {
    "ingest",
    "read",
    "look up",
    "encode",
    "keep",
    "index",
    "index meaning",
    "index words",
}
_OF_ANSWERS = {
    "answer", "understand", "encode", "search by meaning", "search by words", "fuse", "look up",
    "read", "compose", "count",
}  # fmt: skip


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of one article, ingested by the command with its spans collected beside it."""
    folder = tmp_path_factory.mktemp("traced")
    lines = write_lines(folder / "a.jsonl", dict(STORY))
    with collecting() as collector:
        depeche("ingest", lines, "--archive", folder / "archive", traces=collector.address)
    (folder / "archive" / "sent").write_text("\n".join(collector.names))
    return folder / "archive"


def depeche(*words: str | Path, traces: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, words)]
    done = subprocess.run(
        command, env={**os.environ, "DEPECHE_TRACES": traces}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done


def test_an_ingest_sends_its_steps(archive: Path) -> None:
    assert set((archive / "sent").read_text().splitlines()) >= _OF_INGEST


def test_an_answer_sends_its_steps_as_one_trace_without_its_question(
    archive: Path, collector: Collector
) -> None:
    depeche("ask", QUESTION, "--archive", archive, traces=collector.address)
    [root] = [each for each in collector.spans if each.name == "answer"]
    within = [each.name for each in collector.spans if each.trace_id == root.trace_id]
    assert set(within) >= _OF_ANSWERS
    assert "zeppelin" not in collector.words.lower()


def test_a_server_that_stops_sends_what_it_still_has(archive: Path, collector: Collector) -> None:
    with serving(archive, DEPECHE_TRACES=collector.address) as (server, address):
        asked = httpx.post(f"{address}api/ask", json={"question": QUESTION}, timeout=60)
        assert asked.status_code == 200
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    assert collector.names >= {"question", *_OF_ANSWERS}
    assert "zeppelin" not in collector.words.lower()


@pytest.mark.parametrize("logged", [True, False])
def test_a_question_is_sent_only_where_the_log_may_hold_it(
    ingest: Ingest, folder: Path, tmp_path: Path, collector: Collector, logged: bool
) -> None:
    ingest(write_lines(tmp_path / "a.jsonl", dict(STORY)))
    with opened_archive(folder, word_count_encoder) as archive, sending(collector.address):
        assistant, spend = Assistant(archive), spender("9/minute")
        asking = Asking(assistant, "UTC", spend, open_figures(), log_questions=logged)
        list(asking.ask(Asked(QUESTION, ANYBODY, "api")))
        asking.search(Asked(QUESTION, ANYBODY, "api"), 3)
    assert [each.name for each in collector.spans].count("question") == 2
    assert ("zeppelin" in collector.words) is logged


def test_a_collector_that_is_away_costs_no_answer(archive: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    done = depeche("ask", QUESTION, "--archive", archive, "--json", traces=away)
    assert json.loads(done.stdout)["searched"]["articles"] == 1


def test_without_the_exporter_the_setting_says_what_to_install(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
    monkeypatch.setitem(sys.modules, exporter, None)
    monkeypatch.setenv("DEPECHE_TRACES", "http://127.0.0.1:4318")
    done = CliRunner().invoke(main, ["ask", QUESTION, "--archive", str(archive)])
    assert (done.exit_code, "pip install 'depeche[traces]'" in done.output) == (1, True)


def test_an_address_that_is_no_collector_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPECHE_TRACES", "collector:4318")
    done = CliRunner().invoke(main, ["ask", QUESTION])
    assert "name one such as http://collector:4318" in done.output


def test_a_failure_is_named_without_its_words() -> None:
    heard: list[Any] = []
    with listening(heard.append), pytest.raises(ValueError, match="zeppelin"), span("read"):
        raise ValueError("a zeppelin")
    [failed] = heard
    assert (failed.status.description, failed.events) == ("ValueError", ())


def test_steps_taken_by_several_threads_are_one_span(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Any] = []

    def steps() -> Iterator[int]:
        for number in range(4):
            with span("inner"):
                pass
            yield number

    with listening(heard.append), ThreadPoolExecutor(2) as threads:
        growing = spanning("outer", (each for each in steps()))
        assert [threads.submit(next, growing).result() for _ in range(4)] == [0, 1, 2, 3]
        assert list(growing) == []
    *inner, outer = heard
    assert {each.parent.span_id for each in inner} == {outer.context.span_id}
    assert caplog.records == []


def test_steps_that_nobody_takes_to_the_end_end_with_their_reader() -> None:
    heard: list[Any] = []
    with listening(heard.append):
        growing = spanning("outer", (number for number in range(4)))
        next(growing)
        growing.close()
    assert [each.name for each in heard] == ["outer"]


def test_the_own_times_of_stages_add_up_to_the_whole() -> None:
    heard: list[Any] = []
    with listening(heard.append), span("answer"), span("read"), span("look up", language="en"):
        pass
    times = own_times(heard)
    whole = (heard[-1].end_time - heard[-1].start_time) / 1e6
    assert set(times) == {"everything else", "read", "look up en"}
    assert sum(times.values()) == pytest.approx(whole)


def test_doctor_tells_where_time_memory_and_disk_go(archive: Path) -> None:
    asked = ("doctor", "--profile", "--question", QUESTION, "--archive", archive)
    told = json.loads(depeche(*asked, "--json", traces="").stdout)["profile"]
    stages = {stage["name"]: stage for stage in told["stages"]}
    assert stages.keys() >= {"read", "compose", "encode", "search by words en"}
    assert sum(stage["share"] for stage in told["stages"]) == pytest.approx(1)
    assert told["memory"][0]["after"] == "libraries"
    assert {"encoder", "meaning", "1 answer"} <= {held["after"] for held in told["memory"]}
    assert told["disk"].keys() == {"ledger", "meaning", "words"}
    said = depeche("doctor", "--profile", "--archive", archive, traces="").stdout
    assert "All is well." in said
    assert "search by meaning en" in said
