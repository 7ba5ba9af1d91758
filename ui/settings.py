"""Knobs of the server alone, read from the same places as all others."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from assistant.settings import Names, Settings, split_list
from ingest.addresses import Allowed

Network = IPv4Network | IPv6Network

_SHORTEST_KEY = 32  # bytes of a shared key; what HS256 asks for, RFC 7518 section 3.2


def _origin(said: str) -> str:
    parts = urlsplit(said)
    whole = parts.scheme in ("http", "https") and parts.hostname and said == said.strip()
    if (
        not whole
        or f"{parts.scheme}://{parts.netloc}" != said
        or set(parts.netloc) & set("@* ;'\"")
    ):
        raise ValueError(
            f"{said!r} is no portal: name its origin, such as https://intranet.example"
        )
    return said


def _network(said: object) -> Network:
    try:
        return ip_network(str(said))
    except ValueError:
        raise ValueError(f"{said!r} is no address or network such as 10.0.0.0/8") from None


def _beneath(said: str) -> str:
    path = said.rstrip("/")
    if path and (not path.startswith("/") or set(path) & set("?#%;, ")):
        raise ValueError(f"{said!r} is no path: begin it with a slash, such as /depeche")
    return path


def _rate(said: str) -> str:
    from ui.rates import spender

    try:
        spender(said)
    except ValueError:
        raise ValueError(f"{said!r} is no rate such as 30/minute") from None
    return said


Rate = Annotated[str, AfterValidator(_rate)]
Portals = Annotated[
    tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(split_list)
]
Networks = Annotated[
    tuple[Annotated[Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(split_list)
]


class ServerSettings(Settings):
    """What `depeche serve` asks beside the settings of every command."""

    identity: Literal["none", "header", "oidc", "token"] = "none"  # who says who is asking
    open_to_all: bool = False  # without identity, listen where others reach it
    trusted_proxies: Networks = ()  # peers whose forwarded headers are read
    user_header: str = "X-Forwarded-User"
    groups_header: str = "X-Forwarded-Groups"  # separated by commas
    groups: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # outlets each may read
    collections: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # of outlets, by name
    operators: Names = ()  # groups that see how the archive is, and add to it
    show_questions: bool = True  # to operators: those without an answer, those judged

    portal_key: SecretStr = SecretStr("")  # shared secret or PEM public key; empty: no tokens
    portal_algorithm: Literal["HS256", "ES256"] = "HS256"
    portal_issuer: str = "portal"
    portal_audience: str = "depeche"

    oidc_issuer: str = ""  # the provider's address, without /.well-known
    oidc_client: str = ""
    oidc_secret: SecretStr = SecretStr("")
    oidc_scope: str = "openid profile"
    oidc_name: str = "sub"  # the claim that readers are known by
    oidc_groups: str = "groups"  # the claim that lists their groups
    cookie_key: SecretStr = SecretStr("")  # signs who has signed in; empty: new at each start
    secure_cookies: bool = True  # only over https, or to this machine

    portals: Portals = ()  # origins that may frame and call the page
    questions: Rate = "30/minute"  # of one reader, through whichever door
    requests: Rate = "600/minute"  # that change something, of one reader
    largest_request: int = Field(default=2**20, gt=0)  # bytes
    largest_upload: int = Field(default=64 * 2**20, gt=0)  # bytes of a file that an operator adds
    metrics_key: SecretStr = SecretStr("")  # bearer token for /metrics alone
    grace: int = Field(default=10, ge=0)  # seconds that answers under way get at the end
    log_questions: bool = False  # write what is asked into the log
    conversation_days: int = Field(default=365, ge=1)  # kept after its last question
    suggestions: bool = True  # questions to begin with, made from the archive

    root_path: Annotated[str, AfterValidator(_beneath)] = ""  # where a proxy shows the page

    watch: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(split_list)] = ()  # folders
    feeds: Names = ()  # addresses, on hosts among feed_hosts
    feed_minutes: float = Field(default=15, gt=0)  # between two looks at each feed

    @property
    def readable(self) -> dict[str, tuple[str, ...]]:
        """The outlets that each group may read, those of its collections one by one."""
        return {
            group: tuple(outlet for name in names for outlet in self.collections.get(name, (name,)))
            for group, names in self.groups.items()
        }

    @model_validator(mode="after")
    def _name_the_hosts_of_feeds(self) -> Self:
        """Refuse a feed that would never be fetched."""
        allowed = Allowed(self.feed_hosts)
        for url in self.feeds:
            host = urlsplit(url).hostname or ""
            if not allowed.names(host):
                raise ValueError(f"feeds names {url!r}: name its host among feed_hosts, too")
        return self

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        """Refuse what would let strangers in, each with the sentence that mends it."""
        if self.identity == "none" and not self.open_to_all and not is_loopback(self.host):
            raise ValueError(
                f"host {self.host} is reached by others, and nobody says who is asking: set "
                "identity to header, oidc or token, or open_to_all to true"
            )
        if self.identity == "none" and self.operators:
            raise ValueError("operators are told by their groups: set identity, too")
        if self.identity == "header" and not self.trusted_proxies:
            raise ValueError("identity by header needs trusted_proxies: who may set the header")
        key = self.portal_key.get_secret_value()
        if self.identity == "token" and not key:
            raise ValueError("identity by token needs portal_key: what the portal signs with")
        if self.identity == "oidc" and not (self.oidc_issuer and self.oidc_client):
            raise ValueError("identity by oidc needs oidc_issuer and oidc_client")
        if key and self.portal_algorithm == "HS256" and len(key.encode()) < _SHORTEST_KEY:
            raise ValueError(f"portal_key is shorter than {_SHORTEST_KEY} bytes: it can be guessed")
        return self


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, for itself alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
