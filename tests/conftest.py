"""What tests stand on: a word-count encoder for speed, and an archive in a folder of their own."""

import os
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import settings

from ingest.archive import Archive
from ingest.encoder import Encoder
from ingest.intake import Report, ingest_paths
from ingest.ledger import Ledger, open_ledger
from ingest.site import ChromaAddress, Site
from tests.servers import ChromaServer, Postgres, running_chroma, running_postgres

os.environ.setdefault("HF_HUB_OFFLINE", "1")

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")

SETUPS = ("one folder", "servers")

_DIMENSION = 512

SHARED = Path(os.environ.get("DEPECHE_SHARED", Path(__file__).parents[2] / "shared"))


class WordCount:
    """Encodes by counting words in 512 buckets: texts with the same words lie near each other."""

    def encode_document(self, inputs: list[str], **_options: Any) -> Any:
        rows = np.full((len(inputs), _DIMENSION), 1e-3)
        for row, text in zip(rows, inputs, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % _DIMENSION] += 1
        return torch.from_numpy(rows)

    encode_query = encode_document


def word_count_encoder() -> Encoder:
    return Encoder("word count", "0" * 64, _DIMENSION, "float64 on cpu", WordCount())


Ingest = Callable[..., Report]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked with `everywhere` on each set-up that an archive can have."""
    if "setup" in metafunc.fixturenames and metafunc.definition.get_closest_marker("everywhere"):
        metafunc.parametrize("setup", SETUPS, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def setup(request: pytest.FixtureRequest) -> str:
    """Which engines hold the archive of this test."""
    return str(getattr(request, "param", SETUPS[0]))


@pytest.fixture
def site(folder: Path, setup: str, request: pytest.FixtureRequest) -> Site:
    """Where the archive of this test is."""
    if setup == SETUPS[0]:
        return Site(folder)
    postgres: Postgres = request.getfixturevalue("postgres")
    chroma: ChromaServer = request.getfixturevalue("chroma")
    ledger = postgres.make_ledger(f"archive{token_hex(4)}")
    return Site(folder, ledger, ChromaAddress(chroma.address))


@pytest.fixture
def ingest(site: Site) -> Ingest:
    """Ingest some paths into the archive of this test."""

    def run(*paths: Path, outlet: str = "") -> Report:
        return ingest_paths(
            paths, site, opener=word_count_encoder, outlet=outlet, notify=lambda step: None
        )

    return run


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(str(tmp_path / "ledger.sqlite3"))


def passages_held(archive: Archive) -> set[int]:
    """How many passages each index of an archive holds: one number where all is well."""
    assert archive.index
    meaning = archive.served or archive.index.meaning
    return {meaning.count(), archive.index.words.count()}


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared of evaluation data is not here")
    return SHARED
