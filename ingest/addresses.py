"""Which addresses of the network a feed may be fetched from: a guard against forged requests."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]  # a host and a port to addresses

PORTS = {"http": 80, "https": 443}
_VISIBLE = re.compile(r"[!-~]+")  # printable ASCII: no space, no control, nothing to mistake
_NAME = re.compile(r"(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)*(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)  # 0x7f000001, 127.1, 017700000001
# IPv6 that stands for IPv4 behind a gateway: RFC 6052, 8215, 3056, 4380.
_TRANSLATED = tuple(
    map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)


class AddressRefusedError(Exception):
    """An address that may not be fetched, with the reason."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address checked once: the connection goes to `address`, whatever a name means later."""

    url: str
    scheme: str
    host: str
    port: int
    address: str
    path: str  # with the query


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the settings allow: names of hosts, and networks that need not be public."""

    entries: tuple[str, ...]  # "feeds.example", "10.1.0.0/16", "192.0.2.7"

    def names(self, host: str) -> bool:
        """Whether a host may be asked, by its name or by its address."""
        literal = _literal(host)
        if literal:
            return self.includes(literal)
        return host in {entry.lower().rstrip(".") for entry in self.entries}

    def includes(self, address: Address) -> bool:
        """Whether an address lies in a network that is named."""
        networks = (network for entry in self.entries if (network := _network(entry)))
        return any(address in network for network in networks)


def check_address(url: str, allowed: Allowed, resolve: Resolve) -> Target:
    """Check a URL and resolve its host, once; raise AddressRefusedError for what is not allowed."""
    refuse = partial(_refuse, url)
    parts = _split(url)
    host, port = _host(parts, refuse), parts.port or PORTS[parts.scheme]
    if not allowed.names(host):
        refuse(f"the host {host!r} is not among feed_hosts in the settings")
    try:
        found = [ip_address(each) for each in resolve(host, port)]
    except (OSError, ValueError) as error:
        raise AddressRefusedError(f"{url}: {host!r} has no address: {error}") from error
    for address in found:
        if not (allowed.includes(address) or _is_public(address)):
            refuse(f"{host!r} leads to {address}, which is not public")
    if not found:
        refuse(f"{host!r} has no address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, str(found[0]), path)


def _refuse(url: str, reason: str) -> NoReturn:
    raise AddressRefusedError(f"{url!r}: {reason}")


def _split(url: str) -> SplitResult:
    """The parts of a URL that all programs read alike."""
    if not _VISIBLE.fullmatch(url) or "\\" in url:
        _refuse(url, "holds characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError(f"{url!r}: {error}") from error
    if parts.scheme not in PORTS:
        _refuse(url, "is neither http nor https")
    if "@" in parts.netloc or port == 0:
        _refuse(url, "names a user or no port")
    return parts


def _host(parts: SplitResult, refuse: Callable[[str], NoReturn]) -> str:
    host = (parts.hostname or "").removesuffix(".")
    bracketed = parts.netloc.startswith("[")
    if bracketed or ":" in host:
        if not isinstance(_literal(host), IPv6Address):
            refuse("holds no address between its brackets")
    elif not _NAME.fullmatch(host):
        refuse("has no host, or one that is no name")
    elif _NUMERIC.fullmatch(host.rpartition(".")[2]) and not _literal(host):
        refuse(f"{host!r} is an address in disguise")
    return host


def _literal(host: str) -> Address | None:
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _is_public(address: Address) -> bool:
    """Whether anyone may be asked there: not this machine, its network, or a gateway into it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return _is_public(address.ipv4_mapped)
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
