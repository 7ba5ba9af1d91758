"""Nobody enters unknown: every route, every header, every token."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.testclient import TestClient
from pydantic import ValidationError
from starlette.routing import BaseRoute, Mount

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from tests.conftest import Ingest, word_count_encoder
from ui.application import make_app
from ui.identity.reader import Reader, admit
from ui.identity.visits import LASTS, Visits
from ui.mendable import explain
from ui.settings import ServerSettings

HERE = "http://127.0.0.1"
KEY = "a key that is shared by portal and archive"
PROXY = "10.1.0.7"
HEADER = {"identity": "header", "trusted_proxies": "10.1.0.0/24"}


@pytest.fixture
def assistant(ingest: Ingest, folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "harbour.txt").write_text("The harbour workers ask for two more crews.", "utf-8")
    ingest(tmp_path / "harbour.txt")
    with opened_archive(folder, word_count_encoder) as archive:
        yield Assistant(archive)


Opening = Callable[..., TestClient]


@pytest.fixture
def opening(assistant: Assistant, folder: Path) -> Opening:
    """A client of a server with some settings, at an address."""

    def open_at(peer: str = "127.0.0.1", **settings: Any) -> TestClient:
        app = make_app(assistant, ServerSettings(archive=folder, port=0, **settings))
        return TestClient(app, HERE, client=(peer, 50000), follow_redirects=False)

    return open_at


def token(**changed: Any) -> str:
    usual = {"sub": "anna", "iss": "portal", "aud": "depeche", "exp": time.time() + 60}
    claims = {name: said for name, said in {**usual, **changed}.items() if said is not None}
    return jwt.encode(claims, KEY, "HS256")


def bearer(said: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {said}"}


def every_route(routes: list[BaseRoute], above: str = "") -> Iterator[tuple[str, str]]:
    """Method and address of each route, Gradio's included."""
    for route in routes:
        inner = route if isinstance(route, Mount) else getattr(route, "original_router", None)
        if inner:
            yield from every_route(list(inner.routes), above + getattr(route, "path", ""))
        else:
            for method in getattr(route, "methods", None) or {"GET"}:
                yield method, above + getattr(route, "path", "")


def test_no_route_but_health_and_the_pages_files_answers_a_stranger(opening: Opening) -> None:
    client = opening(identity="token", portal_key=KEY)
    walked = set(every_route(list(client.app.routes)))  # type: ignore[attr-defined]
    assert {"/config", "/gradio_api/queue/join", "/visits", "/mcp", "/v1/models"} <= {
        path for _, path in walked
    }
    assert len(walked) > 40
    for method, path in walked - {("GET", "/healthz"), ("GET", "/readyz")}:
        assert client.request(method, path.replace("{", "").replace("}", "")).status_code == 401, (
            method,
            path,
        )
    assert client.get("/healthz").status_code == 200
    assert client.get("/page/chat.js").status_code == 200


@pytest.mark.parametrize(
    "path", ["/page/../config", "/page/%2e%2e/config", "//healthz", "/s/x/", "/page/"]
)
def test_no_spelling_of_an_open_path_opens_another(opening: Opening, path: str) -> None:
    assert opening(identity="token", portal_key=KEY).get(path).status_code == 401


SPOOFED = [
    {name: said, **more}
    for name in ("X-Forwarded-User", "x-forwarded-user", "X_Forwarded_User", "Remote-User")
    for said, more in (
        ("anna", {}),
        ("anna", {"X-Forwarded-For": PROXY}),
        ("anna", {"X-Real-IP": PROXY, "Forwarded": f"for={PROXY}"}),
        ("anna", {"X-Forwarded-For": f"{PROXY}, 127.0.0.1", "Via": "1.1 proxy"}),
        ("anna", {"X-Forwarded-Host": "localhost", "X-Forwarded-Groups": "editors"}),
    )
]


@pytest.mark.parametrize("headers", SPOOFED)
def test_a_header_from_elsewhere_names_nobody(opening: Opening, headers: dict[str, str]) -> None:
    assert len(SPOOFED) == 20
    assert opening("10.2.0.7", **HEADER).get("/config", headers=headers).status_code == 401


def test_a_trusted_proxy_names_the_reader(opening: Opening) -> None:
    client = opening(PROXY, **HEADER)
    assert client.get("/config", headers={"X-Forwarded-User": "anna"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [[], [("X-Forwarded-User", "")], [("X-Forwarded-User", "anna"), ("X-Forwarded-User", "bob")],
     [("X-Forwarded-User", "a" * 201)]],
    ids=["none", "empty", "two", "long"],
)  # fmt: skip
def test_a_trusted_proxy_that_names_nobody_opens_nothing(
    opening: Opening, headers: list[tuple[str, str]]
) -> None:
    assert opening(PROXY, **HEADER).get("/config", headers=headers).status_code == 401


def test_another_name_for_this_machine_opens_nothing(opening: Opening) -> None:
    assert opening().get("/config", headers={"Host": "evil.example"}).status_code == 401
    assert opening(open_to_all=True).get("/config", headers={"Host": "a.example"}).is_success


def test_the_key_of_the_figures_opens_nothing_else(opening: Opening) -> None:
    client = opening(identity="token", portal_key=KEY, metrics_key="scrape")
    found = client.get("/metrics", headers=bearer("scrape"))
    assert "depeche_articles 1.0" in found.text
    assert client.get("/config", headers=bearer("scrape")).status_code == 401
    assert client.get("/metrics", headers=bearer("scraped")).status_code == 401


def test_a_stranger_cannot_move_the_page_to_another_host(opening: Opening) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "https://evil.example"}
    assert "evil.example" not in opening().get("/", headers=headers).text


def test_the_page_lives_where_its_proxy_shows_it(opening: Opening) -> None:
    client = opening(PROXY, **HEADER, root_path="/news/")
    headers = {
        "X-Forwarded-User": "anna",
        "X-Forwarded-Host": "intranet.example",
        "X-Forwarded-Proto": "https",
    }
    for path in ("/news/config", "/config"):  # the proxy may take its path off or leave it
        found = client.get(path, headers=headers)
        assert found.json()["root"] == "https://intranet.example/news"


@pytest.mark.parametrize(
    "said",
    [
        token(exp=time.time() - 3600),
        token(aud="another"),
        token(iss="another"),
        token(exp=None),
        token(sub=None),
        jwt.encode({"sub": "anna", "exp": time.time() + 60}, "x" * 32, "HS256"),
        jwt.encode({"sub": "anna", "iss": "portal", "aud": "depeche"}, "", "none"),
        token() + "x",
        "not a token",
        "",
    ],
    ids="expired audience issuer endless nameless forged unsigned changed noise empty".split(),
)
def test_a_token_that_is_not_right_names_nobody(opening: Opening, said: str) -> None:
    found = opening(portal_key=KEY).get("/config", headers=bearer(said))
    assert found.status_code == 401


def test_a_token_opens_the_doors(opening: Opening) -> None:
    assert (
        opening(identity="token", portal_key=KEY)
        .get("/config", headers=bearer(token()))
        .status_code
        == 200
    )


def test_a_token_signed_by_a_private_key_is_checked_by_the_public_one(opening: Opening) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    client = opening(identity="token", portal_algorithm="ES256", portal_key=public.decode())
    claims = {"sub": "anna", "iss": "portal", "aud": "depeche", "exp": time.time() + 60}
    signed = jwt.encode(claims, private, "ES256")
    assert client.get("/config", headers=bearer(signed)).status_code == 200
    by_public = jwt.api_jws.PyJWS().encode(b"{}", KEY.encode(), "HS256")
    assert client.get("/config", headers=bearer(by_public)).status_code == 401


def test_a_visit_needs_no_cookie_and_all_of_the_page_stays_within_it(opening: Opening) -> None:
    client = opening(identity="token", portal_key=KEY)
    begun = client.post("/visits", headers=bearer(token()))
    path = begun.json()["path"]
    assert "set-cookie" not in begun.headers
    assert client.get(f"/{path}").status_code == 200
    assert client.get(f"/{path}config").json()["root"] == f"{HERE}/{path.rstrip('/')}"
    assert client.get(f"/{path}page/chat.js").status_code == 200
    assert client.get("/config").status_code == 401
    assert client.get(f"/{path[:-2]}x/config").status_code == 401


def test_a_visit_ends() -> None:
    now = [0.0]
    visits = Visits(clock=lambda: now[0])
    name = visits.begin(Reader("anna"))
    now[0] = LASTS - 1
    assert visits.reader(name) == Reader("anna")
    now[0] = LASTS + 1
    assert visits.reader(name) is None


def test_a_foreign_page_cannot_send_in_its_readers_name(opening: Opening) -> None:
    client = opening(portals="https://portal.example")
    for origin, status in (("https://evil.example", 403), ("https://portal.example", 200)):
        headers = {"Sec-Fetch-Site": "cross-site", "Origin": origin}
        assert client.post("/visits", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("groups", "outlets"),
    [
        (["sport"], {"Mercury"}),
        (["sport", "desk"], {"Mercury", "Courrier"}),
        (["board"], None),
        (["unknown"], set()),
        ([], set()),
    ],
)
def test_groups_are_limited_to_their_outlets(groups: list[str], outlets: set[str] | None) -> None:
    allowed = {"sport": ("Mercury",), "desk": ("Courrier",), "board": ("*",)}
    assert admit("anna", groups, allowed).outlets == outlets
    assert admit("anna", groups, {}).outlets is None


def test_a_group_may_read_the_outlets_of_a_collection() -> None:
    settings = ServerSettings(
        collections={"regional": ("Courrier", "Matin")}, groups={"desk": ("regional", "Mercury")}
    )
    outlets = admit("anna", ["desk"], settings.readable).outlets
    assert outlets == frozenset({"Courrier", "Matin", "Mercury"})


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"host": "0.0.0.0"}, "nobody says who is asking"),
        ({"host": "intranet.example"}, "nobody says who is asking"),
        ({"identity": "header"}, "needs trusted_proxies"),
        ({"identity": "token"}, "needs portal_key"),
        ({"identity": "token", "portal_key": "short"}, "can be guessed"),
        ({"portals": "intranet.example"}, "is no portal"),
        ({"portals": "https://a.example; script-src *"}, "is no portal"),
        ({"portals": "https://*.example"}, "is no portal"),
        ({"portals": "https://a.example/path"}, "is no portal"),
        ({"trusted_proxies": "10.0.0.0/99"}, "is no address or network"),
        ({"root_path": "news"}, "begin it with a slash"),
    ],
)
def test_settings_that_would_let_strangers_in_stop_the_start(
    settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        ServerSettings(**settings)
    said = explain(refused.value)
    assert said
    assert sentence in said
    assert "\n" not in said
