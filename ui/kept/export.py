"""A conversation to take along: as Markdown for people, as JSON for programs."""

from collections.abc import Sequence

from assistant.contract import Fields, answer_as_json
from ui.conversation import Exchange, copy_text
from ui.kept.conversations import Listed


def as_markdown(named: Listed, exchanges: Sequence[Exchange]) -> str:
    """Questions as headings, answers with their sources below them."""
    parts = [f"# {_line(named.name)}"]
    for exchange in exchanges:
        parts.append(f"## {_line(exchange.question)}")
        parts.append(copy_text(exchange.answer) if exchange.answer else exchange.problem)
    return "\n\n".join(filter(None, parts)) + "\n"


def as_json(named: Listed, exchanges: Sequence[Exchange]) -> Fields:
    """Every exchange with its answer as `depeche ask --json` prints it."""
    return {
        "id": named.id,
        "name": named.name,
        "touched": named.touched.isoformat(timespec="seconds"),
        "exchanges": [
            {
                "question": exchange.question,
                "answer": answer_as_json(exchange.answer) if exchange.answer else None,
                "problem": exchange.problem or None,
            }
            for exchange in exchanges
        ],
    }


def _line(text: str) -> str:
    return " ".join(text.split())
