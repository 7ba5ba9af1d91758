"""Questions put into the other language by rules, when Apertium is installed: clumsy, but many.

Debian's `apertium-eng-cat` and `apertium-fra-cat` go through Catalan. The grammar is poor, the
words are mostly right, and the target stays the English model's vector of the true English.
"""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)

TO_FRENCH = ("eng-cat", "cat-fra")
TO_ENGLISH = ("fra-cat", "cat-eng")

AUXILIARY = re.compile(r"\b(?:do|does|did) (?!not\b)")  # the rules make "a fait" of "did"
# The mistakes that open almost every question.
MENDED = (
    (re.compile(r"^Ce qui est\b"), "Quel est"),
    (re.compile(r"^Ce qui était\b"), "Quel était"),
    (re.compile(r"^Ce qu[ei]\b"), "Qu'est-ce que"),
    (re.compile(r"^Qui il\b"), "Qui"),
    (re.compile(r"^Quand ère\b"), "Quand était"),
)


def gloss_questions(questions: Sequence[str], path: Path) -> dict[str, str]:
    """English questions with their French words, kept in a file; none without the rules."""
    return keep_glosses(
        path, questions, [AUXILIARY.sub("", text, count=1) for text in questions], TO_FRENCH
    )


def unfrench_questions(questions: Sequence[str], path: Path) -> dict[str, str]:
    """French questions with their English words, kept in a file; none without the rules."""
    return keep_glosses(path, questions, questions, TO_ENGLISH)


def keep_glosses(
    path: Path, names: Sequence[str], texts: Sequence[str], steps: Sequence[str]
) -> dict[str, str]:
    """The glosses of texts by name, from a file where it was written before."""
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return kept
    if shutil.which("apertium") is None:
        log.warning("apertium is not installed: the training goes on without glossed questions")
        return {}
    glosses = dict(zip(names, (mend(line) for line in gloss(texts, steps)), strict=True))
    path.write_text(json.dumps(glosses, ensure_ascii=False), encoding="utf-8")
    return glosses


def gloss(texts: Sequence[str], steps: Sequence[str]) -> list[str]:
    """Words of the other language for texts, a line each."""
    lines = "\n".join(" ".join(text.split()) for text in texts) + "\n"
    for step in steps:
        command = ["apertium", "-f", "line", "-u", step]
        lines = subprocess.run(  # noqa: S603  # a fixed command; the texts are its input alone
            command, input=lines, capture_output=True, encoding="utf-8", check=True
        ).stdout
    return lines.rstrip("\n").split("\n")


def mend(question: str) -> str:
    """A glossed question with the commonest slips at its start put right."""
    for pattern, replacement in MENDED:
        question = pattern.sub(replacement, question)
    return question
