"""Feeds by URL: fetched from hosts that the settings allow, as bytes for a reader to parse."""

import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urljoin

from ingest.addresses import PORTS, AddressRefusedError, Allowed, Resolve, Target, check_address
from ingest.articles import Rejection

_LARGEST = 16 * 2**20  # bytes of a feed
_DEADLINE = 30.0  # seconds for the whole of a feed, redirects included
_SILENCE = 10.0  # seconds that a server may be silent
_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_ASKING = {
    "User-Agent": "depeche",
    "Accept": "application/atom+xml, application/rss+xml, application/xml, text/html;q=0.5",
    "Accept-Encoding": "identity",  # a small answer can't swell
}


class FeedUnreachableError(Exception):
    """A feed could not be fetched, with the reason."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a server, and what to ask it with next time."""

    url: str  # as it was asked for
    content: bytes
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False  # since last time; there is no content then


class _PinnedConnection(HTTPConnection):
    """A connection to the address that was checked, under the host's name."""

    def __init__(self, target: Target, timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target = target
        self.default_port = PORTS[target.scheme]  # else the Host header names it

    def connect(self) -> None:
        """Connect without resolving the name again."""
        self.sock = socket.create_connection((self._target.address, self.port), self.timeout)
        if self._target.scheme == "https":
            secure = ssl.create_default_context()
            self.sock = secure.wrap_socket(self.sock, server_hostname=self.host)


def resolve_host(host: str, port: int) -> Sequence[str]:
    """The addresses that a name has now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def fetch_feed(
    url: str, allowed: Allowed, last: Fetched | None = None, *, resolve: Resolve = resolve_host
) -> Fetched:
    """Fetch a feed if it has changed; every redirect is checked as the first address was."""
    asked, deadline = url, time.monotonic() + _DEADLINE
    for _ in range(_REDIRECTS + 1):
        target = check_address(url, allowed, resolve)
        try:
            answer = _ask(target, last, deadline)
        except (OSError, HTTPException) as error:
            raise FeedUnreachableError(f"{url}: {error or type(error).__name__}") from error
        if isinstance(answer, Fetched):
            return replace(answer, url=asked)
        url = urljoin(url, answer)
    raise FeedUnreachableError(f"{url}: redirects more than {_REDIRECTS} times")


def _ask(target: Target, last: Fetched | None, deadline: float) -> Fetched | str:
    """One request: what came, or the address to go on to."""
    connection = _PinnedConnection(target, _SILENCE)
    try:
        connection.request("GET", target.path, headers=_ASKING | _conditions(last))
        response = connection.getresponse()
        if response.status in _MOVED:
            return response.headers.get("Location", "")
        if response.status == 304 and last:
            return Fetched(target.url, b"", etag=last.etag, modified=last.modified, unchanged=True)
        if response.status != 200:
            raise FeedUnreachableError(f"{target.url}: the server answers {response.status}")
        header = response.headers
        return Fetched(
            target.url,
            _read(response, target.url, deadline),
            header.get("Content-Type", ""),
            header.get("ETag", ""),
            header.get("Last-Modified", ""),
        )
    finally:
        connection.close()


def _conditions(last: Fetched | None) -> dict[str, str]:
    said = {"If-None-Match": last.etag, "If-Modified-Since": last.modified} if last else {}
    return {name: value for name, value in said.items() if value}


def _read(response: HTTPResponse, url: str, deadline: float) -> bytes:
    content = bytearray()
    while piece := response.read1(2**16):
        content += piece
        if len(content) > _LARGEST:
            raise FeedUnreachableError(f"{url}: is larger than {_LARGEST // 2**20} MB")
        if time.monotonic() > deadline:
            raise FeedUnreachableError(f"{url}: takes longer than {_DEADLINE:.0f} s")
    return bytes(content)


def try_feed(
    url: str, allowed: Allowed, last: Fetched | None = None, *, resolve: Resolve = resolve_host
) -> Fetched | Rejection:
    """The same, with the reason where nothing came."""
    try:
        return fetch_feed(url, allowed, last, resolve=resolve)
    except (AddressRefusedError, FeedUnreachableError) as error:
        return Rejection(url, str(error))
