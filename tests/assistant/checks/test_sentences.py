from dataclasses import replace

import pytest

from assistant.checks import Checked, Checker, check_sentence
from assistant.checks.entailment import Verdict
from assistant.evidence import Evidence
from assistant.query import Language
from ingest.articles import Article
from ingest.dates import NewsDate
from ingest.passages import Passage
from tests.conftest import word_count_encoder

TEXT = (
    "The mayor, Ada Brandt, said on Tuesday that 38 boats were missing. Nobody was hurt. "
    "The harbour of Quill will open on March 4, according to The Tide."
)
FRENCH = (
    "Le Premier ministre, Mohamed Chia al-Soudani, a reçu l’ONU à Londres. "
    "Les États-Unis refusent de partir."
)


def evidence(text: str, language: str = "en") -> Evidence:
    article = Article(
        "boats", text, "Boats adrift", language=language, published=NewsDate("2024-02-29"),
        outlet="The Quay", byline="Jo Marsh",
    )  # fmt: skip
    return Evidence(1, article, Passage(0, len(text)), 1.0, 1.0)


def check(
    text: str, language: Language = "en", source: Evidence | None = None, **options: object
) -> Checked:
    checker = replace(Checker(word_count_encoder()), **options)  # type: ignore[arg-type]
    return check_sentence(text, language, [source or evidence(TEXT)], checker)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that thirty-eight boats were missing.",
        "Ms Brandt said on February 27 that 38 boats were missing.",
        "Nobody was hurt, Ada Brandt said, though 38 boats were missing.",
        "The harbour will open on 4 March, according to The Tide.",
        "The Quay says that the harbour of Quill will open on March 4.",
    ],
)
def test_a_sentence_whose_facts_stand_in_its_source_stays(text: str) -> None:
    assert check(text).faults == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The mayor, Ada Brandt, said that 83 boats were missing.", "figure"),
        ("The harbour of Quill will open on March 5.", "date"),
        ("The mayor, Cora Brandt, said that 38 boats were missing.", "name"),
        ("The harbour of Quill will not open on March 4.", "negation"),
        ("According to The Herald, the harbour of Quill will open on March 4.", "outlet"),
        ("Bananas ripen.", "apart"),
    ],
)
def test_a_sentence_with_a_fact_of_its_own_goes(text: str, fault: str) -> None:
    assert fault in check(text).faults


def test_names_are_known_across_languages() -> None:
    text = "Prime Minister Mohammed Shia al-Sudani received the UN in London ; M. al-Soudani a reçu"
    assert "name" not in check(text, "en", evidence(FRENCH, "fr")).faults


def test_a_refusal_bears_out_a_denial() -> None:
    text = "The United States do not want to leave, les refusent de partir."
    assert check(text, "en", evidence(FRENCH, "fr")).faults == ()


def test_only_then_bears_out_not_until_then() -> None:
    french = evidence("Le port n’ouvrira que le 4 mars.", "fr")
    assert "negation" not in check("The port will not open until March 4.", "en", french).faults


def test_a_claim_that_lost_its_speaker_is_weak() -> None:
    assert check("On Tuesday 38 boats were missing.").weak
    assert not check("The mayor said on Tuesday that 38 boats were missing.").weak


def test_a_support_is_as_short_as_holds_the_facts() -> None:
    checked = check("Nobody was hurt.")
    assert [support.text for support in checked.supports] == ["Nobody was hurt."]
    both = check("The mayor said that 38 boats were missing and nobody was hurt on Tuesday.")
    assert [support.text for support in both.supports] == [TEXT.partition(" The harbour")[0]]


@pytest.mark.parametrize(
    ("verdict", "faults", "weak"),
    [
        ("entailment", (), False),
        ("neutral", (), True),
        ("contradiction", ("contradiction",), False),
    ],
)
def test_entailment_decides_where_it_is_asked(
    verdict: Verdict, faults: tuple[str, ...], weak: bool
) -> None:
    checked = check("Nobody was hurt.", entailment=lambda premise, hypothesis: verdict)
    assert (checked.faults, checked.weak) == (faults, weak)
