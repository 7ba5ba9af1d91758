"""The questions that were written for the reader's training can be read, and say what they are."""

import random
from collections import Counter
from pathlib import Path

import pytest

from assistant.reader.training.paragraphs import Paragraph
from assistant.reader.training.written import (
    WRITTEN,
    digest,
    read_written,
    vary_written,
    windows_by_digest,
)

STRIKE = "# Strike at Donges\nThe crew of Donges voted on Tuesday. Karim Belhadj spoke.\n"
SHIPS = Paragraph("Ships", "en", ("One sank.", "Two  sailed on.", "It was May.", "All slept."), ())


def write(folder: Path, lines: str) -> Path:
    (folder / "news.txt").write_text(lines, "utf-8")
    return folder


def test_a_told_question_marks_its_words_and_an_untold_one_none(tmp_path: Path) -> None:
    write(tmp_path, f"{STRIKE}e+ Who spoke? | Karim Belhadj\nf- Qui a répondu ?\n")
    told, untold = read_written(tmp_path, {})
    assert (told.passage.title, told.answer, untold.answer) == (
        "Strike at Donges", "Karim Belhadj", None,
    )  # fmt: skip


def test_a_passage_of_others_is_found_by_its_words_digest(tmp_path: Path) -> None:
    text = "Two sailed on. It was May. All slept."
    write(tmp_path, f"# {digest(text)}\ne+ When was it? | May\n")
    (only,) = read_written(tmp_path, windows_by_digest([SHIPS]))
    assert (only.passage.title, only.passage.text) == ("Ships", text)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("e+ Who spoke? | Karim Belhaj", "no words “Karim Belhaj”"),
        ("e+ Who spoke?", "says otherwise"),
        ("e- Who spoke? | Karim Belhadj", "says otherwise"),
        ("# 0123456789ab", "is named 0123456789ab"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_file_and_line(
    tmp_path: Path, line: str, why: str
) -> None:
    write(tmp_path, f"{STRIKE}{line}\n")
    with pytest.raises(ValueError, match=rf"news.txt, line 3: .*{why}"):
        list(read_written(tmp_path, {}))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_taught_of_a_told_question_holds_its_answer_or_marks_none(
    tmp_path: Path, seed: int
) -> None:
    write(tmp_path, f"{STRIKE}e+ Who spoke? | Karim Belhadj\n")
    for one in vary_written(read_written(tmp_path, {}), random.Random(seed)):
        marked = one.passage[slice(*one.answer)] if one.answer else None
        assert marked == ("Karim Belhadj" if "Karim" in one.passage else None)


def test_every_question_about_written_news_can_be_read_and_more_than_half_are_untold(
    tmp_path: Path,
) -> None:
    write(tmp_path, (WRITTEN / "news.txt").read_text("utf-8"))
    questions = list(read_written(tmp_path, {}))
    counted = Counter(one.answer is None for one in questions)
    assert len({(one.text, one.passage) for one in questions}) == len(questions)
    assert counted[True] >= counted[False] > 1000
