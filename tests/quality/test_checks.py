"""What the check of a written sentence catches, and how little that is true it takes out."""

from collections import Counter

import numpy as np

from assistant.checks import Checker, check_sentence
from assistant.evidence import Evidence
from ingest.articles import Article
from ingest.encoder import Encoder
from ingest.passages import cut_passages
from tests.conftest import word_count_encoder
from tests.quality.altered import COUNTS, all_altered, read_articles
from tests.quality.faithful import COUNT, all_by_rule
from tests.quality.translated import TRANSLATED

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


def test_sentences_put_by_hand_in_the_other_language_stay(box: Encoder) -> None:
    articles = {article.id: article for article in read_articles()}
    checker = Checker(box.remembering())
    taken_out = [
        text
        for article, language, text in TRANSLATED
        if check_sentence(
            text, language, [nearest(text, articles[article], checker.encoder)], checker
        ).faults
    ]
    print(f"\n{len(taken_out)} of {len(TRANSLATED)} taken out: {taken_out}")
    assert len(TRANSLATED) == 300 - COUNT
    assert len(taken_out) <= TAKEN_OUT * len(TRANSLATED), taken_out


def nearest(text: str, article: Article, encoder: Encoder) -> Evidence:
    """The passage of an article that lies nearest to a sentence."""
    passages = cut_passages(article.text)
    texts = [article.text[passage.start : passage.end] for passage in passages]
    vectors = encoder.encode_passages([text, *texts]).astype(np.float32)
    best = passages[int((vectors[1:] @ vectors[0]).argmax())]
    return Evidence(1, article, best, 1.0, 1.0)


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
