"""The reader is taught by questions made unanswerable, near misses, and articles kept apart."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from transformers import BertConfig

from assistant.reader.network import ReaderNetwork, load_network, write_network
from assistant.reader.training.alterations import Exchange
from assistant.reader.training.examples import (
    Example,
    altered,
    answered,
    bereft,
    blurred,
    exchange_for,
    told_of_another,
    unanswered,
)
from assistant.reader.training.mean import write_mean
from assistant.reader.training.measure import token_f1
from assistant.reader.training.negatives import elsewhere, make_shelf
from assistant.reader.training.paragraphs import Asked, Paragraph, halve
from tests.conftest import word_count_encoder

STRIKE = Paragraph(
    "Harbour strike",
    "en",
    (
        "The strike at Rotterdam began in 1984.",
        "Union leader Anna Visser spoke to 3,200 dockers.",
        "The mayor of Antwerp sent a letter in 1986.",
        "Police counted 4,100 people.",
    ),
    (
        Asked("How many dockers did Anna Visser speak to?", ("3,200", "3,200 dockers")),
        Asked("When did the strike at Rotterdam begin?", ("1984",)),
    ),
)

seeds = st.integers(0, 10_000)


@given(seed=seeds)
def test_an_answered_example_marks_the_answers_words(seed: int) -> None:
    example = answered(STRIKE, STRIKE.asked[0], random.Random(seed))
    assert example
    assert example.answer
    assert example.passage[slice(*example.answer)] == "3,200"


@given(seed=seeds)
def test_an_unanswered_example_lacks_the_answer(seed: int) -> None:
    example = unanswered(STRIKE, STRIKE.asked[1].question, "1984", random.Random(seed))
    assert example is None or "1984" not in example.passage


@given(seed=seeds)
def test_an_altered_question_asks_for_what_the_passage_does_not_name(seed: int) -> None:
    passage = STRIKE.sentences[0]
    example = Example("When did the strike at Rotterdam begin?", "", passage, (34, 38))
    other = altered(example, exchange_for([STRIKE]), random.Random(seed))
    assert other
    assert other.answer is None
    assert other.question != example.question
    new = set(other.question.rstrip("?").split()) - set(example.question.rstrip("?").split())
    assert not any(word in passage for word in new)


@given(seed=seeds)
def test_what_stands_around_an_answer_does_not_hold_it(seed: int) -> None:
    example = bereft(STRIKE, STRIKE.asked[0], random.Random(seed))
    assert example
    assert example.answer is None
    assert "3,200" not in example.passage
    assert example.passage


@given(seed=seeds)
def test_a_passage_that_tells_of_another_no_longer_names_what_is_asked_for(seed: int) -> None:
    example = answered(STRIKE, STRIKE.asked[0], random.Random(seed))
    assert example
    other = told_of_another(example, exchange_for([STRIKE]), random.Random(seed))
    assert other is None or (other.answer is None and other.passage != example.passage)
    if other:
        shared = set(example.question.rstrip("?").split()) & set(example.passage.split())
        assert not shared <= set(other.passage.split())


@given(seed=seeds)
def test_a_word_that_nobody_asked_for_is_exchanged_and_the_answer_stays(seed: int) -> None:
    example = answered(STRIKE, STRIKE.asked[0], random.Random(seed))
    assert example
    other = blurred(example, exchange_for([STRIKE]), random.Random(seed))
    assert other.answer
    assert other.passage[slice(*other.answer)] == "3,200"
    assert "Visser" in other.passage


def test_a_question_without_names_figures_or_roles_stays_as_it_is() -> None:
    exchange = Exchange.of("Anna Visser spoke.")
    assert exchange.alter("why was that?", "Nobody knows.", random.Random(1)) is None


@given(titles=st.lists(st.text("abc", min_size=1, max_size=3), min_size=2, max_size=12))
def test_the_halves_share_no_article(titles: list[str]) -> None:
    paragraphs = [Paragraph(title, "en", ("One.",), ()) for title in titles]
    taught, kept = halve(paragraphs)
    assert not {one.title for one in taught} & {one.title for one in kept}
    assert len(taught) + len(kept) == len(paragraphs)


def test_answers_are_compared_by_the_words_they_share() -> None:
    assert token_f1("the red harbour", "red harbour") == 1
    assert token_f1("red harbour crane", "blue crane") == 0.4
    assert token_f1("nothing", "red crane") == 0


@given(seed=seeds)
def test_a_question_asked_elsewhere_meets_another_article_without_its_answer(seed: int) -> None:
    told = [
        Paragraph(f"Port {n}", "en", (f"In port {n} dockers struck in {1950 + n}.",), ())
        for n in range(20)
    ]
    untold = Paragraph("Port 0", "en", ("When did dockers strike?",), ())
    asked = [
        Example("When did dockers strike?", one.title, one.sentences[0], (-5, -1))
        for one in told[:3]
    ]
    encoder = word_count_encoder()
    shelf = make_shelf([*told, untold], encoder)
    far = list(elsewhere(asked, shelf, encoder, random.Random(seed)))
    assert [one.answer for one in far] == [None] * 3
    assert far[0].passage != untold.sentences[0]
    for example, own in zip(far, asked, strict=True):
        assert own.passage[-5:-1] not in example.passage


def test_the_mean_of_two_readers_lies_between_their_weights(tmp_path: Path) -> None:
    config = BertConfig(
        vocab_size=30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=16,
    )  # fmt: skip
    for name, value in (("first", 1.0), ("second", 2.0)):
        network = ReaderNetwork(config)
        for part in network.parameters():
            part.data.fill_(value)
        (tmp_path / name).mkdir()
        write_network(network, tmp_path / name)
    write_mean(tmp_path / "first", tmp_path / "second", tmp_path / "mean", 0.75)
    parts = list(load_network(tmp_path / "mean").parameters())
    assert parts
    assert all((part == 1.25).all() for part in parts)
