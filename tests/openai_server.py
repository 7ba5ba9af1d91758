"""A server on loopback that speaks the OpenAI protocol and says what a test tells it to."""

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from assistant.model import Limits, Model, opened_model

KEY = "sk-loopback-0123456789abcdef"  # must never be seen anywhere
PATIENT = Limits(silence=30, whole=60, failures=3, rest=60, context=8192)
_ENVIRONMENT = threading.Lock()  # is one for all threads

Script = Callable[[str], Iterable[str]]  # the whole prompt → the pieces that are streamed


@dataclass
class Upstream:
    """A running server: its address, the prompts it was sent, how many answers it is giving."""

    address: str
    prompts: list[str] = field(default_factory=list)
    open: int = 0
    paths: list[str] = field(default_factory=list)
    left: dict[tuple[str, bool], float] = field(default_factory=dict)  # when it was done last
    ended: threading.Event = field(default_factory=threading.Event)


class Line(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    upstream: Upstream
    reply: ClassVar[Callable[["Line"], None]]
    asked: dict[str, Any]
    prompt: str

    def do_POST(self) -> None:
        self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.prompt = "\n".join(message["content"] for message in self.asked["messages"])
        self.upstream.prompts.append(self.prompt)
        self.upstream.paths.append(self.path)
        self.upstream.open += 1
        try:
            type(self).reply(self)
        except ConnectionError:
            self.close_connection = True  # its reader went away
        finally:
            self.upstream.open -= 1
            self.upstream.left[self.asked["model"], self.streams] = time.monotonic()

    @property
    def streams(self) -> bool:
        return bool(self.asked.get("stream"))

    @property
    def marks(self) -> list[str]:
        """The marks of what the prompt quotes, the best first."""
        return re.findall(r'<(?:passage|quotation) mark="(\w+)"', self.prompt)

    def send(
        self, status: int, body: bytes, kind: str = "application/json", **headers: str
    ) -> None:
        """Answer with a whole body."""
        self.begin(kind, status, content_length=str(len(body)), **headers)
        self.wfile.write(body)

    def begin(self, kind: str = "text/event-stream", status: int = 200, **headers: str) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, data: bytes) -> None:
        """Send one event of a stream."""
        self.wfile.write(b"data: " + data + b"\n\n")
        self.wfile.flush()

    def say(self, piece: str) -> None:
        """Send some words of a stream."""
        self.event(chunk({"content": piece}))

    def speak(self, pieces: Iterable[str], finish: str | None = "stop") -> None:
        """Say everything and end in order, as a stream or whole."""
        if not self.streams:
            self.send(200, completion({"content": "".join(pieces)}, finish))
            return
        self.begin()
        for piece in pieces:
            self.say(piece)
        self.event(chunk({}, finish))
        self.event(b"[DONE]")

    def wait(self, seconds: float) -> None:
        """Do nothing for a while; notice when nobody listens any more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.upstream.ended.wait(0.02):
            heard, _, _ = select.select([self.connection], [], [], 0)
            if heard and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError

    def log_message(self, *_words: Any) -> None:
        """Keep the test's output clean."""


def chunk(delta: Mapping[str, object], finish: str | None = None) -> bytes:
    """A piece of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    fields = {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": [choice]}
    return json.dumps(fields).encode()


def completion(message: Mapping[str, object], finish: str | None = "stop") -> bytes:
    """A whole answer."""
    said = {"role": "assistant", **message}
    choices = [{"index": 0, "message": said, "finish_reason": finish}]
    fields = {"id": "1", "object": "chat.completion", "model": "m", "choices": choices}
    return json.dumps(fields).encode()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def answering(reply: Callable[[Line], None]) -> Iterator[Upstream]:
    """Serve until the block ends, each request answered by `reply`."""
    server = Server(("127.0.0.1", 0), Line)
    upstream = Upstream(f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = type("Answering", (Line,), {"upstream": upstream, "reply": reply})
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield upstream
    finally:
        upstream.ended.set()
        server.shutdown()
        server.server_close()


@contextmanager
def speaking(script: Script) -> Iterator[Upstream]:
    """Serve a script until the block ends."""
    with answering(lambda line: line.speak(script(line.prompt))) as upstream:
        yield upstream


@contextmanager
def model_at(
    address: str, name: str = "scripted", limits: Limits = PATIENT, *, streams: bool = True
) -> Iterator[Model]:
    """A model opened as settings would, its server at an address."""
    with ExitStack() as opened:
        with _ENVIRONMENT, pytest.MonkeyPatch.context() as patch:
            patch.setenv("OPENAI_BASE_URL", address)
            patch.setenv("OPENAI_API_KEY", KEY)
            model = opened.enter_context(opened_model(f"openai:{name}", limits, streams=streams))
        yield model
