"""The same answers by the protocols of other makers: OpenAI's, and MCP."""

import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import openai
import pytest
from anyio.from_thread import start_blocking_portal
from httpx2 import AsyncClient
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from tests.ui.doors.conftest import QUESTION, STORY, as_member_of, token

Found = TypeVar("Found")


def elsewhere(use: Callable[[], Awaitable[Found]]) -> Found:
    """What a coroutine finds, in a thread: in this one a browser's loop may be running."""
    with start_blocking_portal() as portal:
        return portal.call(use)


def test_the_official_openai_client_asks(address: str) -> None:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=token("board")) as client:
        [model] = client.models.list().data
        asked: list[Any] = [{"role": "user", "content": QUESTION}]
        whole = client.chat.completions.create(model=model.id, messages=asked)
        streamed = client.chat.completions.create(model=model.id, messages=asked, stream=True)
        pieces = [chunk.choices[0] for chunk in streamed]
    message = whole.choices[0].message
    assert "two more crews" in (message.content or "")
    assert "] Mercury, January 10, 2024. The harbour workers" in (message.content or "")
    cited = {each["article"] for each in (message.model_extra or {})["citations"]}
    assert "quay/1" in cited
    assert "".join(piece.delta.content or "" for piece in pieces) == message.content
    assert pieces[-1].finish_reason == "stop"


def test_a_conversation_comes_with_its_messages(address: str) -> None:
    said: list[Any] = [
        {"role": "system", "content": "Answer briefly."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        {"role": "assistant", "content": "Two more crews."},
        {"role": "user", "content": "And the bakers of Selm?"},
    ]
    with openai.OpenAI(base_url=f"{address}/v1", api_key=token("board")) as client:
        whole = client.chat.completions.create(model="depeche", messages=said)
        assert "bread" in (whole.choices[0].message.content or "")
        with pytest.raises(openai.UnprocessableEntityError):
            client.chat.completions.create(model="depeche", messages=said[:3])


def test_a_forged_key_is_refused_as_openai_does(address: str) -> None:
    forged = openai.OpenAI(base_url=f"{address}/v1", api_key="forged")
    with forged as client, pytest.raises(openai.AuthenticationError):
        client.models.list()


def test_an_mcp_client_uses_the_tools(address: str) -> None:
    async def use() -> tuple[list[str], Any, Any, Any]:
        carrying = AsyncClient(headers=as_member_of("board"), timeout=60)
        transport = streamable_http_client(f"{address}/mcp", http_client=carrying)
        async with carrying, Client(transport) as client:
            listed = await client.list_tools()
            found = await client.call_tool("search_news", {"question": QUESTION})
            answer = await client.call_tool("ask_news", {"question": QUESTION})
            missing = await client.call_tool("get_article", {"article": "none"})
            return [tool.name for tool in listed.tools], found, answer, missing

    names, found, answer, missing = elsewhere(use)
    assert names == ["search_news", "ask_news", "get_article"]
    assert found.structured_content["result"][0]["article"] == "quay/1"
    assert "two more crews" in answer.structured_content["answer"]
    assert missing.is_error
    assert missing.content[0].text.endswith("no such article")


def test_over_stdio_the_tools_answer_whoever_started_them(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    ingest_paths(
        [tmp_path / "a.txt"],
        archive,
        opener=partial(open_encoder, ""),
        outlet="",
        notify=lambda step: None,
    )
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from ui.cli import main; main()", "mcp", "--archive", str(archive)],
        cwd=Path(__file__).parents[3],
        env={**os.environ},
    )

    async def ask() -> Any:
        async with Client(command) as client:
            return await client.call_tool("ask_news", {"question": QUESTION})

    assert "two more crews" in elsewhere(ask).structured_content["answer"]
