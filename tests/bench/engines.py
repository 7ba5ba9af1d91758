"""The encoder in the box on other engines: onnxruntime for torch, int8 for floats."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import BOX, normalise, open_encoder

Encode = Callable[[Sequence[str]], NDArray[Any]]

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_BATCH = 32  # texts of like length


def ours() -> Encode:
    """As an ingest runs it: torch, in the numbers that are fastest here."""
    return open_encoder("").encode_passages


def plain() -> Encode:
    """The model as sentence-transformers runs it by itself: torch, float32, its own batches."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BOX), device="cpu").float().encode


def onnx() -> Encode:
    """The model on onnxruntime in float32, batches sorted by length."""
    with tempfile.TemporaryDirectory() as folder:
        return _onnx_encode(_export(Path(folder)))


def int8() -> Encode:
    """The model on onnxruntime with its weights in int8, what passes between them quantized too.

    See https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html (dynamic).
    """
    with tempfile.TemporaryDirectory() as folder:
        return _onnx_encode(_quantize(_export(Path(folder))))


def _onnx_encode(file: Path) -> Encode:
    import onnxruntime
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(BOX))
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def encode_batch(texts: Sequence[str]) -> NDArray[np.float32]:
        read = tokenizer(list(texts), padding=True, truncation=True, max_length=256)
        inputs = {name: np.asarray(read[name], np.int64) for name in _INPUTS}
        (tokens,) = session.run(None, inputs)
        mask = inputs["attention_mask"][..., None]
        mean: NDArray[np.float32] = (tokens * mask).sum(axis=1) / mask.sum(axis=1)
        return mean

    def encode(texts: Sequence[str]) -> NDArray[Any]:
        order = np.argsort([len(text) for text in texts])
        parts = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        rows = np.concatenate([encode_batch([texts[place] for place in part]) for part in parts])
        return normalise(rows[np.argsort(order)])

    return encode


def _export(folder: Path) -> Path:
    """The body of the encoder as an ONNX graph, for batches of any size and length."""
    import torch
    from transformers import AutoModel

    class Body(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(str(BOX)).float()

        def forward(self, ids: Any, mask: Any, segments: Any) -> Any:
            return self.model(ids, mask, segments).last_hidden_state

    file = folder / "encoder.onnx"
    sample = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in _INPUTS)
    sizes = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", max=512)}
    torch.onnx.export(
        Body().eval(), sample, str(file), input_names=_INPUTS, dynamic_shapes=(sizes,) * 3,
        dynamo=True, verbose=False,
    )  # fmt: skip
    return file


def _quantize(file: Path) -> Path:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    smaller = file.with_suffix(".int8.onnx")
    quantize_dynamic(file, smaller, weight_type=QuantType.QInt8)
    return smaller


def as_floats(encode: Encode) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """The same vectors as 32-bit floats."""
    return lambda texts: np.asarray(encode(list(texts)), np.float32)


ENGINES = {"ours": ours, "plainly": plain, "onnx": onnx, "int8": int8}
