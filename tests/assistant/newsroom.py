"""An archive of two articles, and questions to it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ingest.archive import Archive, opened_archive
from ingest.intake import ingest_paths
from tests.conftest import word_count_encoder

TODAY = date(2024, 7, 1)
QUESTION = "What do the harbour workers ask for?"
QUESTION_FR = "Quels facteurs la commission militaire pèse-t-elle ?"

ARTICLES: Sequence[dict[str, str]] = (
    {
        "id": "talks",
        "outlet": "Le Temps d’hier",
        "published": "2024-01",
        "language": "fr",
        "title": "La commission",
        "text": "La commission militaire s’est réunie. Elle pèse trois facteurs. Il a plu.",
    },
    {
        "id": "harbour",
        "outlet": "The Quay",
        "published": "2024-03-02",
        "language": "en",
        "title": "The harbour",
        "text": "The harbour workers walked out. They ask for two more crews. Nobody fell.",
    },
)


@contextmanager
def opened_newsroom(
    folder: Path, articles: Sequence[dict[str, str]] = ARTICLES
) -> Iterator[Archive]:
    """An archive in a folder that holds these articles and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / "articles.jsonl"
    lines.write_text("\n".join(map(json.dumps, articles)), "utf-8")
    archive = folder / "archive"
    ingest_paths([lines], archive, opener=word_count_encoder, outlet="", notify=lambda _: None)
    with opened_archive(archive, word_count_encoder) as opened:
        yield opened
