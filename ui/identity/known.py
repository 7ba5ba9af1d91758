"""From a request to its reader, by the ways that the settings name."""

from collections.abc import Callable, Iterable

from starlette.requests import Request

from ui.identity.reader import ANYBODY, Reader, admit
from ui.identity.tokens import TokenRefusedError, token_reader
from ui.settings import ServerSettings

_LONGEST_NAME = 200  # characters

Identify = Callable[[Request], Reader | None]


def identifier(settings: ServerSettings) -> Identify:
    """What tells readers by the settings: a token where one is sent, else the mode of identity."""
    modes: dict[str, Identify] = {
        "none": lambda _request: ANYBODY,
        "header": lambda request: _by_header(request, settings),
        "token": lambda _request: None,
    }
    otherwise = modes[settings.identity]
    if not settings.portal_key.get_secret_value():
        return otherwise
    read_token = token_reader(settings)

    def identify(request: Request) -> Reader | None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return otherwise(request)
        try:
            claims = read_token(token.strip())
        except TokenRefusedError:
            return None
        return _named(claims.name, claims.groups, settings)

    return identify


def _by_header(request: Request, settings: ServerSettings) -> Reader | None:
    """The reader a proxy names; the header of anybody else was taken off before."""
    names = request.headers.getlist(settings.user_header)
    if len(names) != 1:
        return None
    groups = ",".join(request.headers.getlist(settings.groups_header)).split(",")
    return _named(names[0], [group.strip() for group in groups if group.strip()], settings)


def _named(name: str, groups: Iterable[str], settings: ServerSettings) -> Reader | None:
    usable = name.strip() and len(name) <= _LONGEST_NAME and name.isprintable()
    return admit(name.strip(), groups, settings.groups) if usable else None
