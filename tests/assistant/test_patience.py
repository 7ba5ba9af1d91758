"""How long a model is waited for, how much it is asked to read, and when it is left alone."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evidence import Evidence
from assistant.frames import say
from assistant.model import Breaker, Limits, Model, ModelFailedError
from assistant.prompting import fit_evidence
from ingest.archive import Archive
from ingest.articles import Article
from ingest.passages import Passage
from tests.assistant.newsroom import QUESTION, QUESTION_FR, TODAY, opened_newsroom
from tests.openai_server import PATIENT, Line, Upstream, answering, model_at


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened_newsroom(tmp_path_factory.mktemp("newsroom")) as opened:
        yield opened


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(archive: Archive, model: Model, question: str = QUESTION) -> Answer:
    return list(Assistant(archive, model).ask(question, today=TODAY))[-1]


def in_time(happens: Callable[[], bool], seconds: float) -> bool:
    """Whether something happens within some seconds."""
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.01)
    return happens()


def talk_on(line: Line) -> None:
    """Say a sentence that rests on the first passage, and words without end."""
    line.begin()
    line.say(f"They ask for two more crews. [{line.marks[0]}] ")
    while True:
        line.say("And more ")
        line.wait(0.05)


def say_nothing(line: Line) -> None:
    line.begin()
    line.wait(60)


def leave(archive: Archive, model: Model, upstream: Upstream, *, mute: bool) -> None:
    """Ask, and go away when the first sentence is there, or while there is none."""
    answers = Assistant(archive, model).ask(QUESTION, today=TODAY)
    assert isinstance(answers, Generator)
    answer = next(answer for answer in answers if mute or answer.sentences)
    assert bool(answer.sentences) is not mute
    answers.close()


@pytest.mark.parametrize(
    ("reply", "mute"), [(talk_on, False), (say_nothing, True)], ids=["speaking", "silent"]
)
def test_a_reader_who_leaves_stops_the_model_at_once(
    reply: Callable[[Line], None], mute: bool, archive: Archive
) -> None:
    with (
        answering(reply) as upstream,
        model_at(upstream.address) as model,
        ThreadPoolExecutor(10) as pool,
    ):
        left = [pool.submit(leave, archive, model, upstream, mute=mute) for _ in range(50)]
        for each in left:
            each.result()
        assert in_time(lambda: upstream.open == 0, 1)
        assert upstream.prompts


def test_a_model_that_failed_three_times_is_left_alone_until_a_trial_succeeds(
    archive: Archive,
) -> None:
    well = threading.Event()

    def reply(line: Line) -> None:
        if well.is_set():
            line.speak([f"They ask for two more crews. [{line.marks[0]}]"])
        else:
            line.send(401, b"{}")

    clock = Clock()
    with answering(reply) as upstream, model_at(upstream.address) as opened:
        model = replace(opened, breaker=Breaker(PATIENT, clock))
        failed = [ask(archive, model).notice for _ in range(3)]
        rested = [ask(archive, model, question) for question in (QUESTION, QUESTION_FR)]
        asked = len(upstream.prompts)
        well.set()
        clock.now = PATIENT.rest
        recovered = ask(archive, model)
    assert (failed, asked) == ([say("model_failed", "en")] * 3, 3)
    assert [answer.notice for answer in rested] == [
        say("model_resting", "en"),
        say("model_resting", "fr"),
    ]
    assert all(answer.citations for answer in rested)
    assert (recovered.model, recovered.notice) == ("openai:scripted", "")


def fail(breaker: Breaker) -> str:
    """How an attempt ends in which the model fails."""
    try:
        with breaker.attempt():
            raise ModelFailedError("failed")
    except ModelFailedError as error:
        return error.kind


def test_after_a_rest_one_question_tries_and_the_others_do_not_wait() -> None:
    clock = Clock()
    breaker = Breaker(Limits(1, 1, failures=2, rest=60, context=4096), clock)
    assert [fail(breaker) for _ in range(3)] == ["failed", "failed", "resting"]
    clock.now = 61
    with breaker.attempt():
        assert fail(breaker) == "resting"
    assert fail(breaker) == "failed"


def test_a_trial_that_fails_begins_another_rest() -> None:
    clock = Clock()
    breaker = Breaker(Limits(1, 1, failures=1, rest=60, context=4096), clock)
    assert fail(breaker) == "failed"
    for clock.now, end in ((59, "resting"), (61, "failed"), (62, "resting"), (122, "failed")):
        assert fail(breaker) == end


def test_a_reader_who_leaves_a_trial_leaves_it_to_the_next() -> None:
    clock = Clock()
    breaker = Breaker(Limits(1, 1, failures=1, rest=60, context=4096), clock)
    assert fail(breaker) == "failed"
    clock.now = 61
    with pytest.raises(GeneratorExit), breaker.attempt():
        raise GeneratorExit
    assert fail(breaker) == "failed"


def test_passages_that_are_too_long_for_the_server_are_halved_once(archive: Archive) -> None:
    def reply(line: Line) -> None:
        if len(line.marks) > 1:
            line.send(400, b'{"error": {"message": "maximum context length is 512 tokens"}}')
        else:
            line.speak([f"They ask for two more crews. [{line.marks[0]}]"])

    with answering(reply) as upstream, model_at(upstream.address) as model:
        answer = ask(archive, model)
        assert len(upstream.prompts) == 2
    assert (answer.model, answer.notice) == ("openai:scripted", "")


def passage(text: str) -> Evidence:
    return Evidence(1, Article("a", text, title=""), Passage(0, len(text)), 1.0, 1.0)


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=9), st.integers(1010, 2048))
def test_the_evidence_never_outgrows_the_context(texts: list[str], context: int) -> None:
    fitted = fit_evidence([passage(text) for text in texts], context)
    assert [one.text for one in fitted] == texts[: len(fitted)]
    assert fitted
    if len(fitted) > 1:
        assert sum(len(one.text.encode()) for one in fitted) <= (context - 1000) * 2.5


def test_a_wide_context_keeps_all_of_the_evidence() -> None:
    evidence = [passage("word " * 240)] * 10
    assert fit_evidence(evidence, 8192) == evidence
    assert len(fit_evidence(evidence, 4096)) == 6
