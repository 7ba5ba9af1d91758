"""What the commands share: options, settings, numbers, and errors told as one sentence."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ui.settings import ServerSettings

_Kind = TypeVar("_Kind", bound="Settings")

archive_option = click.option(
    "--archive", type=click.Path(file_okay=False, path_type=Path), help="Folder of the archive."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON alone on standard output.")


def mendable(command: Callable[..., None]) -> Callable[..., None]:
    """Show what a user can mend as one sentence, not as a traceback."""

    @wraps(command)
    def run(*values: Any, **options: Any) -> None:
        from ui.mendable import explain

        try:
            command(*values, **options)
        except KeyboardInterrupt:
            click.echo(
                "\nStopped. What was kept stays; the same command goes on from there.", err=True
            )
            sys.exit(130)
        except Exception as error:
            sentence = explain(error)
            if sentence is None:
                raise
            click.echo(f"depeche: {sentence}", err=True)
            sys.exit(1)

    return run


def counted(count: int, noun: str) -> str:
    """A number of things: 1 article, 2 articles."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def settings_of(archive: Path | None, **given: Any) -> "Settings":
    """The settings, with what the command line says before all else."""
    from assistant.settings import Settings

    return _opened(Settings, archive=archive, **given)


def server_settings_of(archive: Path | None, **given: Any) -> "ServerSettings":
    """The settings of a server, with what the command line says before all else."""
    from ui.settings import ServerSettings

    return _opened(ServerSettings, archive=archive, **given)


def _opened(kind: type[_Kind], **options: Any) -> _Kind:
    """Settings; one that the command line says and that is wrong is wrong usage."""
    from pydantic import ValidationError

    said = {name: value for name, value in options.items() if value is not None}
    try:
        return kind(**said)
    except ValidationError as error:
        from ui.mendable import explain

        if any(str(part) in said for each in error.errors() for part in each["loc"]):
            raise click.UsageError(explain(error) or "") from error
        raise
