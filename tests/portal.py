"""A portal on an origin of its own: pages with the widget, and a back end that names its reader."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

KEY = "a key that is shared by portal and archive"
_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Portal</title>
<link rel="icon" href="data:,"><h1>{path}</h1>
<script src="{archive}embed/widget.js" data-token-address="/token"></script></html>"""
_FRAME = """<!doctype html><title>Portal</title><link rel="icon" href="data:,">
<iframe src="http://127.0.0.1:{port}/cookie?third"></iframe>"""


@dataclass
class Portal:
    """What it shows, and what it was sent."""

    port: int
    archive: str  # address of the server that its widget opens
    token: str = ""
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)  # by the path that they came to

    @property
    def address(self) -> str:
        """Where its pages stand; 127.0.0.1 with the same port is another site to a browser."""
        return f"http://localhost:{self.port}/"

    def answer(self, path: str) -> tuple[str, str, dict[str, str]]:
        """Kind, body and more headers of what stands at a path."""
        if path == "/token":
            return "text/plain", self.token, {}
        if path.startswith("/cookie"):
            name = path.partition("?")[2]
            kept = {"Set-Cookie": f"{name}=1; SameSite=None; Secure; Path=/"}
            return "text/html", "<!doctype html><title>Cookie</title>", kept
        if path == "/framing":
            return "text/html", _FRAME.format(port=self.port), {}
        said = _PAGE.format(language=self.language, archive=self.archive, path=path)
        return "text/html", said, {}


def token(name: str = "anna", *, lasts: float = 600, key: str = KEY) -> str:
    """A token of the portal's for a reader."""
    claims = {"sub": name, "iss": "portal", "aud": "depeche", "exp": time.time() + lasts}
    return jwt.encode(claims, key, "HS256")


@contextmanager
def standing(portal: Portal) -> Iterator[Portal]:
    """A portal that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            portal.cookies[self.path] = self.headers.get("Cookie", "")
            kind, body, headers = portal.answer(self.path)
            self.send_response(200)
            for name, said in {"Content-Type": f"{kind}; charset=utf-8", **headers}.items():
                self.send_header(name, said)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_words: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", portal.port), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield portal
        finally:
            server.shutdown()
