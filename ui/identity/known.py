"""From a request to its reader, by the ways that the settings name."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from secrets import compare_digest
from time import time

from starlette.requests import Request

from ui.identity.reader import ANYBODY, Reader, admit
from ui.identity.tokens import TokenRefusedError, token_reader
from ui.settings import ServerSettings, is_loopback

_SCRAPER = Reader("metrics", outlets=frozenset())
_LONGEST_NAME = 200  # characters

Identify = Callable[[Request], Reader | None]


def identifier(settings: ServerSettings) -> Identify:
    """What tells readers by the settings: a token where one is sent, else the mode of identity."""
    modes: dict[str, Identify] = {
        "none": lambda request: _anybody(request, settings),
        "header": lambda request: _by_header(request, settings),
        "oidc": lambda request: _by_cookie(request, settings),
        "token": lambda _request: None,
    }
    otherwise = modes[settings.identity]
    read_token = token_reader(settings) if settings.portal_key.get_secret_value() else None

    def identify(request: Request) -> Reader | None:
        token = _bearer(request)
        if _scrapes(request, token, settings):
            return _SCRAPER
        if token is None or read_token is None:
            return otherwise(request)
        try:
            claims = read_token(token)
        except TokenRefusedError:
            return None
        return _named(claims.name, claims.groups, settings)

    return identify


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _scrapes(request: Request, token: str | None, settings: ServerSettings) -> bool:
    """Whether it is whoever watches the server, who may read its figures and nothing else."""
    key = settings.metrics_key.get_secret_value()
    wanted = request.scope["path"] == f"{settings.root_path}/metrics"
    return bool(wanted and key and token and compare_digest(token.encode(), key.encode()))


def _anybody(request: Request, settings: ServerSettings) -> Reader | None:
    """Whoever sits at this machine; a page of another host that points its name here is not.

    Who sits here operates the archive, too: unless everybody is let in, nobody else gets here.
    """
    if settings.open_to_all:
        return ANYBODY
    here = is_loopback(request.url.hostname or "")
    return replace(ANYBODY, operates=True) if here else None


def _by_header(request: Request, settings: ServerSettings) -> Reader | None:
    """The reader a proxy names; the header of anybody else was taken off before."""
    names = request.headers.getlist(settings.user_header)
    if len(names) != 1:
        return None
    groups = ",".join(request.headers.getlist(settings.groups_header)).split(",")
    return _named(names[0], [group.strip() for group in groups if group.strip()], settings)


def _by_cookie(request: Request, settings: ServerSettings) -> Reader | None:
    """The reader who signed in, until their day is over; the session's cookie is signed."""
    said = request.session.get("reader")
    if not said or said["until"] < time():
        return None
    return _named(said["name"], said["groups"], settings)


def _named(name: str, groups: Iterable[str], settings: ServerSettings) -> Reader | None:
    if not (name.strip() and len(name) <= _LONGEST_NAME and name.isprintable()):
        return None
    reader = admit(name.strip(), groups, settings.readable)
    return replace(reader, operates=not reader.groups.isdisjoint(settings.operators))
