"""The sentence encoder: words become a vector, near to those that mean the same."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.encoder.cores import OnEveryCore
from ingest.tracing import span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float16]  # one row a text, of length 1

BOX = Path(__file__).parent / "model"  # the encoder in the box
_BATCH = 32  # texts of near equal length in one pass
_SHAPES = "16"  # for which kernels are kept: 1,024 by default, and each costs a megabyte


# The family of E5 was trained with these and mostly published without naming them.
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class EncoderUnavailableError(Exception):
    """The encoder that the settings name cannot be opened."""


class Model(Protocol):
    """What an encoder asks of a model: SentenceTransformer's two ways to encode."""

    def encode_document(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a passage."""

    def encode_query(self, inputs: list[str], **options: Any) -> Any:
        """A tensor with a row a question."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A sentence encoder that stays open, and what tells it from any other."""

    name: str
    fingerprint: str
    dimension: int
    runs_as: str  # kind of number, and processor
    _model: Model = field(repr=False)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages, in order: an array of shape (texts, dimension)."""
        return self._encode(self._model.encode_document, texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, in order: an array of shape (texts, dimension)."""
        return self._encode(self._model.encode_query, texts)

    def remembering(self) -> "Encoder":
        """The same encoder for many threads: it keeps the vectors of the texts it encoded last."""
        from ingest.encoder.remembering import Remembering

        return replace(self, _model=Remembering(self._model))

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float16)
        vectors = encode(
            list(texts), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
        )
        rows = normalise(vectors.float().cpu().numpy())
        if not rows.any(axis=1).all() or not np.isfinite(rows).all():
            raise EncoderUnavailableError(f"the encoder {self.name!r} gives no usable vector")
        return rows


def normalise(vectors: NDArray[np.float32]) -> Vectors:
    """Vectors of length 1, in half the room: cosines lose less than a thousandth."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float16)
    return rows


@span("open encoder")
def open_encoder(name: str) -> Encoder:
    """Open an encoder by the name of a hub model or a folder; "" opens the one in the box."""
    path = name or str(BOX)
    if not name or Path(path).is_dir():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the libraries are imported
    for cache in ("LRU_CACHE_CAPACITY", "ONEDNN_PRIMITIVE_CACHE_CAPACITY"):
        os.environ.setdefault(cache, _SHAPES)
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    try:
        model = SentenceTransformer(path, device="cpu", trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise EncoderUnavailableError(
            f"cannot open the encoder {name or path!r}: {error}"
        ) from error
    if "e5" in Path(path).name.lower() and not any(model.prompts.values()):
        model.prompts = dict(_E5_PROMPTS)
    dimension = model.get_embedding_dimension() or 0
    fingerprint = _fingerprint(model, dimension)
    device, kind = fastest()
    model.to(device, getattr(torch, kind))
    shared = OnEveryCore(model) if device == "cpu" else model
    return Encoder(name or "box", fingerprint, dimension, f"{kind} on {device}", shared)


def fastest() -> tuple[str, str]:
    """Device and kind of number that encode fastest here; docs/performance.md has the measures."""
    from torch import cpu, cuda

    if cuda.is_available():
        return "cuda", "float16"
    return "cpu", "bfloat16" if cpu._is_avx512_bf16_supported() else "float32"


def _fingerprint(model: "SentenceTransformer", dimension: int) -> str:
    """The same for the same weights and prompts wherever they lie."""
    digest = hashlib.sha256(f"{dimension} {sorted(model.prompts.items())}".encode())
    for name, weights in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()
