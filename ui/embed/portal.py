"""A page that stands for an intranet, on an origin of its own: python -m ui.embed.portal SERVER."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ui.embed import EMBED

PORT = 7861


def portal_server(depeche: str, port: int) -> ThreadingHTTPServer:
    """A server of the portal's page, with the widget of the server at an address."""
    page = (EMBED / "portal.html").read_text("utf-8").replace("{server}", depeche).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path.partition("?")[0] == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if self.path.partition("?")[0] == "/" else b"")

        def log_message(self, *_words: object) -> None:
            """Stay quiet: the terminal is the server's."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    portal_server(sys.argv[1], PORT).serve_forever()
