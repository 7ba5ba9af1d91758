"""An encoder that remembers gives the same vectors, and asks its model once a passage."""

from dataclasses import dataclass, field
from typing import Any

from ingest.encoder import Encoder
from tests.conftest import WordCount, word_count_encoder


@dataclass(frozen=True)
class Noting(WordCount):
    """Counts words, and keeps what it was asked to encode."""

    asked: list[str] = field(default_factory=list)

    def encode_document(self, inputs: list[str], **options: Any) -> Any:
        self.asked.extend(inputs)
        return super().encode_document(inputs, **options)


def test_a_passage_is_encoded_once_and_alike() -> None:
    model = Noting()
    encoder = Encoder("noting", "", 512, "", model).remembering()
    for texts in (["a port", "a strike", "a port"], ["a strike", "a dam"], []):
        plain = word_count_encoder().encode_passages(texts)
        assert (encoder.encode_passages(texts) == plain).all()
    assert model.asked == ["a port", "a strike", "a dam"]
