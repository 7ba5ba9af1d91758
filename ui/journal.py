"""The log as lines of JSON: what happened, and never what was asked unless that is wanted."""

import json
import logging
import re
from datetime import UTC, datetime
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.figures import Figures

log = logging.getLogger(__name__)

_OURS = ("assistant", "ingest", "ui")
_VISIT = re.compile(r"/s/[\w-]+")
_QUIET = re.compile(r"/(healthz|readyz|metrics|page/.*|assets/.*|static/.*)$")


class Line(logging.Formatter):
    """A record as one line of JSON; `fields` beside its message are kept apart."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def write_lines() -> None:
    """Send the log of this process to standard error, ours in full, others' from warnings on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)


class Noted:
    """An ASGI application whose requests are counted and logged, without their query strings."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        self.figures.requests.labels(scope["method"], status).inc()
        path = _VISIT.sub("/s/…", scope["path"])  # the name of a visit opens it
        if not _QUIET.search(path):
            fields = {"method": scope["method"], "path": path, "status": status}
            log.info("request", extra={"fields": {**fields, "seconds": round(seconds, 3)}})
