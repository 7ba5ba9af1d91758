"""An archive whose last article was withdrawn."""

import json
from pathlib import Path

from fastapi.testclient import TestClient

from assistant.assistant import Assistant
from ingest.archive import opened_archive
from tests.conftest import Ingest, word_count_encoder
from tests.serving import asking_of
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
        sheet = Desk(asking_of(Assistant(archive))).lay_out((), "en")
        app = make_app(Assistant(archive), ServerSettings(archive=folder, port=0))
        client = TestClient(app, "http://127.0.0.1")
        page = client.get("/operator?lang=fr").text
    assert "The archive holds no article yet." in sheet.cards
    assert "L’archive ne contient encore aucun article." in page
    assert "<svg" not in page
