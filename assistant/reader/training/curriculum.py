"""All the examples of one training: answers, near misses, both languages mixed."""

import logging
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.reader.training.alterations import Exchange
from assistant.reader.training.examples import (
    Example,
    altered,
    answered,
    bereft,
    blurred,
    by_article,
    exchange_for,
    told_of_another,
    unanswered,
)
from assistant.reader.training.glosses import gloss_examples
from assistant.reader.training.negatives import elsewhere, make_shelf, wrong_hits
from assistant.reader.training.paragraphs import Asked, Paragraph
from assistant.reader.training.plan import Plan
from assistant.reader.training.written import (
    WRITTEN,
    read_written,
    vary_written,
    windows_by_digest,
)
from ingest.encoder import Encoder
from ingest.encoder.training.glosses import unfrench_questions

log = logging.getLogger(__name__)

# Of the answered, once more:
BEREFT = 0.5  # with what stands around the answer
SAME_ARTICLE = 0.2  # with another passage of the article
WRONG_HIT = 0.45  # with one of the encoder's wrong hits
ALTERED = 0.65  # with the question altered
OF_ANOTHER = 0.4  # with the passage altered where the question names the same
BESIDE = 0.35  # of SQuAD 2.0's: with another window of the paragraph
BLURRED = 0.35  # of the answered: with the passage altered where it does not matter
CROSSED = 0.6  # of the glossed: question and passage in different languages


@dataclass(frozen=True, slots=True)
class Sources:
    """Paragraphs to learn from."""

    english: Sequence[Paragraph]  # SQuAD 1.1
    french: Sequence[Paragraph]  # PIAF
    impossible: Sequence[Paragraph]  # half of SQuAD 2.0's development set


def gather(sources: Sources, encoder: Encoder, plan: Plan, out: Path) -> list[Example]:
    """Every example, in a random order."""
    chance = random.Random(plan.seed)
    english = _ask(_some_articles(sources.english, plan.articles, chance), plan.english, chance)
    french = _ask(sources.french, plan.french, chance)
    hard = _with_near_misses(english, sources.english, encoder, chance)
    hard_french = _with_near_misses(french, sources.french, encoder, chance)
    glossed = list(_gloss(chance.sample(hard, min(plan.glossed, len(hard))), out, chance))
    written = list(_written(sources, chance))
    examples = [
        *_thin([*hard, *glossed], plan.unanswered, chance),
        *(hard_french * plan.french_rounds),
        *_cross_french(hard_french, out),
        *(list(_impossible(sources.impossible, chance)) * plan.impossible_rounds),
        *(written * plan.written_rounds),
        *_elsewhere([*hard, *hard_french, *written], plan.elsewhere, encoder, chance),
    ]
    log.info(
        "%d examples: %d English, %d French, %d glossed", len(examples), len(hard),
        len(hard_french), len(glossed),
    )  # fmt: skip
    chance.shuffle(examples)
    return examples


def _thin(examples: Sequence[Example], share: float, chance: random.Random) -> list[Example]:
    """Every answered example and a share of the others, so that near half are answered."""
    return [one for one in examples if one.answer or chance.random() < share]


def _some_articles(
    paragraphs: Sequence[Paragraph], count: int, chance: random.Random
) -> list[Paragraph]:
    """The paragraphs of some articles: each more costs the time to encode it."""
    titles = sorted({one.title for one in paragraphs})
    chosen = set(chance.sample(titles, min(count, len(titles))))
    return [one for one in paragraphs if one.title in chosen]


def _ask(
    paragraphs: Sequence[Paragraph], count: int, chance: random.Random
) -> list[tuple[Paragraph, Asked]]:
    every = [(one, asked) for one in paragraphs for asked in one.asked if asked.answer]
    return chance.sample(every, min(count, len(every)))


def _with_near_misses(
    chosen: Sequence[tuple[Paragraph, Asked]],
    paragraphs: Sequence[Paragraph],
    encoder: Encoder,
    chance: random.Random,
) -> list[Example]:
    """Answered questions, some again with passages or words that leave them unanswered."""
    articles = by_article(paragraphs)
    exchanges = {title: exchange_for(held) for title, held in articles.items()}
    touched = [one for title in {one.title for one, _ in chosen} for one in articles[title]]
    shelf = make_shelf(touched, encoder)
    hits = wrong_hits(
        [asked.question for _, asked in chosen], [asked.answer for _, asked in chosen],
        shelf, encoder,
    )  # fmt: skip
    return [
        example
        for (paragraph, asked), wrong in zip(chosen, hits, strict=True)
        for example in _vary(
            (paragraph, asked), wrong, articles[paragraph.title], exchanges[paragraph.title], chance
        )
    ]


def _vary(
    right: tuple[Paragraph, Asked],
    wrong: Sequence[tuple[str, str]],
    article: Sequence[Paragraph],
    exchange: Exchange,
    chance: random.Random,
) -> Iterator[Example]:
    """A question with the passage that answers it, and with some that do not."""
    paragraph, asked = right
    first = answered(paragraph, asked, chance)
    if first is None or first.answer is None:
        return
    yield blurred(first, exchange, chance) if chance.random() < BLURRED else first
    if wrong and chance.random() < WRONG_HIT:
        title, text = chance.choice(wrong)
        yield Example(asked.question, title if first.title else "", text, None)
    beside = chance.choice(article)
    for share, make in (
        (BEREFT, partial(bereft, paragraph, asked, chance)),
        (SAME_ARTICLE, partial(unanswered, beside, asked.question, asked.answer, chance)),
        (ALTERED, partial(altered, first, exchange, chance)),
        (OF_ANOTHER, partial(told_of_another, first, exchange, chance)),
    ):
        if chance.random() < share and (example := make()):
            yield example


def _impossible(paragraphs: Iterable[Paragraph], chance: random.Random) -> Iterator[Example]:
    """Questions written to look answerable by a paragraph, and those that it answers."""
    for paragraph in paragraphs:
        for asked in paragraph.asked:
            found = [answered(paragraph, asked, chance)] if asked.answer else []
            if not asked.answer or chance.random() < BESIDE:
                found.append(unanswered(paragraph, asked.question, asked.answer, chance))
            yield from filter(None, found)


def _written(sources: Sources, chance: random.Random) -> Iterator[Example]:
    """Questions written for this training, about what they name of the sources and about news."""
    windows = windows_by_digest([*sources.english, *sources.french])
    return vary_written(read_written(WRITTEN, windows), chance)


def _elsewhere(
    examples: Sequence[Example], count: int, encoder: Encoder, chance: random.Random
) -> Iterator[Example]:
    """Questions with near passages of another article, in either language."""
    some = chance.sample([one for one in examples if one.title], 2 * count)
    held = [Paragraph(one.title, "", (one.passage,), ()) for one in some[:count]]
    return elsewhere(some[count:], make_shelf(held, encoder), encoder, chance)


def _gloss(examples: Sequence[Example], out: Path, chance: random.Random) -> Iterator[Example]:
    """English examples in French, or with one side of them in French."""
    for plain, french in zip(examples, gloss_examples(examples, out / "glossed.json"), strict=True):
        if french is None:
            continue
        if chance.random() >= CROSSED:
            yield french
        elif chance.random() < 0.7:  # the headline case: an English question, a French passage
            yield Example(plain.question, french.title, french.passage, french.answer)
        else:
            yield Example(french.question, plain.title, plain.passage, plain.answer)


def _cross_french(examples: Sequence[Example], out: Path) -> Iterator[Example]:
    """French passages with the question in English words."""
    asked = sorted({one.question for one in examples})
    glosses: Mapping[str, str] = unfrench_questions(asked, out / "questions.en.json")
    for one in examples:
        if question := glosses.get(one.question):
            yield Example(question, one.title, one.passage, one.answer)
