"""How often a reader may ask, and how large a request may be."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.refusals import PATIENCE, refuse

Spend = Callable[[str], bool]  # a reader's name → whether they may once more


def spender(rate: str) -> Spend:
    """Count by a rate such as 30/minute; ValueError where it is none."""
    from limits import parse
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter

    allowed, window = parse(rate), MovingWindowRateLimiter(MemoryStorage())
    return lambda name: window.hit(allowed, name)


class Paced:
    """An ASGI application that each reader may send so many changes in a while."""

    def __init__(self, app: ASGIApp, spend: Spend) -> None:
        self.app = app
        self.spend = spend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request, or ask for patience."""
        reader = scope.get("state", {}).get("reader")
        counts = scope["type"] == "http" and scope["method"] == "POST" and reader
        if counts and not self.spend(reader.name):
            patience = refuse(429, "often", "too many requests", PATIENCE)
            await patience(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class Sized:
    """An ASGI application whose requests carry at most so many bytes, those of a path more."""

    def __init__(self, app: ASGIApp, largest: int, more: tuple[str, int]) -> None:
        self.app = app
        self.largest = largest
        self.more = more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request, or refuse it before it is held."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, more = self.more
        largest = more if scope["path"].endswith(path) else self.largest  # whatever it lies under
        said = Request(scope).headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > largest:
            too_large = refuse(413, "large", f"a request may have {largest} bytes")
            await too_large(scope, receive, send)
            return
        await self.app(scope, _counting(receive, largest), send)


def _counting(receive: Receive, largest: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise HTTPException(413, f"a request may have {largest} bytes")
        return message

    return counted
