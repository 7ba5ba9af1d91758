"""The buttons by which a reader says whether an answer was right."""

from assistant.query import Language
from ui.markup import attributes, escape
from ui.words import word

_REASONS = ("wrong", "unsupported", "outdated", "missing")


def render_judging(turn: int, language: Language) -> str:
    """Yes, or no with a reason."""
    question = escape(word("right_question", language))
    reasons = "".join(_verdict(each, f"reason_{each}", turn, language) for each in _REASONS)
    return (
        f"<div{attributes(class_='judging', data_thanks=word('thanks', language))}>"
        f"<span>{question}</span>{_verdict('right', 'yes', turn, language)}"
        f"<details><summary>{escape(word('no', language))}</summary><div>{reasons}</div></details>"
        "</div>"
    )


def _verdict(verdict: str, said: str, turn: int, language: Language) -> str:
    effect = attributes(type="button", data_verdict=verdict, data_turn=str(turn))
    return f"<button{effect}>{escape(word(said, language))}</button>"
