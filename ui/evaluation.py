"""depeche eval: how well an archive answers questions whose answers are known."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.terminal import print_json

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.evaluation import Detail, Question, Scores
    from ingest.articles import Rejection


def evaluate_file(
    file: Path, assistant: "Assistant", *, today: date, details: Path | None, as_json: bool
) -> bool:
    """Print the scores of a file of questions; False where it holds none."""
    from assistant.evaluation import run_questions, score

    questions, rejected = _read(file)
    if not questions:
        click.echo(f"{file} holds no question", err=True)
        return False
    answered = _written(run_questions(questions, assistant, today=today), details)
    _show(score(list(answered)), rejected, as_json=as_json)
    return True


def _read(file: Path) -> "tuple[list[Question], list[Rejection]]":
    from assistant.evaluation import Question, read_questions

    items = list(read_questions(file))
    rejected = [item for item in items if not isinstance(item, Question)]
    for rejection in rejected:
        click.echo(f"{rejection.source}: {rejection.reason}", err=True)
    return [item for item in items if isinstance(item, Question)], rejected


def _written(found: "Iterable[Detail]", path: Path | None) -> "Iterator[Detail]":
    """Each detail, after its line has been written where one is wanted."""
    from assistant.evaluation import detail_as_json

    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") if path else nullcontext() as file:
        for detail in found:
            if file:
                file.write(json.dumps(detail_as_json(detail), ensure_ascii=False) + "\n")
            yield detail


def _show(scores: "Scores", rejected: "Sequence[Rejection]", *, as_json: bool) -> None:
    from rich.console import Console

    from assistant.evaluation import as_table, scores_as_json

    if scores.missing:
        some = ", ".join(scores.missing[:5])
        lost = f"{len(scores.missing)} questions are about articles that the archive lacks: {some}"
        click.echo(lost, err=True)
    if as_json:
        print_json(scores_as_json(scores, rejected))
    else:
        Console().print(as_table(scores))
