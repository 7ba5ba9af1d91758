"""What a question's passages and answer are worth: each mark is a number from 0 to 1."""

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer
from assistant.evaluation.questions import Question
from assistant.evidence import Evidence

Marks = dict[str, float]  # a measure that does not apply to a question is absent

DEPTHS = (1, 5, 10)
MEASURES = (
    *(f"{unit}.recall@{depth}" for unit in ("passage", "article") for depth in DEPTHS),
    "passage.reciprocal_rank",
    "article.reciprocal_rank",
    "answer.quoted",  # a quote holds the gold string
    "answer.marked",  # the words marked in a quote hold it
    "answer.marked_exactly",  # and nothing else
    "refusals.kept",  # of the questions that have no answer
    "refusals.wrong",  # of those that have one
)

_ARTICLES = re.compile(r"\b(?:[ldLD]['’]|(?:the|an?|les?|la|une?|des|du)\s)")


def mark(question: Question, evidence: Sequence[Evidence], answer: Answer) -> Marks:
    """Every measure that applies to a question."""
    if not question.answerable:
        return {"refusals.kept": float(answer.status != "answered")}
    marks = {"refusals.wrong": float(answer.status != "answered")}
    marks |= _rank_marks("article", _article_rank(question, evidence))
    if question.evidence:
        marks |= _rank_marks("passage", passage_rank(question, evidence))
    if question.answer:
        marks |= _quote_marks(question.answer, answer)
    if question.answer and any(one.reading and one.reading.words for one in evidence):
        marks |= _word_marks(question.answer, answer)
    return marks


def passage_rank(question: Question, evidence: Sequence[Evidence]) -> int | None:
    """Rank of the first passage that holds a sentence of the question's evidence."""
    wanted = [fold_space(sentence) for sentence in question.evidence]
    texts = (fold_space(one.text) for one in evidence)
    return _first(any(sentence in text for sentence in wanted) for text in texts)


def fold_space(text: str) -> str:
    """Every stretch of white space as one space, no-break spaces too."""
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Words alone, in lower case, without articles and punctuation."""
    words = _ARTICLES.sub(" ", fold_space(text).lower() + " ")
    return fold_space(re.sub(r"[^\w%€$£]+", " ", words))


def _rank_marks(unit: str, rank: int | None) -> Marks:
    marks = {
        f"{unit}.recall@{depth}": float(rank is not None and rank <= depth) for depth in DEPTHS
    }
    return marks | {f"{unit}.reciprocal_rank": 1 / rank if rank else 0.0}


def _article_rank(question: Question, evidence: Sequence[Evidence]) -> int | None:
    """Rank among articles, each where its best passage stands."""
    articles = dict.fromkeys(one.article.id for one in evidence)
    return _first(article == question.article for article in articles)


def _first(found: Iterable[bool]) -> int | None:
    return next((rank for rank, hit in enumerate(found, start=1) if hit), None)


def _quote_marks(gold: str, answer: Answer) -> Marks:
    wanted = fold_space(gold)
    return {
        "answer.quoted": float(any(wanted in fold_space(one.quote) for one in answer.citations))
    }


def _word_marks(gold: str, answer: Answer) -> Marks:
    """What the marked words are worth, where a reader marks words: nothing where it marked none."""
    wanted = normalise(gold)
    spans = [(one.article.text, one.answer) for one in answer.citations if one.answer]
    words = [normalise(text[start:end]) for text, (start, end) in spans]
    return {
        "answer.marked": float(any(wanted in each for each in words)),
        "answer.marked_exactly": float(wanted in words),
    }
