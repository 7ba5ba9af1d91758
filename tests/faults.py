"""Ways in which a model's server fails, each with how the answer has to end."""

import itertools
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tests.openai_server import KEY, Line, chunk, completion

End = Literal[
    "literal", "cut"
]  # the articles' own words, or what was written and that it broke off

SUPPORTED = "They ask for two more crews."
TOO_LONG = b'{"error": {"message": "maximum context length is 4096", "code": "context_length"}}'


@dataclass(frozen=True)
class Fault:
    """A way to answer, and the end of the answer when it is streamed and when it is sent whole."""

    reply: Callable[[Line], None]
    streamed: End = "literal"
    plain: End = "literal"


def supported(line: Line) -> str:
    """A sentence that stands in the first passage, and the beginning of another."""
    return f"{SUPPORTED} [{line.marks[0]}] And then"


def status(number: int, body: bytes = b'{"error": {"message": "no"}}', **headers: str) -> Fault:
    """Every request refused with a status."""
    return Fault(lambda line: line.send(number, body, **headers))


def finishing(finish: str | None) -> Fault:
    """An answer whose end says that it is not whole."""
    return Fault(lambda line: line.speak([supported(line)], finish), "cut", "cut")


def midway(fail: Callable[[Line], None]) -> Fault:
    """A failure after the first sentence, or within the body of a whole answer."""

    def reply(line: Line) -> None:
        if line.streams:
            line.begin()
            line.say(supported(line))
        else:
            line.begin("application/json", content_length="9999")
            line.wfile.write(completion({"content": supported(line)})[:60])
            line.wfile.flush()
        fail(line)

    return Fault(reply, "cut")


def whole(message: Mapping[str, object], finish: str = "stop") -> Fault:
    """A message that ends in order but holds no words for a reader."""

    def reply(line: Line) -> None:
        if not line.streams:
            line.send(200, completion(message, finish))
            return
        line.begin()
        line.event(chunk(message))
        line.event(chunk({}, finish))
        line.event(b"[DONE]")

    return Fault(reply)


def endless(pieces: Callable[[], Iterator[str]], end: End = "literal") -> Fault:
    """Words without end; sent whole, their body never ends."""

    def reply(line: Line) -> None:
        line.begin()
        if line.streams:
            line.say(supported(line))
        for piece in pieces():
            line.say(piece)
            line.wait(0.001)

    return Fault(reply, end)


def reset(line: Line) -> None:
    """Hang up as a machine does that loses its power."""
    line.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.connection.close()
    raise ConnectionResetError


def stay_silent(line: Line) -> None:
    line.wait(60)


def begin_and_stay_silent(line: Line) -> None:
    line.begin()
    line.wait(60)


def drip(line: Line) -> None:
    """A letter at a time, never so slowly that it counts as silence."""
    line.begin()
    for letter in itertools.cycle("word "):
        line.say(letter)
        line.wait(0.2)


def garble(line: Line) -> None:
    """Characters that no reader can see, then bytes that are no text at all."""
    line.say("\x00\x1b[2J\u202e And")
    line.event(b'{"choices": [{"delta": {"content": "\xff\xfe\x00"}}]}')
    reset(line)


def redirect(line: Line) -> None:
    line.send(307, b"", Location=f"{line.upstream.address}/elsewhere")


def pages(line: Line) -> None:
    line.send(200, b"<html><title>Sign in</title><form></form></html>", "text/html")


TOOL = {"tool_calls": [{"index": 0, "id": "1", "function": {"name": "rm", "arguments": "{}"}}]}

FAULTS = {
    "hangs up": Fault(reset),
    "says nothing": Fault(stay_silent),
    "begins and says nothing": Fault(begin_and_stay_silent),
    "shows a page": Fault(pages),
    "sends elsewhere": Fault(redirect),
    "asks too much": status(402),
    "wants another key": status(401, f'{{"error": {{"message": "no {KEY}"}}}}'.encode()),
    "forbids": status(403),
    "knows no such model": status(404),
    "counts too many requests": status(429, retry_after="3600"),
    "is broken": status(500, b"<html>oops</html>", kind="text/html"),
    "is being repaired": status(503),
    "finds the passages too long": status(400, TOO_LONG),
    "sends no choice": Fault(lambda line: line.send(200, b'{"id": "1", "choices": []}')),
    "sends half of its JSON": Fault(lambda line: line.send(200, completion({"content": "x"})[:50])),
    "says null": whole({"content": None}),
    "says an empty word": whole({"content": ""}),
    "calls a tool": whole(TOOL, "tool_calls"),
    "only thinks": whole({"content": None, "reasoning_content": "Hm."}),
    "only thinks aloud": whole({"content": "<think>Well, [a1b2c]"}),
    "breaks a chunk": midway(lambda line: line.event(b'{"choices": [{"del')),
    "reports an error": midway(lambda line: line.event(b'{"error": {"message": "overloaded"}}')),
    "resets midway": midway(reset),
    "stalls midway": midway(stay_silent),
    "garbles midway": midway(garble),
    "gives no end mark": finishing(None),
    "reaches its limit": finishing("length"),
    "filters itself": finishing("content_filter"),
    "drips": Fault(drip),
    "never ends": endless(lambda: map("word {} ".format, itertools.count()), "cut"),
    "sends blanks for ever": endless(lambda: itertools.repeat(" \n" * 50), "cut"),
    "sends one huge piece": endless(lambda: iter(["x" * 4_000_000]), "cut"),
    "goes in circles": endless(lambda: itertools.repeat("It goes round. "), "cut"),
}
