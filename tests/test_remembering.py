"""An encoder that remembers gives the same vectors, and asks its model once a text."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from ingest.encoder import Encoder
from tests.conftest import WordCount, word_count_encoder


@dataclass(frozen=True)
class Noting(WordCount):
    """Counts words when it may, and keeps what it was asked to encode, a list a call."""

    asked: list[list[str]] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    may: Event = field(default_factory=Event)

    def encode_document(self, inputs: list[str], **options: Any) -> Any:
        self.asked.append(inputs)
        self.begun.set()
        self.may.wait(60)
        return super().encode_document(inputs, **options)


def test_a_passage_is_encoded_once_and_alike() -> None:
    model = Noting()
    model.may.set()
    encoder = Encoder("noting", "", 512, "", model).remembering()
    for texts in (["a port", "a strike", "a port"], ["a strike", "a dam"], []):
        plain = word_count_encoder().encode_passages(texts)
        assert (encoder.encode_passages(texts) == plain).all()
    assert model.asked == [["a port", "a strike"], ["a dam"]]


def test_a_question_is_encoded_as_a_question() -> None:
    encoder = word_count_encoder()
    texts = ["who asks?", "who else?"]
    asked = encoder.remembering().encode_questions(texts)
    assert (asked == encoder.encode_questions(texts)).all()


def test_what_waits_for_the_model_is_encoded_together() -> None:
    model = Noting()
    encoder = Encoder("noting", "", 512, "", model).remembering()
    texts = [f"ship {number}" for number in range(9)]
    with ThreadPoolExecutor(1 + len(texts)) as threads:
        first = threads.submit(encoder.encode_passages, ["a port"])
        assert model.begun.wait(60)
        waiting = [threads.submit(encoder.encode_passages, [text]) for text in texts]
        while sum(each.running() for each in waiting) < len(texts):
            pass
        model.may.set()
        assert (first.result() == word_count_encoder().encode_passages(["a port"])).all()
        for text, each in zip(texts, waiting, strict=True):
            assert (each.result() == word_count_encoder().encode_passages([text])).all()
    assert sorted(text for call in model.asked[1:] for text in call) == texts
    assert len(model.asked) < len(texts)


def test_what_an_ingest_encodes_is_not_kept() -> None:
    model = Noting()
    model.may.set()
    encoder = Encoder("noting", "", 512, "", model).remembering()
    texts = [f"ship {number}" for number in range(100)]
    for _ in range(2):
        encoder.encode_passages(texts)
    assert model.asked == [texts, texts]
