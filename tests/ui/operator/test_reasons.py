"""Every reason of ours why something was left out has French words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.operator.reasons import say_reason

INGEST = Path(__file__).parents[3] / "ingest"


def reasons() -> Iterator[str]:
    """What the program's text gives as the reason of a rejection, its blanks filled."""
    for file in sorted(INGEST.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rejection"
            if named and isinstance(node, ast.Call) and len(node.args) == 2:
                yield from said_by(node.args[1])


def said_by(reason: ast.expr) -> Iterator[str]:
    if isinstance(reason, ast.Constant):
        yield str(reason.value)
    if isinstance(reason, ast.JoinedStr):
        pieces = [each.value if isinstance(each, ast.Constant) else "7" for each in reason.values]
        yield "".join(map(str, pieces))


@pytest.mark.parametrize("reason", sorted(set(reasons()) - {"is 7"}))
def test_a_reason_is_told_in_french(reason: str) -> None:
    said, spoken = say_reason(reason, "fr")
    assert (spoken, said != reason) == ("fr", True)
    assert say_reason(reason, "en") == (reason, "en")


def test_what_has_no_french_words_stays_english_and_says_so() -> None:
    assert say_reason("the moon is full", "fr") == ("the moon is full", "en")
    assert say_reason("is not JSON: Expecting value", "fr") == (
        "n’est pas du JSON : Expecting value",
        "fr",
    )
