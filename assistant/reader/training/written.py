"""Questions written for this training: what a passage tells, and what it only seems to tell.

They lie in `written/`, some about news invented with them, some about passages of SQuAD and PIAF,
which are named by their words' digest and not repeated. Those in `written/kept/` are not taught:
they measure. After a heading come lines such as

    e+ Who called the offer a provocation? | Karim Belhadj
    f- Combien de personnes la raffinerie emploie-t-elle ?

`e` or `f` is the question's language, `+` that the passage tells it, in the words behind the bar.
As in SQuAD 2.0 (Rajpurkar et al., ACL 2018) what is untold looks as if it were told.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.reader.training.examples import WINDOW, Example, find_words, titled, window
from assistant.reader.training.paragraphs import Paragraph
from ingest.encoder.training.questions import cut_sentences

WRITTEN = Path(__file__).with_name("written")
KEPT = WRITTEN / "kept"
_LANGUAGES = {"e": "en", "f": "fr"}
_DIGITS = 12  # of a digest
_BEREFT = 0.4  # of the told, once more: without the sentence that tells it
_SHORTER = 0.3  # of the told: without another sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A title and two or three sentences that questions were written about."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A written question; `answer` are words of its passage, None where that does not tell it."""

    passage: Passage
    language: str
    text: str
    answer: str | None


def digest(text: str) -> str:
    """What a passage is named by: the beginning of its words' SHA-256."""
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def windows_by_digest(paragraphs: Iterable[Paragraph]) -> dict[str, Passage]:
    """Every window of paragraphs, its spaces made one."""
    windows: dict[str, Passage] = {}
    for one in paragraphs:
        for start in range(max(1, len(one.sentences) - WINDOW + 1)):
            text = " ".join(window(one, start).split())
            windows[digest(text)] = Passage(one.title, text)
    return windows


def read_written(folder: Path, windows: Mapping[str, Passage]) -> Iterator[Question]:
    """The questions of every file; ValueError names the file and line of one that can't be read."""
    for path in sorted(folder.glob("*.txt")):
        try:
            yield from _read_lines(path.read_text("utf-8").splitlines(), windows)
        except ValueError as error:
            raise ValueError(f"{path.name}, {error}") from None


def _read_lines(lines: Iterable[str], windows: Mapping[str, Passage]) -> Iterator[Question]:
    passage: Passage | None = None
    title = ""
    for number, line in enumerate(lines, start=1):
        kind, _, rest = line.partition(" ")
        if kind == "#":
            title, passage = rest, windows.get(rest)
            if passage is None and len(rest) == _DIGITS:
                raise ValueError(f"line {number}: no passage of SQuAD or PIAF is named {rest}")
        elif kind in {"e+", "f+", "e-", "f-"} and passage:
            yield _make_question(passage, kind, rest, number)
        elif line:
            passage = Passage(title, line)


def _make_question(passage: Passage, kind: str, line: str, number: int) -> Question:
    text, _, answer = line.partition(" | ")
    if answer not in passage.text:
        raise ValueError(f"line {number}: the passage has no words “{answer}”")
    if bool(answer) != (kind[1] == "+"):
        raise ValueError(f"line {number}: {kind} says otherwise than the answer")
    return Question(passage, _LANGUAGES[kind[0]], text, answer or None)


def vary_written(questions: Iterable[Question], chance: random.Random) -> Iterator[Example]:
    """Each question with its passage, or a shorter one, and some without what tells them."""
    for one in questions:
        sentences = cut_sentences(one.passage.text)
        telling = [part for part in sentences if one.answer and one.answer in part]
        silent = [part for part in sentences if part not in telling]
        passage = one.passage.text
        if telling and silent and chance.random() < _SHORTER:
            dropped = chance.choice(silent)
            passage = " ".join(part for part in sentences if part != dropped)
        title = titled(one.passage.title, chance)
        yield Example(
            one.text, title, passage, find_words(passage, one.answer) if one.answer else None
        )
        if telling and silent and chance.random() < _BEREFT:
            yield Example(one.text, title, " ".join(silent), None)
