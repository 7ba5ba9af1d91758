"""What scores may not fall below, tied to the very questions they were measured with."""

import hashlib
import json
from pathlib import Path

from assistant.evaluation import GroupScores, Question, Scores, read_questions

_FLOORS = Path(__file__).with_name("floors.json")


def questions_of(file: Path) -> list[Question]:
    questions = list(read_questions(file))
    assert all(isinstance(question, Question) for question in questions), questions
    return [question for question in questions if isinstance(question, Question)]


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def pinned(file: Path) -> str:
    """The fingerprint of the questions that the floors belong to."""
    return str(json.loads(_FLOORS.read_text())[file.name]["sha256"])


def bounds(file: Path) -> dict[str, dict[str, float]]:
    """The bound of each measure of each group of questions."""
    return dict(json.loads(_FLOORS.read_text())[file.name]["bounds"])


def shortfalls(scores: Scores, file: Path) -> list[str]:
    """Every score beyond its bound, as a sentence."""
    groups = {"all": scores.total, **scores.languages, **scores.pairs}
    return [
        sentence
        for name, measures in bounds(file).items()
        for measure, bound in measures.items()
        if (sentence := _shortfall(groups[name], f"{name} {measure}", measure, bound))
    ]


def _shortfall(group: GroupScores, label: str, measure: str, bound: float) -> str:
    value = group.rates[measure].value
    if measure == "refusals.wrong":
        return f"{label} is {value:.3f}, may not exceed {bound}" if value > bound else ""
    return f"{label} is {value:.3f}, may not fall below {bound}" if value < bound else ""
