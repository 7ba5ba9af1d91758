"""What a question asks for must be told near it, and where the reader's words stand counts."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.certainty import be_certain, how_untold
from assistant.evidence import Evidence
from assistant.expected import Expected, expected, holds
from assistant.query import make_query
from assistant.quotes import Quote, weigh_sentences
from assistant.reader import Reading
from ingest.articles import Article
from ingest.passages import Passage
from tests.assistant.newsroom import TODAY, opened_newsroom
from tests.conftest import word_count_encoder

WHO = make_query("Who walked out?", today=TODAY)
STRIKE = Article(
    "strike", "Dockers walked out. It cost £4m. Rain fell.", "The strike", language="en"
)
LIKENESS = {"Dockers walked out.": 0.6, "It cost £4m.": 0.4, "Rain fell.": 0.1}


def sentences(*left_out: str) -> list[Quote]:
    """The sentences of the article, weighed by hand."""
    places = {text: STRIKE.text.index(text) for text in LIKENESS if text not in left_out}
    return [
        Quote(STRIKE, start, start + len(text), 1.0, LIKENESS[text])
        for text, start in places.items()
    ]


def reading(words: str | None) -> Evidence:
    """The article as evidence, its answering words marked by hand."""
    start = STRIKE.text.index(words) if words else 0
    read = Reading(5.0, 4.0, (start, start + len(words)) if words else None)
    return Evidence(1, STRIKE, Passage(0, len(STRIKE.text)), 1.0, 0.6, reading=read)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much would rebranding the assembly cost?", "money"),
        ("What price is the house asking for its hat?", "money"),
        ("Combien coûterait le changement de nom ?", "money"),
        ("À quel prix Valentin vend-il ce chapeau ?", "money"),
        ("Quel prix de littérature a-t-elle reçu ?", None),
        ("Combien de pesos par mois versera-t-il ?", "money"),
        ("How many jobs will the store create?", "figure"),
        ("How much of Arizona is dry?", "figure"),
        ("How old are the suspects?", "figure"),
        ("Combien de foyers ont été privés d’électricité ?", "figure"),
        ("Quel âge ont les suspects ?", "figure"),
        ("When is the suspect due in court?", "date"),
        ("In which year did the physicist die?", "date"),
        ("Quand le suspect comparaîtra-t-il ?", "date"),
        ("Depuis quand est-ce légal ?", "date"),
        ("When the strike ended, which crews came back?", None),
        ("Who directed the film?", None),
        ("Pourquoi le ministre est-il parti ?", None),
    ],
)
def test_a_question_says_what_it_wants_to_hear(question: str, kind: Expected | None) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("kind", "told", "other"),
    [
        ("money", "It cost £4m.", "It took 4 months."),
        ("money", "Il a coûté 4,5 millions d’euros.", "Il a réuni 4,5 millions de visiteurs."),
        ("money", "Three million dollars went there.", "Three million people went there."),
        ("figure", "Eleven stores opened.", "Stores opened."),
        ("figure", "Près d’une dizaine de foyers.", "Des foyers sans courant."),
        ("date", "It was legal from 1997 on.", "It was legal."),
        ("date", "Il comparaîtra lundi.", "Il comparaîtra."),
    ],
)
def test_a_text_tells_a_kind_of_thing_or_not(kind: Expected, told: str, other: str) -> None:
    assert holds(kind, told)
    assert not holds(kind, other)


def test_what_is_asked_for_is_as_far_as_the_likest_sentence_that_tells_it() -> None:
    asked = make_query("How much did the strike cost?", today=TODAY)
    assert how_untold(asked, sentences()) == pytest.approx(0.1)  # half of what it follows on
    assert how_untold(asked, sentences("Dockers walked out.")) == 0
    assert how_untold(asked, sentences("It cost £4m.")) == 0.3
    assert how_untold(asked, []) == 0
    assert how_untold(WHO, sentences()) == 0


def test_a_foreign_sentence_is_forgiven_what_crossing_costs() -> None:
    asked = make_query("How much did the strike cost?", today=TODAY)
    french = replace(STRIKE, id="grève", language="fr")
    told = [replace(one, article=french) for one in sentences() if "£" in one.text]
    others = [one for one in sentences() if "£" not in one.text]
    assert how_untold(asked, others) == 0.3
    assert how_untold(asked, [*others, *told]) == pytest.approx(0.6 - 0.4 - 0.13)


def test_words_in_the_likest_sentence_are_surer_than_the_same_words_astray() -> None:
    near = be_certain(WHO, [reading("Dockers")], sentences())
    far = be_certain(WHO, [reading("Rain")], sentences())
    assert near
    assert far
    assert (near.astray, far.astray) == pytest.approx((0, 0.3))
    assert near.is_enough
    assert not far.is_enough


def test_without_words_or_sentences_the_readers_word_stands() -> None:
    for certain in (
        be_certain(WHO, [reading(None)], sentences()),
        be_certain(WHO, [reading("Rain")], []),
        be_certain(WHO, [reading("Rain")], sentences("Rain fell.")),  # read before
    ):
        assert certain
        assert certain.score == 5


def test_what_nobody_has_read_is_not_judged_by_a_reader() -> None:
    unread = Evidence(1, STRIKE, Passage(0, len(STRIKE.text)), 1.0, 0.6)
    assert be_certain(WHO, [unread], sentences()) is None


def test_what_is_judged_is_compared_however_far_behind_and_nothing_else_that_far() -> None:
    articles = [replace(STRIKE, id=name) for name in ("first", "second", "third")]
    evidence = [
        Evidence(number, article, Passage(0, len(STRIKE.text)), 1.0 - 0.3 * number, 0.6)
        for number, article in enumerate(articles)
    ]
    weighed = weigh_sentences(WHO, evidence, word_count_encoder())
    assert Counter(one.article.id for one in weighed) == {"first": 3, "second": 3}


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        (
            "How much did the harbour workers cost when they walked out?",
            "No sum of money stands near what you ask about. The archive does not seem",
        ),
        (
            "Combien coûtent les facteurs que la commission militaire pèse ?",
            "Aucune somme d’argent ne figure près de ce que vous demandez. L’archive ne semble",
        ),
    ],
)
def test_a_sum_that_no_source_tells_is_said_to_be_missing(
    tmp_path: Path, question: str, opening: str
) -> None:
    answer = ask(tmp_path, question)
    assert answer.status == "closest"
    assert answer.text.startswith(opening)
    assert len(answer.citations) == 1


def test_a_question_for_a_figure_that_is_told_is_answered(tmp_path: Path) -> None:
    assert ask(tmp_path, "How many crews do they ask for?").status == "answered"


def ask(folder: Path, question: str) -> Answer:
    with opened_newsroom(folder) as archive:
        return list(Assistant(archive).ask(question, today=TODAY))[-1]
