"""One archive behind every door, and who may ask there."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from ingest.intake import ingest_paths
from tests.conftest import word_count_encoder
from tests.serving import listening
from ui.application import make_app
from ui.settings import ServerSettings

QUESTION = "What do the harbour workers ask for?"
KEY = "a key that is shared by portal and archive"
STORY = "The harbour workers of Wexmoor walked out on Monday. They ask for two more crews."
ARTICLES = (
    {"id": "quay/1", "outlet": "Mercury", "published": "2024-01-10", "text": STORY},
    {"id": "copy", "outlet": "Courrier", "published": "2024-01-11", "text": STORY},
    {"id": "bread", "outlet": "Review", "text": "The bakers of Selm bake rye bread at night."},
)


@pytest.fixture(scope="package")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("doors")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    ingest_paths(
        [folder / "a.jsonl"],
        folder / "archive",
        opener=word_count_encoder,
        outlet="",
        notify=lambda step: None,
    )
    with opened_archive(folder / "archive", word_count_encoder) as archive:
        yield Assistant(archive)


@pytest.fixture(scope="package")
def app(assistant: Assistant) -> Any:
    said: dict[str, Any] = {
        "identity": "token",
        "portal_key": KEY,
        "portals": "https://portal.example",
        "groups": {"harbour": ("Mercury",), "board": ("*",)},
        "questions": "10000/minute",
        "requests": "10000/minute",
        "largest_request": 50_000,
    }
    return make_app(assistant, ServerSettings(**said))


@pytest.fixture(scope="package")
def address(app: Any) -> Iterator[str]:
    with listening(app) as address:
        yield address


def token(*groups: str) -> str:
    claims = {"sub": "anna", "iss": "portal", "aud": "depeche", "groups": list(groups)}
    return jwt.encode({**claims, "exp": time.time() + 600}, KEY, "HS256")


def as_member_of(*groups: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(*groups)}"}


@pytest.fixture(scope="package")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers=as_member_of("board"), timeout=60) as client:
        yield client
