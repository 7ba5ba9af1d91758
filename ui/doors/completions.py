"""The protocol of OpenAI's chat completions, for programs that speak nothing else."""

import json
import time
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from assistant.answer import Answer, Sentence
from assistant.contract import answer_as_json
from assistant.conversation import Turn
from assistant.language import question_language
from ui.conversation import copy_text
from ui.doors.asking import Asked, Asking, report_incident
from ui.doors.rest import STREAMED
from ui.identity import reader_of
from ui.markup import escape_markdown
from ui.refusals import refuse

MODEL = "depeche"


class Part(BaseModel):
    """A piece of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class Completion(BaseModel):
    """What is asked for; knobs of a model are taken and have no effect."""

    messages: list[Message]
    model: str = MODEL
    stream: bool = False


def completion_doors(asking: Asking) -> APIRouter:
    """`/v1/models` and `/v1/chat/completions`."""
    router = APIRouter(prefix="/v1")

    @router.get("/models")
    def models() -> dict[str, Any]:
        """The one model there is."""
        only = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [only]}

    @router.post("/chat/completions")
    def complete(wanted: Completion, request: Request) -> Response:
        """Answer the last message, its citations beside its text."""
        *earlier, last = wanted.messages or [Message(role="user")]
        if last.role != "user":
            return refuse(422, "question", "the last message must be the user's question")
        history = _turns(earlier, asking)
        growing = asking.ask(Asked(last.text, reader_of(request), "completions", history))
        if not wanted.stream:
            *_, whole = growing
            return JSONResponse(_completion(whole))
        begun = chain([next(growing)], growing)  # a refusal comes before the stream does
        return StreamingResponse(_chunks(begun), media_type="text/event-stream", headers=STREAMED)

    return router


def _turns(messages: Sequence[Message], asking: Asking) -> tuple[Turn, ...]:
    """Each question of the user's that was answered."""
    searched = asking.assistant.searched()
    return tuple(
        Turn(
            asked.text,
            Answer(question_language(said.text), "answered", (Sentence(said.text),), (), searched),
        )
        for asked, said in pairwise(messages)
        if (asked.role, said.role) == ("user", "assistant")
    )


def _completion(answer: Answer) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": escape_markdown(copy_text(answer)),
        **_beside(answer),
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {**_head("chat.completion"), "choices": [choice]}


def _chunks(growing: Iterator[Answer]) -> Iterator[str]:
    """The answer as it grows, its sources at the end."""
    head, said = _head("chat.completion.chunk"), ""
    try:
        yield _chunk(head, {"role": "assistant", "content": ""})
        for answer in growing:
            text = escape_markdown(answer.text)
            if text.startswith(said):
                yield _chunk(head, {"content": text.removeprefix(said)})
                said = text
        whole = escape_markdown(copy_text(answer))
        rest = whole.removeprefix(said) if whole.startswith(said) else f"\n\n{whole}"
        yield _chunk(head, {"content": rest, **_beside(answer)}, finish="stop")
    except Exception as error:  # the response has begun: it can only say so
        failed = {"error": {"code": "failed", "message": report_incident(error)}}
        yield f"data: {json.dumps(failed)}\n\n"
    yield "data: [DONE]\n\n"


def _beside(answer: Answer) -> dict[str, object]:
    """What the protocol has no place for."""
    fields = answer_as_json(answer)
    return {name: fields[name] for name in ("citations", "status", "searched")}


def _head(kind: str) -> dict[str, Any]:
    name = f"chatcmpl-{uuid4().hex}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": MODEL}


def _chunk(head: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"
