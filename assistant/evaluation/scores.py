"""From the marks of single questions to rates, with how sure they are."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.assistant import Assistant
from assistant.evaluation.questions import Question
from assistant.evaluation.run import MISSING, Detail, run_questions

_RESAMPLES = 2000
_SURE = (2.5, 97.5)  # percentiles of the means of the resamples


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean over some questions, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class GroupScores:
    """What a group of questions got; a measure that applies to none of them is absent."""

    questions: int
    rates: Mapping[str, Rate]
    median: float  # milliseconds from question to whole answer
    p95: float
    separation: float | None  # area under the curve: answerable told from unanswerable


@dataclass(frozen=True, slots=True)
class Scores:
    """What all questions got, and each group of them."""

    total: GroupScores
    languages: Mapping[str, GroupScores]  # by the question's
    pairs: Mapping[str, GroupScores]  # "en-fr": asked in English, answered by a French article
    missing: tuple[str, ...]  # questions whose article the archive does not hold


def evaluate(questions: Sequence[Question], assistant: Assistant, *, today: date) -> Scores:
    """Ask every question and score what it got."""
    return score(list(run_questions(questions, assistant, today=today)))


def score(details: Sequence[Detail]) -> Scores:
    """Score at least one question, also split by the languages of question and article."""
    return Scores(
        total=_score_group(details),
        languages=_split(details, lambda one: one.question.language),
        pairs=_split(details, lambda one: f"{one.question.language}-{one.article_language}"),
        missing=tuple(one.question.id for one in details if one.article_language == MISSING),
    )


def rate(marks: Sequence[float]) -> Rate:
    """The mean of at least one mark; the same marks have the same interval every time."""
    values = np.asarray(marks, np.float64)
    drawn = np.random.default_rng(len(values)).choice(values, (_RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), _SURE)
    return Rate(float(values.mean()), float(low), float(high), len(values))


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """How often a positive is above a negative, a tie counting half; None without both."""
    if not positive or not negative:
        return None
    gaps = np.subtract.outer(np.asarray(positive), np.asarray(negative))
    return float(((gaps > 0) + (gaps == 0) / 2).mean())


def _split(details: Sequence[Detail], name: Callable[[Detail], str]) -> dict[str, GroupScores]:
    groups: dict[str, list[Detail]] = defaultdict(list)
    for detail in details:
        groups[name(detail)].append(detail)
    return {key: _score_group(groups[key]) for key in sorted(groups)}


def _score_group(details: Sequence[Detail]) -> GroupScores:
    marks: dict[str, list[float]] = defaultdict(list)
    for detail in details:
        for measure, value in detail.marks.items():
            marks[measure].append(value)
    median, p95 = np.percentile([one.milliseconds for one in details], (50, 95))
    rates = {measure: rate(values) for measure, values in marks.items()}
    return GroupScores(len(details), rates, float(median), float(p95), _separation(details))


def _separation(details: Sequence[Detail]) -> float | None:
    sides: dict[bool, list[float]] = {True: [], False: []}
    for one in details:
        if one.answer.certainty is not None:
            sides[one.question.answerable].append(one.answer.certainty)
    return area_under_curve(sides[True], sides[False])
