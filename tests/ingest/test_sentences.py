from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import LONGEST, cut_passages
from ingest.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("M. Dupont est venu. Il est reparti.", ["M. Dupont est venu.", "Il est reparti."]),
        ("Mr. Smith, of Acme Inc., paid. He left.", ["Mr. Smith, of Acme Inc., paid.", "He left."]),
        ("J. K. Rowling wrote it. It sold.", ["J. K. Rowling wrote it.", "It sold."]),
        ("He is in the U.S. The talks go on.", ["He is in the U.S.", "The talks go on."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("Selon l’art. 5, c’est non. Bien.", ["Selon l’art. 5, c’est non.", "Bien."]),
        ("Is it no. The answer came.", ["Is it no.", "The answer came."]),
        ("Le taux est de 3.5 %. Il monte.", ["Le taux est de 3.5 %.", "Il monte."]),
        ("« Oui ! » dit-il. Puis rien.", ["« Oui ! » dit-il.", "Puis rien."]),
        ("« On part. On revient. » Il rit.", ["« On part. On revient. »", "Il rit."]),
        ("“I won. We won,” he said. Good.", ["“I won. We won,” he said.", "Good."]),
        ("Why? Because. Now!", ["Why?", "Because.", "Now!"]),
        ("A title\nA first sentence.", ["A title", "A first sentence."]),
        ("A line that is\nwrapped here. Next.", ["A line that is\nwrapped here.", "Next."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_sentence_ends_where_its_reader_says_it_does(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


_texts = st.text(st.sampled_from("aB é.!?«» “”’\n1M"), max_size=200)


@given(_texts)
def test_sentences_lose_no_character_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(
        text.split()
    )
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(_texts)
def test_passages_cover_every_sentence_and_none_is_too_long(text: str) -> None:
    passages = cut_passages(text)
    covered = {place for each in passages for place in range(each.start, each.end)}
    assert all(place in covered or text[place].isspace() for place in range(len(text)))
    assert all(0 < each.end - each.start <= LONGEST for each in passages)


def test_a_sentence_longer_than_a_passage_is_cut_at_white_space() -> None:
    text = " ".join(["word"] * 1000) + "."
    passages = cut_passages(text)
    assert max(each.end - each.start for each in passages) <= LONGEST
    assert text[passages[0].start : passages[0].end].endswith("word")
