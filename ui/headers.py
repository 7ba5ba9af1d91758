"""Headers that keep a browser from doing what the page does not ask for."""

import logging
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.refusals import refuse

log = logging.getLogger(__name__)

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(page: bytes = b"", portals: Sequence[str] = ()) -> str:
    """What a page may load and run: this server's files, and the scripts it came with, by hash.

    Only this server and the portals may show it in a frame.

    Gradio compiles the frame of an HTML component with `Function`, hence 'unsafe-eval'; markup
    that slips into a page is still not run, as 'unsafe-inline' is not there.
    """
    hashes = {b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(page)}
    scripts = " ".join(
        ["'self'", "'unsafe-eval'", *(f"'sha256-{each}'" for each in sorted(hashes))]
    )
    framing = " ".join(["'self'", *portals])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
        f"base-uri 'self'; form-action 'self'; frame-ancestors {framing}"
    )


class GuardedResponses:
    """An ASGI application whose every response carries these headers, a failure's too."""

    def __init__(self, app: ASGIApp, portals: Sequence[str]) -> None:
        self.app = app
        self.portals = portals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guard = _Guard(send, self.portals)
        try:
            await self.app(_uncompressed(scope), receive, guard.send)
        except Exception:  # its text is for the log alone
            incident = uuid4().hex[:8]
            log.exception("incident %s", incident)
            if not guard.begun:
                failed = refuse(500, "failed", f"incident {incident}")
                await failed(scope, receive, guard.send)


class _Guard:
    """One response: a page is held until its scripts are known, anything else flows through.

    A page may bring a stricter policy of its own: browsers obey both.
    """

    def __init__(self, send: Send, portals: Sequence[str]) -> None:
        self.begun = False
        self._send = send
        self._portals = portals
        self._start: Message | None = None
        self._page = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(raw=message["headers"])
            headers.update(_FIXED)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers.append("Content-Security-Policy", content_policy(portals=self._portals))
        elif self._start:
            self._page += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        headers.append("Content-Security-Policy", content_policy(self._page, self._portals))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": self._page})


def _uncompressed(scope: Scope) -> Scope:
    """The request for a page without the offer to compress it: its scripts are to be read."""
    if not scope["path"].endswith("/"):
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}
