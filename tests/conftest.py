"""What tests stand on: a word-count encoder for speed, and an archive in a folder of their own."""

import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import settings

from ingest.encoder import Encoder
from ingest.intake import Report, ingest_paths
from ingest.ledger import Ledger, open_ledger

os.environ.setdefault("HF_HUB_OFFLINE", "1")

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")

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


@pytest.fixture
def ingest(folder: Path) -> Ingest:
    """Ingest some paths into the archive of this test."""

    def run(*paths: Path, outlet: str = "") -> Report:
        return ingest_paths(
            paths, folder, opener=word_count_encoder, outlet=outlet, notify=lambda step: None
        )

    return run


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(str(tmp_path / "ledger.sqlite3"))


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared of evaluation data is not here")
    return SHARED
