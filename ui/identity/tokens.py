"""Short-lived tokens that a portal's back end signs for the reader it knows."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.settings import ServerSettings

_LEEWAY = 30  # seconds that two clocks may differ


class TokenRefusedError(Exception):
    """A token that names nobody: forged, expired, or made for something else."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says of its reader."""

    name: str
    groups: tuple[str, ...]


def token_reader(settings: ServerSettings) -> Callable[[str], Claims]:
    """A function that checks tokens by the settings and says whom they name."""
    import jwt

    key = settings.portal_key.get_secret_value()

    def read(token: str) -> Claims:
        try:
            said = jwt.decode(
                token,
                key,
                algorithms=[settings.portal_algorithm],
                audience=settings.portal_audience,
                issuer=settings.portal_issuer,
                leeway=_LEEWAY,
                options={"require": ["sub", "exp", "aud", "iss"]},
            )
        except jwt.InvalidTokenError as error:
            raise TokenRefusedError(type(error).__name__) from error
        groups = said.get("groups", ())
        named = [str(group) for group in groups] if isinstance(groups, list) else []
        return Claims(str(said["sub"]), tuple(named))

    return read
