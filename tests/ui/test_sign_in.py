"""Signing in with OpenID Connect, from a stranger's first page to the end of the day."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.intake import ingest_paths
from tests.conftest import word_count_encoder
from tests.openid_provider import Provider, providing
from tests.serving import listening
from ui.application import make_app
from ui.identity.oidc import is_within_site
from ui.settings import ServerSettings


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def address(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("sign-in")
    story = {"id": "quay", "outlet": "Mercury", "text": "The harbour workers ask for more crews."}
    (folder / "a.jsonl").write_text(json.dumps(story), "utf-8")
    paths, archive = [folder / "a.jsonl"], folder / "archive"
    ingest_paths(paths, archive, opener=word_count_encoder, outlet="", notify=lambda step: None)
    said: dict[str, Any] = {
        "identity": "oidc",
        "oidc_issuer": provider.issuer,
        "oidc_client": "depeche",
        "oidc_secret": "secret",
        "secure_cookies": False,
        "groups": {"harbour": ("Mercury",)},
    }
    with opened_archive(archive, word_count_encoder) as opened:
        app = make_app(Assistant(opened), ServerSettings(**said))
        with listening(app) as address:
            yield address


@pytest.fixture
def browser(address: str, provider: Provider) -> Iterator[httpx.Client]:
    provider.claims, provider.shown = {"sub": "anna", "groups": ["harbour"]}, None
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as browser:
        yield browser


def test_a_stranger_is_shown_the_way_to_sign_in_and_back(browser: httpx.Client) -> None:
    found = browser.get("/?q=harbour", headers={"Accept": "text/html"})
    assert found.status_code == 401
    assert found.headers["refresh"] == "0; url=/sign-in?to=%2F%3Fq%3Dharbour"
    assert 'target="_top"' in found.text


def test_who_signs_in_is_known_with_their_groups(browser: httpx.Client, address: str) -> None:
    found = browser.get("/sign-in", params={"to": "/?q=harbour"})
    assert (found.status_code, str(found.url)) == (200, f"{address}/?q=harbour")
    assert browser.get("/config").status_code == 200
    asked = {"question": "What do the harbour workers ask for?"}
    [citation] = browser.post("/api/ask", json=asked).json()["citations"]
    assert citation["outlet"] == "Mercury"
    [cookie] = found.history[-1].headers.get_list("set-cookie")
    assert {"httponly", "samesite=lax"} <= set(cookie.split("; "))


def test_who_signs_out_is_a_stranger_again(browser: httpx.Client, provider: Provider) -> None:
    browser.get("/sign-in")
    left = browser.get("/sign-out", follow_redirects=False)
    assert left.headers["location"].startswith(f"{provider.issuer}/end?client_id=depeche")
    assert browser.get("/config").status_code == 401


def test_a_token_signed_by_another_key_names_nobody(
    browser: httpx.Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get("/sign-in")  # from now on the server knows the provider's key
    monkeypatch.setattr(provider, "shown", provider.signing)
    monkeypatch.setattr(provider, "signing", rsa.generate_private_key(65537, 2048))
    assert browser.get("/sign-in").status_code == 401
    assert browser.get("/config").status_code == 401


@pytest.mark.parametrize(
    "lie", [{"nonce": "another"}, {"aud": "another"}, {"iss": "http://another"}, {"exp": 1}]
)
def test_a_token_made_for_something_else_names_nobody(
    browser: httpx.Client, provider: Provider, lie: dict[str, Any]
) -> None:
    provider.claims = {"sub": "anna", **lie}
    assert browser.get("/sign-in").status_code == 401
    assert browser.get("/config").status_code == 401


def test_a_return_that_nobody_asked_for_names_nobody(browser: httpx.Client) -> None:
    begun = browser.get("/sign-in", follow_redirects=False)
    sent = parse_qs(urlsplit(begun.headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert browser.get("/sign-in/return?code=code-0&state=forged").status_code == 401
    assert browser.get("/config").status_code == 401


def test_a_forged_cookie_names_nobody(address: str) -> None:
    forged = {"depeche": "eyJyZWFkZXIiOnsibmFtZSI6ImFubmEifX0=.aaaa.bbbb"}
    assert httpx.get(f"{address}/config", cookies=forged).status_code == 401


@pytest.mark.parametrize(
    ("path", "within"),
    [
        ("/", True),
        ("/?q=a", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("/\tevil.example", False),
        ("", False),
    ],
)
def test_a_sign_in_leads_nowhere_else(path: str, within: bool) -> None:
    assert is_within_site(path) is within
