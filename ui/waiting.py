"""What answers while the archive is opened: the process lives, and says what it still waits for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from socket import socket
from threading import Thread

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ui.headers import GuardedResponses
from ui.refusals import refuse
from ui.words import pick_language, word

_AGAIN = {"Retry-After": "5"}  # seconds


@dataclass(slots=True)
class Progress:
    """How far the indexes are built, where they are."""

    done: int = 0
    articles: int = 0

    def tell(self, done: int, articles: int) -> None:
        """Note so many articles of how many."""
        self.done, self.articles = done, articles

    @property
    def reason(self) -> str:
        """Why the server is not ready, in a line for whoever watches it."""
        if self.done < self.articles:
            return f"the indexes are being built: {self.done} of {self.articles} articles"
        return "the archive is being opened"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as an ASGI application."""
        await self._answer(Request(scope))(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if request.url.path.endswith("/healthz"):
            return JSONResponse({"status": "ok"})
        if "text/html" not in request.headers.get("accept", ""):
            return refuse(503, "opening", self.reason, _AGAIN)
        language = pick_language("", "", request.headers.get("accept-language", ""))
        said = escape(word("opening", language))
        page = f'<!doctype html>\n<html lang="{language}"><meta charset="utf-8">'
        headers = {**_AGAIN, "Refresh": _AGAIN["Retry-After"]}
        return HTMLResponse(f"{page}<title>Dépêche</title>\n<p>{said}</p>\n", 503, headers)


@contextmanager
def answering_meanwhile(listener: socket, portals: tuple[str, ...]) -> Iterator[Progress]:
    """Say at an address that the server is not ready, until the block ends."""
    import uvicorn

    progress = Progress()
    app = GuardedResponses(progress, portals)
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", server_header=False, proxy_headers=False
    )
    server = uvicorn.Server(config)
    with listener.dup() as shared:
        thread = Thread(target=server.run, args=([shared],), name="meanwhile", daemon=True)
        thread.start()
        try:
            yield progress
        finally:
            while thread.is_alive() and not server.started:
                time.sleep(0.01)  # it would overlook a wish that comes before its start
            server.should_exit = True
            thread.join()
