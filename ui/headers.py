"""Headers that keep a browser from doing what the page does not ask for."""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(page: bytes = b"") -> str:
    """What a page may load and run: this server's files, and the scripts it came with, by hash.

    Gradio compiles the frame of an HTML component with `Function`, hence 'unsafe-eval'; markup
    that slips into a page is still not run, as 'unsafe-inline' is not there.
    """
    hashes = {b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(page)}
    scripts = " ".join(
        ["'self'", "'unsafe-eval'", *(f"'sha256-{each}'" for each in sorted(hashes))]
    )
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


class GuardedResponses:
    """An ASGI application whose every response carries these headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(_uncompressed(scope), receive, _Guard(send).send)


class _Guard:
    """One response: a page is held until its scripts are known, anything else flows through."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._page = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.update(_FIXED)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers["Content-Security-Policy"] = content_policy()
        elif self._start:
            self._page += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Security-Policy"] = content_policy(self._page)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": self._page})


def _uncompressed(scope: Scope) -> Scope:
    """The request for a page without the offer to compress it: its scripts are to be read."""
    if scope["path"] != "/":
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}
