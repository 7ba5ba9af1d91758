"""Every way a model's server can fail ends in a sentence to the reader, in time."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.frames import say
from assistant.model import Limits
from ingest.archive import Archive
from tests.assistant.newsroom import QUESTION, TODAY, opened_newsroom
from tests.faults import FAULTS, SUPPORTED, Fault
from tests.openai_server import KEY, Upstream, answering, model_at

LIMITS = Limits(silence=3, whole=8, failures=3, rest=60, context=8192)
NOTICES = {say(f"model_{kind}", "en") for kind in ("failed", "slow", "too_long")}
CUT = say("model_cut", "en")
UNREACHABLE = {
    "is down": "http://127.0.0.1:9/v1",
    "has no such host": "http://no-such-host.invalid/v1",
    "speaks no TLS": "https://127.0.0.1:{port}/v1",
}
CASES = [(name, streams) for name in (*FAULTS, *UNREACHABLE) for streams in (True, False)]


@dataclass(frozen=True)
class Outcome:
    """What a reader got from a server that fails; when it was asked, and when the answer came."""

    answer: Answer
    began: float
    answered: float


@dataclass(frozen=True)
class Run:
    """All faults, tried against one server."""

    outcomes: dict[tuple[str, bool], Outcome]
    upstream: Upstream
    log: str


class Notes(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += self.format(record) + "\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened_newsroom(tmp_path_factory.mktemp("newsroom")) as opened:
        yield opened


@pytest.fixture(scope="module")
def run(archive: Archive) -> Iterator[Run]:
    notes = Notes()
    logging.getLogger().addHandler(notes)
    with (
        answering(lambda line: FAULTS[line.asked["model"]].reply(line)) as upstream,
        ThreadPoolExecutor(16) as pool,
    ):
        tried = pool.map(lambda case: try_fault(case, archive, upstream), CASES)
        yield Run(dict(zip(CASES, tried, strict=True)), upstream, notes.text)
    logging.getLogger().removeHandler(notes)


def try_fault(case: tuple[str, bool], archive: Archive, upstream: Upstream) -> Outcome:
    name, streams = case
    port = upstream.address.split(":")[2].removesuffix("/v1")
    address = UNREACHABLE.get(name, upstream.address).format(port=port)
    with model_at(address, name, LIMITS, streams=streams) as model:
        began = time.monotonic()
        answer = list(Assistant(archive, model).ask(QUESTION, today=TODAY))[-1]
        answered = time.monotonic()
    return Outcome(answer, began, answered)


@pytest.mark.parametrize(("name", "streams"), CASES)
def test_a_model_that_fails_ends_in_a_sentence_that_says_so(
    name: str, streams: bool, run: Run
) -> None:
    answer = run.outcomes[name, streams].answer
    fault = FAULTS.get(name, Fault(lambda line: None))
    if (fault.streamed if streams else fault.plain) == "cut":
        assert (answer.notice, answer.model) == (CUT, f"openai:{name}")
        assert [sentence.text for sentence in answer.sentences] == [SUPPORTED]
    else:
        assert (answer.notice in NOTICES, answer.model) == (True, None)
        assert SUPPORTED in answer.text


@pytest.mark.parametrize(("name", "streams"), CASES)
def test_the_sentence_comes_within_two_seconds_of_the_failure(
    name: str, streams: bool, run: Run
) -> None:
    outcome = run.outcomes[name, streams]
    assert outcome.answered - run.upstream.left.get((name, streams), outcome.began) < 2


def test_no_stream_stays_open_and_no_key_is_told(run: Run) -> None:
    until = time.monotonic() + 2
    while run.upstream.open and time.monotonic() < until:
        time.sleep(0.02)
    assert run.upstream.open == 0
    told = run.log + "".join(str(outcome.answer) for outcome in run.outcomes.values())
    assert "the model openai:forbids: failed" in run.log
    assert KEY not in told
    assert "Traceback" not in told
    assert set(run.upstream.paths) == {"/v1/chat/completions"}
