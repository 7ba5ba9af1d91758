"""Readers at the page all at once, each by the protocol that the page's own script speaks."""

import asyncio
import random
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter, sleep
from typing import Any

import httpx

TOLD = "The server is being restarted"  # to who still reads when it stops
QUESTION = "What do the harbour workers ask for?"
STORY = {"text": "The harbour workers of Wexmoor ask for two more crews."}
SETTINGS = {  # of a server that knows its readers, and answers by a model on loopback
    "DEPECHE_MODEL": "openai:scripted",
    "DEPECHE_IDENTITY": "header",
    "DEPECHE_TRUSTED_PROXIES": "127.0.0.1",
    "OPENAI_API_KEY": "none",
}

_READER = "X-Forwarded-User"
_LETTERS = "abcdefgh"
_WORDS = 8  # of each sentence, its mark among them
_FIRST, _LAST = "Sentence a of", "Sentence h of"
_PATIENCE = httpx.Timeout(120)
_UNTIED = httpx.Limits(max_connections=None, max_keepalive_connections=None)
_UNUSED = ssl.create_default_context()  # or each reader makes one, for as long as an answer takes

Script = Callable[[str], Iterator[str]]


@dataclass
class Served:
    """How one reader fared; seconds are counted from the question."""

    first: float = float("inf")  # to the first sentence
    ended: float = float("inf")  # to the end of the stream
    asked: bool = False  # and was heard: who comes to a server that stops is turned away
    heard: str = ""
    failure: str = ""

    @property
    def complete(self) -> bool:
        """Whether all of the model's answer came, and the stream ended in order."""
        return self.ended_in_order and _LAST in self.heard

    @property
    def ended_in_order(self) -> bool:
        """Whether the stream ended in order, whoever worded the answer."""
        return not self.failure and '"success":true' in self.heard


@dataclass(frozen=True, slots=True)
class Visitor:
    """A reader whom the proxy knows, with the page open."""

    client: httpx.AsyncClient
    config: dict[str, Any]
    session: str = field(default_factory=lambda: f"{random.getrandbits(48):x}")

    async def greet(self, conversation: str = "") -> str:
        """See the first page, or a conversation that the address names."""
        await self.join("load", [], conversation)
        return "".join([said async for said in self.hear()])

    async def ask(self, question: str = QUESTION, conversation: str = "") -> AsyncIterator[str]:
        """Put a question; yield what the server says, a message at a time."""
        await self.join("submit", self.typed(question, conversation))
        async for said in self.hear():
            yield said

    def typed(self, question: str, conversation: str = "") -> list[Any]:
        """What the page sends with a question."""
        return [None, "en", conversation, "", question, ""]

    async def join(
        self,
        event: str,
        data: list[Any],
        conversation: str = "",
        *,
        by: httpx.AsyncClient | None = None,
    ) -> None:
        """Let something happen on the page, by its way to the server or another."""
        address = {"c": conversation} if conversation else {}
        handlers = (
            each["id"]
            for each in self.config["dependencies"]
            if event in [name for _, name in each["targets"]]
        )
        wanted = {"fn_index": next(handlers), "data": data, "session_hash": self.session}
        where, headers = "gradio_api/queue/join", self.client.headers
        joined = await (by or self.client).post(
            where, json=wanted, params=address, headers={_READER: headers[_READER]}
        )
        joined.raise_for_status()

    async def hear(self) -> AsyncIterator[str]:
        """What the server says of what happened."""
        named = {"session_hash": self.session}
        async with self.client.stream("GET", "gradio_api/queue/data", params=named) as stream:
            async for line in stream.aiter_lines():
                yield line


@asynccontextmanager
async def visiting(address: str, name: str) -> AsyncIterator[Visitor]:
    """Open the page as somebody."""
    headers = {_READER: name}
    async with httpx.AsyncClient(
        base_url=address,
        headers=headers,
        auth=(name, "secret"),
        timeout=_PATIENCE,
        limits=_UNTIED,
        verify=_UNUSED,
    ) as client:
        config = (await client.get("config")).raise_for_status().json()
        yield Visitor(client, config)


async def be_served(address: str, name: str, question: str = QUESTION) -> Served:
    """Open the page, ask, and read to the end."""
    served = Served()
    try:
        async with visiting(address, name) as visitor:
            await visitor.greet()
            began = perf_counter()
            async for said in visitor.ask(question):
                served.asked = True
                served.heard += said
                if _FIRST in said:
                    served.first = min(served.first, perf_counter() - began)
            served.ended = perf_counter() - began
    except httpx.HTTPError as error:
        served.failure = repr(error)
    return served


async def arrive(
    address: str,
    people: int,
    rate: float,
    name: str = "reader",
    questions: Sequence[str] = (QUESTION,),
) -> list[Served]:
    """So many readers, so many a second, each with a name of their own; how each fared."""
    coming = []
    for person in range(people):
        question = questions[person % len(questions)]
        coming.append(asyncio.create_task(be_served(address, f"{name} {person}", question)))
        await asyncio.sleep(1 / rate)
    return await asyncio.gather(*coming)


def talk_for(shortest: float, longest: float) -> Script:
    """A script that takes so many seconds, word by word, and none for its first sentence."""
    chance = random.Random(1)

    def talk(prompt: str) -> Iterator[str]:
        mark = re.findall(r'mark="(\w+)"', prompt)[0]
        own = "".join(chance.choices(_LETTERS, k=6))  # so that no two answers are the same
        pause = chance.uniform(shortest, longest) / ((len(_LETTERS) - 1) * _WORDS)
        for letter in _LETTERS:
            for word in f"Sentence {letter} of the workers rests on {own}. [{mark}]".split():
                yield f"{word} "
                sleep(pause if letter != _LETTERS[0] else 0)

    return talk
