"""Whoever listens for an answer at another server than the one that gives it is sent there."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.refusals import refuse

_STREAM = "/gradio_api/queue/data"


class Listening:
    """An ASGI application whose page streams to those whose question it has.

    Gradio asks and listens in two requests; a proxy may change its mind between them. It goes on
    to the next server when this one says 404, but not once a stream has begun.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"].endswith(_STREAM) and not _is_here(scope):
            elsewhere = refuse(404, "elsewhere", "no question of this page waits here")
            await elsewhere(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_here(scope: Scope) -> bool:
    asked = scope["app"].state.page.get_blocks()._queue.pending_event_ids_session
    return bool(asked.get(Request(scope).query_params.get("session_hash", "")))
