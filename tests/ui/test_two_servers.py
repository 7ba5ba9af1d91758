"""Two servers behind nginx over one PostgreSQL and one Chroma: one goes on where another ended."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import sleep

import httpx
import pytest

from ingest.ledger import open_ledger
from tests.crowd import Visitor, visiting
from tests.openai_server import speaking
from tests.pair import SHUNNED, Pair, running_pair
from tests.servers import ChromaServer, Postgres
from ui.conversation import Exchange
from ui.kept import open_conversations

pytestmark = pytest.mark.timeout(900)  # a busy machine opens the archive slowly

CHATS = int(os.environ.get("DEPECHE_CHATS", "8"))
PEOPLE = [f"reader {number:03}" for number in range(CHATS)]
QUICK = "What do the harbour workers of Wexmoor ask for, says {name}?"
SLOW = "How slowly do the workers of Wexmoor get more crews, says {name}?"
_LETTERS = "abcdef"
_PAUSE = max(0.5, CHATS * 0.06)  # seconds between two sentences of a slow answer


def talk(prompt: str) -> Iterator[str]:
    """Sentences that rest on the first passage, slow ones where the question asks for it."""
    for letter in _LETTERS:
        mark = re.findall(r'mark="(\w+)"', prompt)[0]
        yield f"Sentence {letter} of the workers rests on it. [{mark}] "
        sleep(_PAUSE if "slowly" in prompt else 0)


@pytest.fixture
def servers(postgres: Postgres, chroma: ChromaServer, tmp_path: Path) -> Iterator[Pair]:
    with speaking(talk) as model, running_pair(postgres, chroma, tmp_path, model, PEOPLE) as pair:
        yield pair


@dataclass
class Chat:
    """A reader with the page open, and what it shows since they did something last."""

    visitor: Visitor
    name: str
    conversation: str = ""
    heard: str = ""
    broken: bool = False
    asked: list[str] = field(default_factory=list)

    async def ask(self, question: str) -> None:
        """Read an answer to its end, or until the server is gone."""
        self.asked.append(question.format(name=self.name))
        self.heard = ""
        with suppress(httpx.HTTPError):
            await self._hear(self.visitor.ask(self.asked[-1], self.conversation))
        self.broken = not re.search('"process_completed".*"success":true', self.heard)

    async def reload(self) -> None:
        """What the page does when its stream broke: it opens its own address again."""
        self.visitor = replace(self.visitor, session=f"{self.visitor.session}again")
        self.heard = await self.visitor.greet(self.conversation)

    async def _hear(self, said: AsyncIterator[str]) -> None:
        async for each in said:
            self.heard += each
            if named := re.search(r'data-conversation=\\"([\w-]+)', each):
                self.conversation = named[1]


async def all_ask(chats: list[Chat], question: str) -> None:
    await asyncio.gather(*(chat.ask(question) for chat in chats))


async def all_ask_while(chats: list[Chat], question: str, meanwhile: Callable[[], None]) -> None:
    """Everybody asks; when everybody reads the first sentence, something happens."""
    for chat in chats:
        chat.heard = ""
    asking = asyncio.create_task(all_ask(chats, question))
    while not all("Sentence a of" in chat.heard for chat in chats):
        assert not asking.done(), "the answers were over before everybody read"
        await asyncio.sleep(0.05)
    meanwhile()
    await asking


@asynccontextmanager
async def opened_chats(address: str) -> AsyncIterator[list[Chat]]:
    """Everybody's page, open at the proxy."""
    async with AsyncExitStack() as stack:
        opening = [stack.enter_async_context(visiting(address, name)) for name in PEOPLE]
        visitors = [await each for each in opening]
        yield [Chat(visitor, name) for visitor, name in zip(visitors, PEOPLE, strict=True)]


def kept(servers: Pair, chat: Chat) -> tuple[Exchange, ...]:
    """What the ledger has of a chat, which is its reader's only one."""
    conversations = open_conversations(open_ledger(servers.ledger), 365)
    [listed] = conversations.listed(chat.name)
    assert listed.id == chat.conversation
    return conversations.read(chat.name, listed.id)


async def lose_a_server(servers: Pair) -> list[Chat]:
    """One server is killed while everybody reads, another is stopped when the first is back."""
    async with opened_chats(servers.intranet) as chats:
        await all_ask(chats, QUICK)
        assert [chat.name for chat in chats if chat.broken] == []
        await all_ask_while(chats, SLOW, servers.running[0].kill)
        restarted = asyncio.create_task(asyncio.to_thread(servers.starts[0]))
        broken = [chat for chat in chats if chat.broken]
        assert 0 < len(broken) < len(chats), "every reader was at one server"
        await asyncio.gather(*(chat.reload() for chat in broken))
        assert [chat.name for chat in broken if not shows(chat, 2)] == []
        await all_ask(chats, QUICK)
        assert [chat.name for chat in chats if chat.broken or not shows(chat, 3)] == []
        await restarted
        await asyncio.sleep(SHUNNED)
        await all_ask_while(chats, SLOW, servers.running[1].terminate)
        assert [chat.name for chat in chats if chat.broken or not shows(chat, 4)] == []
        assert servers.running[1].wait(60) == 0
        await all_ask(chats, QUICK)
        assert [chat.name for chat in chats if chat.broken or not shows(chat, 5)] == []
        return chats


def shows(chat: Chat, turns: int) -> bool:
    """Whether the page has shown all that its reader asked, and nothing that others did."""
    named = set(re.findall(r"reader \d+", chat.heard))
    held = set(re.findall(r'id=\\"question-(\d+)\\"', chat.heard))
    return named == {chat.name} and held == {str(turn) for turn in range(1, turns + 1)}


def test_every_chat_goes_on_at_the_other_server_when_one_is_killed_or_stopped(
    servers: Pair,
) -> None:
    chats = asyncio.run(lose_a_server(servers))
    cut_off = 0
    for chat in chats:
        exchanges = kept(servers, chat)
        assert [each.question for each in exchanges] == chat.asked
        whole = [each.progress == "done" and "Sentence f of" in str(each.answer)
                 for each in exchanges]  # fmt: skip
        assert whole.count(False) <= 1, chat.name
        assert whole[1] or exchanges[1].progress == "stopped"
        cut_off += not whole[1]
    assert 0 < cut_off < len(chats)
