"""The gate: whoever is not known gets 401 on every route but the open ones."""

import re
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.query import Language
from ui.identity.known import Identify
from ui.identity.reader import Reader
from ui.identity.visits import Visits
from ui.refusals import refuse
from ui.words import pick_language

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
SIGN_IN_PATHS = frozenset({"/sign-in", "/sign-in/return", "/sign-out"})

_VISIT = re.compile(r"/s/([\w-]{20,64})(?=/)")
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Gate:
    """An ASGI application that only readers enter; `request.state.reader` tells who."""

    def __init__(
        self,
        app: ASGIApp,
        identify: Identify,
        visits: Visits,
        *,
        open_paths: frozenset[str],
        portals: tuple[str, ...],
        signs_in: bool,
    ) -> None:
        self.app = app
        self.identify = identify
        self.visits = visits
        self.open_paths = open_paths
        self.portals = portals
        self.turn_away = _send_to_sign_in if signs_in else _turn_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or turn it away."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] != "http":  # nothing here speaks WebSocket
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside, reader = await self._enter(scope)
        if reader is None and _path_of(inside) not in self.open_paths:
            await self.turn_away(Request(scope))(scope, receive, send)
        elif self._is_forged(Request(scope)):
            foreign = refuse(403, "foreign", "a page of another site sent this")
            await foreign(scope, receive, send)
        else:
            inside["state"] = {**scope.get("state", {}), "reader": reader}
            await self.app(inside, receive, send)

    async def _enter(self, scope: Scope) -> tuple[Scope, Reader | None]:
        """The request as it looks inside its visit, if it is one, and its reader."""
        found = _VISIT.match(_path_of(scope))
        if not found:
            return dict(scope), self.identify(Request(scope))
        beneath = scope["root_path"] + found[0]
        reader = await run_sync(self.visits.reader, found[1])  # it may ask the ledger
        return {**scope, "root_path": beneath}, reader

    def _is_forged(self, request: Request) -> bool:
        """Whether a page of another site sends what its reader did not ask for."""
        foreign = request.headers.get("sec-fetch-site") == "cross-site"
        origin = request.headers.get("origin", "")
        return foreign and request.method in _CHANGING and origin not in self.portals


def static_files(folder: Path, mounted: str) -> frozenset[str]:
    """The addresses of the files in a folder, each by its name."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return frozenset(f"{mounted}/{file.relative_to(folder).as_posix()}" for file in files)


def _turn_away(request: Request) -> Response:
    """What strangers get: a sentence, for a browser as a page."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(_STRANGERS[_language_of(request)], 401)
    return refuse(401, "unknown_reader", "who is asking? sign in, or send a valid token")


def _send_to_sign_in(request: Request) -> Response:
    """The same, where readers can sign in: a page of its own goes there, a frame shows the way."""
    turned = _turn_away(request)
    if isinstance(turned, HTMLResponse):
        root, query = request.scope["root_path"], request.url.query
        wanted = _path_of(request.scope) + (f"?{query}" if query else "")
        way = f"{root}/sign-in?{urlencode({'to': wanted})}"
        language = _language_of(request)
        link = _SIGN_IN.format(way=escape(way, quote=True), said=_SIGN_IN_WORDS[language])
        turned = HTMLResponse(_STRANGERS[language] + link, 401)
        if request.headers.get("sec-fetch-dest", "document") == "document":
            turned.headers["Refresh"] = f"0; url={way}"
    return turned


def _language_of(request: Request) -> Language:
    accepted = request.headers.get("accept-language", "")
    return pick_language(request.query_params.get("lang", ""), "", accepted)


_SIGN_IN_WORDS: dict[Language, str] = {"en": "Sign in", "fr": "Se connecter"}
_SIGN_IN = """<p><a href="{way}" target="_top">{said}</a></p>
"""

_STRANGERS: dict[Language, str] = {
    "en": """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Dépêche</title>
<p>Dépêche does not know who you are. Sign in to your intranet and open this page again.</p>
""",
    "fr": """<!doctype html>
<html lang="fr"><meta charset="utf-8"><title>Dépêche</title>
<p>Dépêche ne sait pas qui vous êtes. Connectez-vous à votre intranet, puis rouvrez cette page.</p>
""",
}


def _path_of(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
