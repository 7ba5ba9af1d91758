"""The command line: depeche ingest, search, ask, timeline, briefing, eval, serve.

Nothing heavy is imported here: `depeche --help` answers at once.
"""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui import timeline, upkeep
from ui.history import history
from ui.moving import migrate
from ui.options import archive_option, json_option, mendable, server_settings_of, settings_of

if TYPE_CHECKING:
    from assistant.query import Filters
    from assistant.settings import Settings

_today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the question is asked on, 2024-01-28; the real one when left out.",
)


_first = click.option(
    "--from",
    "first",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only articles published on this day or later, whatever the question says.",
)
_last = click.option(
    "--to",
    "last",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only articles published on this day or earlier.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="depeche")
def main() -> None:
    """Ask your news archive: answers in the exact words of its articles."""


@main.command()
@click.argument("sources", nargs=-1, type=click.Path())
@click.option("--outlet", default="", help="Who published articles that don't say so themselves.")
@click.option(
    "--map", "field_map", help="Fields of JSON and CSV under other names: title=headline,text=body."
)
@click.option("--retry", is_flag=True, help="Try again what was left out before.")
@click.option("--watch", is_flag=True, help="Go on with what comes, until stopped.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    help="What encodes: this process, or a Ray cluster.",
)
@click.option("--workers", type=click.IntRange(1), help="How many encoders of --engine ray.")
@archive_option
@json_option
@mendable
def ingest(
    sources: tuple[str, ...],
    outlet: str,
    field_map: str | None,
    retry: bool,
    watch: bool,
    engine: str,
    workers: int | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Bring articles from files, folders and the addresses of feeds into the archive.

    Run it again at will: what the archive holds already is skipped.
    """
    from ui.intake import bring_in, engine_named, left_out, sources_of, watch_folders

    settings = settings_of(archive, map=field_map)
    wanted = [*sources, *(left_out(settings) if retry else ())]
    if not wanted and not retry:
        raise click.UsageError("Name at least one file, folder or feed.")
    if watch and engine != "local":
        raise click.UsageError("--watch encodes what comes as it comes: leave --engine out.")
    if watch:
        watch_folders(wanted, settings, outlet, as_json=as_json)
    else:
        found, encodes = sources_of(wanted, settings), engine_named(engine, workers)
        read = bring_in(found, settings, outlet, as_json=as_json, engine=encodes)
        sys.exit(0 if read or not wanted else 1)


@main.command()
@click.argument("question")
@click.option("-k", "count", type=click.IntRange(1, 100), default=10, help="How many passages.")
@_today
@_first
@_last
@archive_option
@json_option
@mendable
def search(
    question: str,
    count: int,
    today: datetime | None,
    first: datetime | None,
    last: datetime | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """List the passages that fit a question best."""
    from assistant.query import make_query, narrow
    from ui.terminal import show_passages

    settings, filters = settings_of(archive), _filters(first, last)
    with _assistant(settings) as assistant:
        day = _day(today, settings)
        query = narrow(make_query(question, today=day), filters)
        found = assistant.search(question, count, today=day, filters=filters)
        show_passages(query, found, as_json=as_json)


@main.command()
@click.argument("question")
@click.option("--language", type=click.Choice(["en", "fr"]), help="Of the answer's own words.")
@_today
@_first
@_last
@archive_option
@json_option
@mendable
def ask(
    question: str,
    language: Any,
    today: datetime | None,
    first: datetime | None,
    last: datetime | None,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Answer a question with the exact words of the articles."""
    from ui.terminal import show_answer

    settings, filters = settings_of(archive), _filters(first, last)
    with _assistant(settings) as assistant:
        day = _day(today, settings)
        stream = assistant.ask(question, today=day, language=language, filters=filters)
        show_answer(stream, as_json=as_json)


@main.command("eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--details",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for a line a question: its passages, its answer, its time.",
)
@_today
@archive_option
@json_option
@mendable
def evaluate(
    file: Path, details: Path | None, today: datetime | None, archive: Path | None, as_json: bool
) -> None:
    """Score the answers to the questions of FILE, whose answers are known."""
    from ui.evaluation import evaluate_file

    settings = settings_of(archive)
    with _assistant(settings) as assistant:
        day = _day(today, settings)
        scored = evaluate_file(file, assistant, today=day, details=details, as_json=as_json)
    sys.exit(0 if scored else 1)


@main.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 is this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@archive_option
@mendable
def serve(host: str | None, port: int | None, archive: Path | None) -> None:
    """Serve the chat page."""
    from ui.server import leave
    from ui.server import serve as serve_page

    serve_page(server_settings_of(archive, host=host, port=port))
    leave()


@main.command()
@archive_option
@mendable
def mcp(archive: Path | None) -> None:
    """Answer the program that starts this one, by the Model Context Protocol."""
    from ui.doors.stdio import answer_on_stdio

    answer_on_stdio(server_settings_of(archive))


def _assistant(settings: "Settings") -> Any:
    from assistant.assistant import opened_assistant

    return opened_assistant(settings)


def _day(today: datetime | None, settings: "Settings") -> date:
    from assistant.times import today_in
    from ingest.dates import utc_now

    return today.date() if today else today_in(settings.timezone, utc_now())


def _filters(first: datetime | None, last: datetime | None) -> "Filters":
    """What --from and --to choose."""
    from assistant.query import NO_FILTERS, Filters
    from ingest.periods import Period

    if first and last and first > last:
        raise click.UsageError("--from names a later day than --to.")
    if not first and not last:
        return NO_FILTERS
    return Filters(Period(first.date() if first else None, last.date() if last else None))


for command in (*upkeep.COMMANDS, *timeline.COMMANDS, history, migrate):
    main.add_command(command)
