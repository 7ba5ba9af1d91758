"""depeche eval: how well an archive answers questions whose answers are known."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.evaluation import Detail, Question, Scores
    from ingest.articles import Rejection


@click.command("eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--archive", type=click.Path(file_okay=False, path_type=Path), help="Folder of the archive."
)
@click.option(
    "--details",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write a line a question to: its passages, its answer, its time.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the questions are asked on where they don't say; the real one when left out.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON alone on standard output.")
def eval_command(
    file: Path, archive: Path | None, details: Path | None, today: datetime | None, as_json: bool
) -> None:
    """Score the answers to the questions of FILE, a JSON object a line."""
    from assistant.assistant import Assistant
    from assistant.settings import Settings
    from ingest.archive import opened_archive

    settings = Settings.model_validate({"archive": archive} if archive else {})
    day = (today or datetime.now().astimezone()).date()
    with opened_archive(settings.archive, settings.encoder) as opened:
        assistant = Assistant(opened, settings.model)
        scored = evaluate_file(file, assistant, today=day, details=details, as_json=as_json)
    sys.exit(0 if scored else 1)


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
        click.echo(json.dumps(scores_as_json(scores, rejected), ensure_ascii=False, indent=2))
    else:
        Console().print(as_table(scores))
