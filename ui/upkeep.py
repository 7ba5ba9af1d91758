"""The commands that keep an archive well: doctor, backup, restore, forget, reindex."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.options import archive_option, counted, json_option, mendable, settings_of

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.forgetting import Doomed
    from ingest.health import Health
    from ui.profiling import Profile

_LISTED = 20  # titles and rejections shown; --json has all
_FOR_EVER = 365_000  # days: how long conversations last is the server's business


@click.command()
@click.option("--profile", is_flag=True, help="Answer some questions; say what takes how long.")
@click.option(
    "--question", "questions", multiple=True, help="One to profile; several may be named."
)
@archive_option
@json_option
@mendable
def doctor(profile: bool, questions: tuple[str, ...], archive: Path | None, as_json: bool) -> None:
    """Check the archive to its last vector, and mend its indexes."""
    from ingest.encoder import open_encoder
    from ingest.health import examine
    from ui.terminal import print_json

    settings = settings_of(archive)
    health = examine(settings.site, partial(open_encoder, settings.encoder))
    wanted = (profile or questions) and health.is_well and health.encoder
    profiled = _profiled(settings, questions) if wanted else None
    if as_json:
        beside = {"profile": asdict(profiled)} if profiled else {}
        print_json({"well": health.is_well, **asdict(health), **beside})
    else:
        for line in (*describe_health(health), *(profiled.lines if profiled else ())):
            click.echo(line)
    sys.exit(0 if health.is_well else 1)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@archive_option
@json_option
@mendable
def backup(target: Path, archive: Path | None, as_json: bool) -> None:
    """Write the whole archive to the file TARGET, or into the folder TARGET."""
    from ingest.backup import back_up
    from ui.terminal import print_json

    written, manifest = back_up(settings_of(archive).site, target)
    if as_json:
        print_json({"backup": str(written), **asdict(manifest)})
    else:
        click.echo(f"{counted(manifest.articles, 'article')} in {written}.", err=True)


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@archive_option
@json_option
@mendable
def restore(source: Path, archive: Path | None, as_json: bool) -> None:
    """Make an archive of the backup SOURCE in a folder that holds none."""
    from ingest.backup import restore as restore_backup
    from ui.terminal import print_json

    site = settings_of(archive).site
    manifest = restore_backup(source, site)
    if as_json:
        print_json({"archive": str(site.folder), **asdict(manifest)})
    else:
        click.echo(
            f"{counted(manifest.articles, 'article')} of {manifest.made} in {site.folder}.",
            err=True,
        )


@click.command()
@click.option("--article", default="", help="The id of one article.")
@click.option("--outlet", default="", help="All articles of this outlet.")
@click.option(
    "--before", type=click.DateTime(["%Y-%m-%d"]), help="All that were published before this day."
)
@click.option("--yes", is_flag=True, help="Don't ask.")
@archive_option
@mendable
def forget(
    article: str, outlet: str, before: datetime | None, yes: bool, archive: Path | None
) -> None:
    """Remove articles with all their versions, from everything.

    Several options narrow each other down. What will go is shown first.
    """
    from ingest.archive import existing_ledger
    from ingest.forgetting import Wanted, find_doomed
    from ingest.forgetting import forget as forget_articles
    from ui.kept import open_conversations
    from ui.room.feedback import open_drafts

    if not (article or outlet or before):
        raise click.UsageError("Say what to forget: --article, --outlet or --before.")
    site = settings_of(archive).site
    doomed = find_doomed(existing_ledger(site), Wanted(article, outlet, before and before.date()))
    _show_doomed(doomed)
    if doomed and (yes or click.confirm("Forget them for good?", err=True)):
        cleared = forget_articles(site, doomed)
        open_conversations(existing_ledger(site), _FOR_EVER).take_out_gone()
        open_drafts(site).forget({each.id for each in doomed})
        rest = "" if cleared else " The running server stops finding them within seconds."
        click.echo(f"{counted(len(doomed), 'article')} forgotten.{rest}", err=True)


@click.command()
@archive_option
@mendable
def reindex(archive: Path | None) -> None:
    """Encode the archive again with the encoder of the settings; the old one answers until then."""
    from ingest.encoder import open_encoder
    from ingest.reindexing import reindex as encode_again
    from ui.terminal import showing_count

    settings = settings_of(archive)
    with showing_count("Encoding", "passages") as notify:
        done = encode_again(settings.site, partial(open_encoder, settings.encoder), notify)
    rest = "" if done.dropped else " Start the running server again to use it."
    click.echo(f"{counted(done.passages, 'passage')} encoded by {done.encoder!r}.{rest}", err=True)


COMMANDS = (doctor, backup, restore, forget, reindex)


def describe_health(health: "Health") -> list[str]:
    """The findings of a doctor, a line each."""
    held, index, encoder = health.holdings, health.index, health.encoder
    lines = [
        f"archive   {health.folder}: {counted(held.articles, 'article')}, "
        f"{counted(held.passages, 'passage')}, "
        f"{', '.join(held.languages) or 'no language'}; newest {held.newest or 'unknown'}",
        f"disk      {health.free // 2**20} MB free",
    ]
    if encoder:
        known = f"{encoder.name} ({encoder.fingerprint[:12]}, {encoder.dimension} numbers)"
        lines.append(f"encoder   {known}{health.runs_as and ', runs as ' + health.runs_as}")
    if index and index.owner:
        lines.append(f"index     {index.owner} has it open: stop it to have the index checked")
    elif index:
        was = f"built anew: {index.mended}" if index.mended else "as the ledger says"
        lines.append(f"index     generation {index.generation}, {was}")
    named = ", ".join(f"{name} {number}" for name, number in health.libraries.items())
    lines.append(f"versions  {named}")
    lines += [f"left out  {each.source}: {each.reason}" for each in health.rejected[:_LISTED]]
    if len(health.rejected) > _LISTED:
        lines.append(f"          … and {len(health.rejected) - _LISTED} more: see --json")
    return [*lines, *([f"problem   {each}" for each in health.problems] or ["All is well."])]


def _profiled(settings: "Settings", questions: tuple[str, ...]) -> "Profile":
    from ui.profiling import profile_alone

    click.echo("Answering questions, to see what takes how long.", err=True)
    return profile_alone(settings, questions)


def _show_doomed(doomed: Sequence["Doomed"]) -> None:
    for each in doomed[:_LISTED]:
        origin = ", ".join(filter(None, (each.outlet, each.published)))
        click.echo(f"  {each.title}  ({origin or each.id})", err=True)
    if len(doomed) > _LISTED:
        click.echo(f"  … and {len(doomed) - _LISTED} more", err=True)
    count = f"{counted(len(doomed), 'article')}, with every version."
    click.echo(count if doomed else "The archive holds no such article.", err=True)
