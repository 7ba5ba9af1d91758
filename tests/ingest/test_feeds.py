import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from ingest.addresses import AddressRefusedError, Allowed, Target, check_address
from ingest.articles import Rejection
from ingest.feeds import FeedUnreachableError, Fetched, fetch_feed
from ingest.ledger import Ledger
from ingest.subscriptions import poll_feeds, recall

HOST = "feeds.example"
PUBLIC = "93.184.215.14"


class Canary(ThreadingHTTPServer):
    """A server on this machine that counts who comes."""

    hits: list[str]
    answers: dict[str, tuple[int, dict[str, str], bytes]]


class _Handler(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        status, headers, body = self.server.answers.get(self.path, (200, {}, b"<rss/>"))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_values: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Canary]:
    server = Canary(("127.0.0.1", 0), _Handler)
    server.hits, server.answers = [], {}
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def canary() -> Iterator[Canary]:
    with serving() as server:
        yield server


def to(*addresses: str) -> Any:
    """A resolver for which every name means the same."""
    return lambda host, port: list(addresses)


def system(host: str, port: int) -> Sequence[str]:
    """The resolver of the system, which reads 127.1 and 0x7f000001 as this machine."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


FORMS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.000.000.001:{port}/",
    "http://1127.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://feeds.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@feeds.example/",
    "http://feeds.example:x@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@feeds.example/",
    "http://127.0.0.1:{port}\\@feeds.example/",
    "http://feeds.example\r\nHost: 127.0.0.1:{port}/",
    "http://feeds.example/\r\nX: 1",
    "http://127.0.0.1:{port}/?feeds.example",
    "http://127。0。0。1:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://127.0.0.1%00.feeds.example:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.0.1/",
    "http://224.0.0.1/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_GET",
    "ftp://127.0.0.1:{port}/",
    "data:text/xml,<rss/>",
    "jar:http://127.0.0.1:{port}/!/",
    " http://127.0.0.1:{port}/",
    "http://feeds.example.evil.example:{port}/",
    "http://feeds.example:99999/",
    "",
]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_an_address_reaches_this_machine(canary: Canary, form: str) -> None:
    url = form.replace("{port}", str(canary.server_port))
    with pytest.raises(AddressRefusedError):
        fetch_feed(url, Allowed((HOST,)), resolve=system)
    assert canary.hits == []


@pytest.mark.parametrize("name", ["localhost", "feeds.example", "2130706433", "127.1", "0x7f.1"])
def test_a_name_that_is_allowed_does_not_open_this_machine(canary: Canary, name: str) -> None:
    with pytest.raises(AddressRefusedError):
        url = f"http://{name}:{canary.server_port}/"
        fetch_feed(url, Allowed((name,)), resolve=to("127.0.0.1"))
    assert canary.hits == []


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 "
    "224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 ff02::1 "
    "::ffff:10.0.0.1 64:ff9b::a00:1 64:ff9b:1::a00:1 2002:a00:1:: 2001:0:a00:1:: ::10.0.0.1 "
    "2001:db8::1".split(),
)
def test_a_name_that_leads_to_an_address_that_is_not_public_is_refused(address: str) -> None:
    for found in ((address,), (PUBLIC, address)):
        with pytest.raises(AddressRefusedError, match="not public"):
            check_address(f"http://{HOST}/", Allowed((HOST,)), to(*found))


def test_a_public_name_is_resolved_once_and_connected_by_its_address() -> None:
    target = check_address(f"https://{HOST.upper()}./rss?page=1", Allowed((HOST,)), to(PUBLIC))
    url = f"https://{HOST.upper()}./rss?page=1"
    assert target == Target(url, "https", HOST, 443, PUBLIC, "/rss?page=1")


def test_a_name_that_changes_its_meaning_is_asked_once(canary: Canary) -> None:
    meanings = iter(["127.0.0.1", "203.0.113.1"])
    allowed = Allowed((HOST, "127.0.0.0/8"))
    url = f"http://{HOST}:{canary.server_port}/rss"
    found = fetch_feed(url, allowed, resolve=lambda host, port: [next(meanings)])
    assert (found.content, canary.hits) == (b"<rss/>", ["/rss"])


@pytest.mark.parametrize(
    "place",
    "http://169.254.169.254/ file:///etc/passwd //10.0.0.1/ http://evil.example/ gopher://x/".split(),
)
def test_a_redirect_is_checked_like_the_first_address(canary: Canary, place: str) -> None:
    canary.answers["/rss"] = (302, {"Location": place}, b"")
    with pytest.raises(AddressRefusedError):
        fetch_feed(url_of(canary, "/rss"), Allowed((HOST, "127.0.0.1")), resolve=to("127.0.0.1"))
    assert canary.hits == ["/rss"]


def url_of(canary: Canary, path: str) -> str:
    return f"http://{HOST}:{canary.server_port}{path}"


def test_a_redirect_on_the_same_host_is_followed_and_a_circle_is_not(canary: Canary) -> None:
    allowed, resolve = Allowed((HOST, "127.0.0.1")), to("127.0.0.1")
    canary.answers["/old"] = (301, {"Location": "/new"}, b"")
    canary.answers["/round"] = (302, {"Location": "/round"}, b"")
    assert fetch_feed(url_of(canary, "/old"), allowed, resolve=resolve).content == b"<rss/>"
    assert canary.hits == ["/old", "/new"]
    with pytest.raises(FeedUnreachableError, match="redirects"):
        fetch_feed(url_of(canary, "/round"), allowed, resolve=resolve)


def test_a_feed_that_has_not_changed_is_not_sent_again(canary: Canary) -> None:
    allowed, resolve = Allowed((HOST, "127.0.0.1")), to("127.0.0.1")
    canary.answers["/rss"] = (200, {"ETag": '"1"'}, b"<rss>one</rss>")
    first = fetch_feed(url_of(canary, "/rss"), allowed, resolve=resolve)
    second = fetch_feed(url_of(canary, "/rss"), allowed, first, resolve=resolve)
    assert (first.content, first.unchanged) == (b"<rss>one</rss>", False)
    assert (second.content, second.unchanged, second.etag) == (b"", True, '"1"')


@pytest.mark.parametrize("answer", [(404, {}, b""), (200, {}, b"x" * (16 * 2**20 + 1))])
def test_a_server_that_answers_badly_or_without_end_is_named(canary: Canary, answer: Any) -> None:
    canary.answers["/rss"] = answer
    with pytest.raises(FeedUnreachableError, match=HOST):
        fetch_feed(url_of(canary, "/rss"), Allowed((HOST, "127.0.0.1")), resolve=to("127.0.0.1"))


def test_polling_hands_on_what_changed_and_names_what_failed(
    canary: Canary, ledger: Ledger
) -> None:
    stop, found = Event(), list[Fetched | Rejection]()
    canary.answers["/rss"] = (200, {"ETag": '"1"'}, b"<rss/>")
    url = f"http://127.0.0.1:{canary.server_port}/rss"

    def take(item: Fetched | Rejection) -> bool:
        found.append(item)
        if len(found) == 3:
            stop.set()
        return True

    bad, allowed = "http://elsewhere.example/rss", Allowed(("127.0.0.1",))
    poll_feeds([url, bad], allowed, take, ledger=ledger, every=0.01, stop=stop)
    assert [type(item) for item in found] == [Fetched, Rejection, Rejection]
    assert canary.hits == ["/rss", "/rss"]
    assert recall(ledger, url) == Fetched(url, b"", etag='"1"')


def test_a_feed_that_was_not_kept_is_sent_again(canary: Canary, ledger: Ledger) -> None:
    stop, found = Event(), list[Fetched | Rejection]()
    canary.answers["/rss"] = (200, {"ETag": '"1"'}, b"<rss/>")
    url = f"http://127.0.0.1:{canary.server_port}/rss"

    def take(item: Fetched | Rejection) -> bool:
        found.append(item)
        if len(found) == 2:
            stop.set()
        return False

    poll_feeds([url], Allowed(("127.0.0.1",)), take, ledger=ledger, every=0.01, stop=stop)
    assert [item.content for item in found if isinstance(item, Fetched)] == [b"<rss/>"] * 2
    assert recall(ledger, url) is None


def test_nothing_is_asked_where_no_host_is_allowed(canary: Canary, ledger: Ledger) -> None:
    stop, found = Event(), list[Fetched | Rejection]()

    def take(item: Fetched | Rejection) -> bool:
        found.append(item)
        stop.set()
        return True

    url = f"http://127.0.0.1:{canary.server_port}/rss"
    poll_feeds([url], Allowed(()), take, ledger=ledger, every=0.01, stop=stop)
    assert isinstance(found[0], Rejection) and "feed_hosts" in found[0].reason
    assert canary.hits == []
