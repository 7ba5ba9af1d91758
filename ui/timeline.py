"""depeche timeline and depeche briefing: a topic's events, and the few points that matter."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.options import archive_option, json_option, mendable, settings_of

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ingest.dates import NewsDate


class _Day(click.ParamType[Any]):
    """A day, a month or a year."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from ingest.dates import DateUnreadableError, parse_date

        try:
            return parse_date(value)
        except DateUnreadableError as error:
            self.fail(str(error), param, ctx)


_language = click.option(
    "--language", type=click.Choice(["en", "fr"]), help="Of our own words; the topic's if left out."
)
_markdown = click.option("--markdown", is_flag=True, help="Markdown alone on standard output.")


@click.command()
@click.argument("topic")
@click.option("--from", "first", type=_Day(), help="First day, month or year: 2024-01-27, 2024.")
@click.option("--to", "last", type=_Day(), help="Last day, month or year.")
@_language
@_markdown
@archive_option
@json_option
@mendable
def timeline(
    topic: str, first: "NewsDate | None", last: "NewsDate | None", archive: Path | None, **how: Any
) -> None:
    """Tell what happened about a topic: dated events, each in the words of the articles."""
    from assistant.query import Filters
    from assistant.timeline import timeline_as_answer, timeline_as_json, timeline_as_markdown
    from ingest.periods import Period

    if first and last and last.last_day < first.first_day:
        raise click.UsageError(f"--to {last} lies before --from {first}")
    days = first.first_day if first else None, last.last_day if last else None
    period = Period(*days) if any(days) else None
    with _assistant(archive) as (assistant, today):
        told = assistant.timeline(
            topic, today=today, language=how["language"], filters=Filters(period=period)
        )
    _show(told, timeline_as_json, timeline_as_markdown, timeline_as_answer, how)


@click.command()
@click.argument("topic")
@_language
@_markdown
@archive_option
@json_option
@mendable
def briefing(topic: str, archive: Path | None, **how: Any) -> None:
    """Give the few points about a topic that matter most, newest first."""
    from assistant.timeline import briefing_as_answer, briefing_as_json, briefing_as_markdown

    with _assistant(archive) as (assistant, today):
        told = assistant.briefing(topic, today=today, language=how["language"])
    _show(told, briefing_as_json, briefing_as_markdown, briefing_as_answer, how)


@contextmanager
def _assistant(archive: Path | None) -> "Iterator[tuple[Assistant, date]]":
    from zoneinfo import ZoneInfo

    from assistant.assistant import opened_assistant

    settings = settings_of(archive)
    with opened_assistant(settings) as assistant:
        yield assistant, datetime.now(ZoneInfo(settings.timezone)).date()


def _show(
    told: Any,
    as_json: Callable[[Any], dict[str, object]],
    as_markdown: Callable[[Any], str],
    as_answer: Callable[[Any], Any],
    how: dict[str, Any],
) -> None:
    from ui.terminal import print_json, show_answer

    if how["as_json"]:
        print_json(as_json(told))
    elif how["markdown"]:
        click.echo(as_markdown(told))
    else:
        show_answer([as_answer(told)], as_json=False)


COMMANDS = (timeline, briefing)
