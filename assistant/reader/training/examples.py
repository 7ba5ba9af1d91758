"""What the reader is taught: a question, a passage, and the answer's words if they are there."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.reader.training.alterations import Exchange
from assistant.reader.training.paragraphs import Asked, Paragraph
from ingest.sentences import Span

WINDOW = 3  # sentences of a passage
TITLED = 0.8  # share of the passages that are read with their title


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; `answer` are characters of the passage, None without any."""

    question: str
    title: str
    passage: str
    answer: Span | None

    @property
    def length(self) -> int:
        """Characters to read, about."""
        return len(self.question) + len(self.title) + len(self.passage)


def answered(paragraph: Paragraph, asked: Asked, chance: random.Random) -> Example | None:
    """A window of a paragraph around the answer; None where the words are cut apart."""
    place = paragraph.place(asked.answer) if asked.answer else None
    if place is None or not asked.answer:
        return None
    passage = window(paragraph, place - chance.randrange(WINDOW))
    found = find_words(passage, asked.answer)
    return Example(asked.question, titled(paragraph.title, chance), passage, found)


def unanswered(
    paragraph: Paragraph, question: str, answer: str | None, chance: random.Random
) -> Example | None:
    """A window of a paragraph that holds no answer to a question."""
    starts = [
        start
        for start in range(max(1, len(paragraph.sentences) - WINDOW + 1))
        if not answer or answer not in " ".join(paragraph.sentences[start : start + WINDOW])
    ]
    if not starts:
        return None
    passage = window(paragraph, chance.choice(starts))
    return (
        None
        if answer and answer in passage
        else Example(question, titled(paragraph.title, chance), passage, None)
    )


def bereft(paragraph: Paragraph, asked: Asked, chance: random.Random) -> Example | None:
    """What stands around the answer without any sentence that holds it."""
    place = paragraph.place(asked.answer) if asked.answer else None
    if place is None or not asked.answer:
        return None
    around = paragraph.sentences[max(0, place - WINDOW + 1) : place + WINDOW]
    left = [sentence for sentence in around if asked.answer not in sentence]
    start = chance.randrange(max(1, len(left) - WINDOW + 1))
    passage = " ".join(left[start : start + WINDOW])
    return Example(asked.question, titled(paragraph.title, chance), passage, None) if left else None


def altered(example: Example, exchange: Exchange, chance: random.Random) -> Example | None:
    """An example whose question asks of another name, figure, word or role: nothing answers it."""
    question = exchange.alter(example.question, example.passage, chance)
    return Example(question, example.title, example.passage, None) if question else None


def told_of_another(example: Example, exchange: Exchange, chance: random.Random) -> Example | None:
    """An example whose passage says the same of another: the question is not answered."""
    passage = exchange.alter_passage(example.passage, example.question, example.title, chance)
    return Example(example.question, example.title, passage, None) if passage else None


def blurred(example: Example, exchange: Exchange, chance: random.Random) -> Example:
    """An answered example, a word beside what is asked exchanged: no sign that nothing answers."""
    if example.answer is None:
        return example
    found = exchange.blur(example.passage, example.question, example.answer, chance)
    return Example(example.question, example.title, *found) if found else example


def find_words(passage: str, words: str) -> Span | None:
    """Where a passage first has some words."""
    start = passage.find(words)
    return (start, start + len(words)) if start >= 0 else None


def window(paragraph: Paragraph, start: int) -> str:
    """Two or three sentences from one on, as far as the paragraph has them."""
    first = max(0, min(start, len(paragraph.sentences) - WINDOW))
    return " ".join(paragraph.sentences[first : first + WINDOW])


def titled(title: str, chance: random.Random) -> str:
    """A title, most of the time."""
    return title if chance.random() < TITLED else ""


def by_article(paragraphs: Iterable[Paragraph]) -> dict[str, list[Paragraph]]:
    """Paragraphs by the title of their article."""
    articles: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        articles[paragraph.title].append(paragraph)
    return articles


def exchange_for(paragraphs: Sequence[Paragraph]) -> Exchange:
    """The names and figures of an article, to be exchanged for one another."""
    return Exchange.of(" ".join(part for one in paragraphs for part in one.sentences))
