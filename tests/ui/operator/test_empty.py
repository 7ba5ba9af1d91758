"""An archive before its first article comes, and after the last was withdrawn."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from tests.conftest import Ingest, word_count_encoder
from tests.crowd import QUESTION, STORY, visiting
from tests.serving import archive_of, asking_of, serving
from ui.application import make_app
from ui.desk import Desk
from ui.settings import ServerSettings


def test_an_emptied_archive_says_so_to_readers_and_to_operators(
    ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    for status in ("usual", "withdrawn"):
        article = {"id": "a", "published": "2024-01-02", "text": "Gone soon.", "status": status}
        (tmp_path / "a.jsonl").write_text(json.dumps(article))
        ingest(tmp_path / "a.jsonl")
    with opened_archive(folder, word_count_encoder) as archive:
        desk = Desk(asking_of(Assistant(archive)))
        english, french = (desk.lay_out((), each).cards for each in ("en", "fr"))
        app = make_app(Assistant(archive), ServerSettings(archive=folder, port=0))
        client = TestClient(app, "http://127.0.0.1")
        page = client.get("/operator?lang=fr").text
    assert "The archive holds no article yet." in english
    assert "depeche ingest FOLDER" in english
    assert "depeche ingest DOSSIER" in french
    assert "L’archive ne contient encore aucun article." in page
    assert "<svg" not in page


async def greeting_at(address: str) -> str:
    async with visiting(address, "anna") as visitor:
        return await visitor.greet()


def test_a_server_starts_before_its_first_article_and_answers_when_that_has_come(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "archive") as (_, address), httpx.Client(timeout=60) as client:
        assert "The archive holds no article yet." in asyncio.run(greeting_at(address))

        def ask() -> Any:
            return client.post(f"{address}api/ask", json={"question": QUESTION}).json()

        assert ask()["answer"].endswith("The archive holds no article yet.")
        archive_of(STORY, tmp_path)
        while not ask()["citations"]:
            time.sleep(0.2)
