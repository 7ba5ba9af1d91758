"""What the check of a written sentence catches, and how little that is true it takes out."""

from collections import Counter

from assistant.checks import Checker, check_sentence
from tests.conftest import word_count_encoder
from tests.quality.altered import COUNTS, all_altered
from tests.quality.faithful import COUNT, all_by_rule

CAUGHT = {"figure": 0.95, "date": 0.95, "name": 0.95}  # others are printed
TAKEN_OUT = 0.03


def test_altered_figures_dates_and_names_are_caught() -> None:
    checker = Checker(word_count_encoder())  # meaning decides nothing within one language
    altered = list(all_altered())
    missed = [
        each
        for each in altered
        if not check_sentence(
            each.text,
            "fr" if each.evidence.article.language == "fr" else "en",
            [each.evidence],
            checker,
        ).faults
    ]
    missing = Counter(each.kind for each in missed)
    for kind, count in COUNTS.items():
        print(f"\n{kind}: {count - missing[kind]} of {count} caught", end="")
    assert len(altered) == 300
    assert {kind: 1 - missing[kind] / COUNTS[kind] >= floor for kind, floor in CAUGHT.items()} == (
        dict.fromkeys(CAUGHT, True)
    ), missed


def test_sentences_put_in_another_form_by_rules_stay() -> None:
    faithful = all_by_rule()
    checker = Checker(word_count_encoder())
    taken_out = [
        each.text
        for each in faithful
        if check_sentence(each.text, each.language, each.rests_on, checker).faults
    ]
    print(f"\n{len(taken_out)} of {len(faithful)} taken out: {taken_out}")
    assert len(faithful) == COUNT
    assert len(taken_out) <= TAKEN_OUT * COUNT, taken_out
