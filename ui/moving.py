"""depeche migrate: a running archive to servers, without encoding it again."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.options import archive_option, mendable, settings_of

if TYPE_CHECKING:
    from ingest.ledger import Ledger
    from ingest.site import Site


@click.command()
@click.option("--to-ledger", default="", help="Address of an empty PostgreSQL database.")
@click.option("--to-chroma", default="", help="Address of a Chroma server.")
@archive_option
@mendable
def migrate(to_ledger: str, to_chroma: str, archive: Path | None) -> None:
    """Copy the archive to servers; run it again after an interruption and it goes on.

    The archive may be used meanwhile. Nothing is encoded again.
    """
    if not (to_ledger or to_chroma):
        raise click.UsageError("Say where to: --to-ledger, --to-chroma or both.")
    from ingest.archive import existing_ledger

    given = {"ledger": to_ledger or None, "chroma": to_chroma or None}
    now, then = settings_of(archive).site, settings_of(archive, **given).site
    ledger = existing_ledger(now)
    if to_ledger:
        ledger = _move_ledger(ledger, now, then)
    if to_chroma:
        _fill_chroma(ledger, then)
    click.echo("Done. Set the same addresses as `ledger` and `chroma`, and start again.", err=True)


def _move_ledger(source: "Ledger", now: "Site", then: "Site") -> "Ledger":
    from ingest.archive import create_folder
    from ingest.moving import move_ledger
    from ui.kept.tables import conversations, exchanges, make_tables
    from ui.room.feedback import copy_drafts

    target = create_folder(replace(then, chroma=None))
    for ledger in (source, target):
        make_tables(ledger)
    move_ledger(source, target, (conversations, exchanges), lambda name: _say(f"Copying {name}"))
    copy_drafts(now, then)
    return target


def _fill_chroma(ledger: "Ledger", then: "Site") -> None:
    from ingest.index.served import open_served

    encoder = ledger.serving()
    if encoder and then.chroma:
        _say("Filling the Chroma server")
        served = open_served(then.chroma, ledger, encoder)
        served.follow()
        served.close()


def _say(words: str) -> None:
    click.echo(words, err=True)
