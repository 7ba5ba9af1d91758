"""A reader judges passages, marks the answering words literally, and can be any cross-encoder."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.reader import Page, ReaderUnavailableError, open_reader
from assistant.reader.box import best_words, whole_words

COUNCIL = Page(
    "Harbour talks",
    "The harbour council met on Tuesday. It hired 214 dockers after the strike. Rain fell all day.",
)
BAKERY = Page("Bread", "A bakery in the old town sells bread made of spelt. It opens at six.")

logits = arrays(np.float32, 30, elements=st.floats(-50, 50, width=32))


@given(starts=logits, ends=logits)
def test_the_best_words_open_before_they_close_and_beat_all_others(
    starts: np.ndarray, ends: np.ndarray
) -> None:
    first, last, score = best_words(starts, ends)
    assert 0 <= first <= last < first + 24
    others = [starts[a] + ends[b] for a in range(30) for b in range(a, min(30, a + 24))]
    assert score == max(others)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("un spectacle |éclat|ant", "éclatant"),
        ("à l’Ély|sée| même", "Élysée"),
        ("a| flash |restaurant", "flash"),
        ("active since| 1994.|", "1994"),
        ("in |March 2009,| it ended", "March 2009"),
        ("at |7 p.m.| sharp", "7 p.m."),
        ("l’|Élysée|", "Élysée"),
    ],
)
def test_no_word_is_cut_and_no_stop_belongs_to_a_year(cut: str, whole: str) -> None:
    before, words, after = cut.split("|")
    text = before + words + after
    span = whole_words(text, len(before), len(before) + len(words))
    assert span
    assert text[slice(*span)] == whole


def test_space_is_no_word() -> None:
    assert whole_words("a  b", 1, 3) is None


def test_the_reader_in_the_box_prefers_the_passage_that_answers_and_marks_the_words() -> None:
    reader = open_reader("", "balanced")
    assert reader is not None
    right, wrong = reader.read("How many dockers were hired?", [COUNCIL, BAKERY])
    assert right.logit > wrong.logit
    assert right.words
    assert "214" in COUNCIL.text[slice(*right.words)]


def test_a_french_passage_answers_an_english_question() -> None:
    reader = open_reader("", "balanced")
    assert reader is not None
    page = Page("Grève au port", "Le conseil du port s’est réuni mardi. Il a embauché 214 dockers.")
    (reading,) = reader.read("How many dockers were hired?", [page])
    assert reading.words
    assert "214" in page.text[slice(*reading.words)]


def test_readings_come_in_the_order_of_the_pages() -> None:
    reader = open_reader("", "balanced")
    assert reader is not None
    pages = [COUNCIL, BAKERY] * 6
    together = reader.read("When does the bakery open?", pages)
    alone = [reader.read("When does the bakery open?", [page])[0] for page in pages]
    assert [one.words for one in together] == [one.words for one in alone]


def test_a_question_longer_than_what_is_read_at_once_is_read_as_far_as_there_is_room() -> None:
    reader = open_reader("", "balanced")
    assert reader is not None
    question = "How many dockers were hired?"
    alone, long = (reader.read(asked, [COUNCIL])[0] for asked in (question, question * 150))
    assert len(question * 150) > 4000
    assert alone.words
    assert long.words


def test_an_empty_passage_and_none_at_all_are_read_without_complaint() -> None:
    reader = open_reader("", "balanced")
    assert reader is not None
    assert reader.read("Who?", []) == []
    (reading,) = reader.read("Who?", [Page("", "")])
    assert reading.words is None


def test_none_switches_the_reader_off() -> None:
    assert open_reader("none", "balanced") is None


def test_any_cross_encoder_can_take_its_place(cross_encoder: Path) -> None:
    reader = open_reader(str(cross_encoder), "balanced")
    assert reader is not None
    readings = reader.read("Which council met?", [COUNCIL, BAKERY])
    assert [reading.words for reading in readings] == [None, None]
    assert readings[0].logit != readings[1].logit


def test_a_reader_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ReaderUnavailableError, match=str(tmp_path)):
        open_reader(str(tmp_path), "balanced")


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two thin layers with weights by chance, as any hub model lies on disk."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from ingest.encoder import BOX

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(BOX)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64,
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
