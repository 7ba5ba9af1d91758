"""Forwarded headers: believed from trusted proxies, taken off whatever anybody else sends."""

from collections.abc import Sequence
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.settings import Network, ServerSettings

# Gradio builds its addresses from these.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
              "x-forwarded-port", "x-forwarded-prefix", "x-gradio-server", "x-real-ip")  # fmt: skip


class BehindProxy:
    """An ASGI application at the address that its readers see."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app = app
        self.trusted = settings.trusted_proxies
        self.root_path = settings.root_path
        self.named = (settings.user_header.lower(), settings.groups_header.lower())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request as its reader sent it."""
        if scope["type"] == "http":
            scope = place_beneath(self._as_sent(scope), self.root_path)
        await self.app(scope, receive, send)

    def _as_sent(self, scope: Scope) -> Scope:
        peer = scope.get("client")
        sent = Headers(scope=scope)
        if not (peer and is_within(peer[0], self.trusted)):
            return _without(scope, (*_FORWARDED, *self.named))
        scope = _without(scope, _FORWARDED)
        if host := _first(sent, "x-forwarded-host"):
            MutableHeaders(scope=scope)["host"] = host
        if (scheme := _first(sent, "x-forwarded-proto")) in ("http", "https"):
            scope["scheme"] = scheme
        return scope


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address belongs to one of some networks."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def place_beneath(scope: Scope, root_path: str) -> Scope:
    """A request beneath a path, whether or not a proxy took the path off."""
    path = scope["path"]
    if path != root_path and not path.startswith(f"{root_path}/"):
        path = root_path + path
    return {**scope, "root_path": root_path, "path": path, "raw_path": path.encode()}


def _first(headers: Headers, name: str) -> str:
    """What the proxy nearest to the reader said."""
    return headers.get(name, "").split(",")[0].strip()


def _without(scope: Scope, names: Sequence[str]) -> Scope:
    dropped = {name.encode() for name in names}
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in dropped]
    return {**scope, "headers": kept}
