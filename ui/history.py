"""depeche history: what an article said before, and what changed since."""

from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.options import archive_option, json_option, mendable, settings_of

if TYPE_CHECKING:
    from ingest.history import Version


@click.command()
@click.argument("article")
@archive_option
@json_option
@mendable
def history(article: str, archive: Path | None, as_json: bool) -> None:
    """Show the versions of an article, by its id, and what changed from each to the next."""
    from ingest.archive import existing_ledger
    from ingest.history import versions_of
    from ui.terminal import print_json

    found = versions_of(existing_ledger(settings_of(archive).site), article)
    if not found:
        raise click.ClickException(f"the archive holds no article {article!r}")
    if as_json:
        print_json(history_as_json(article, found))
    else:
        _show(found)


def history_as_json(article: str, found: "list[Version]") -> dict[str, object]:
    """Versions in the order they were seen, each with what changed since the one before."""
    from ingest.history import compare_versions

    changes = [[], *(compare_versions(one.article, two.article) for one, two in pairwise(found))]
    return {
        "article": article,
        "versions": [
            {
                "version": version.ordinal,
                "seen": version.seen.isoformat(timespec="seconds"),
                "current": version.current,
                "id": version.given,
                "title": version.article.title,
                "status": version.article.status,
                "source": version.article.source,
                "changes": [asdict(change) for change in changed],
            }
            for version, changed in zip(found, changes, strict=True)
        ],
    }


def _show(found: "list[Version]") -> None:
    from rich.console import Console
    from rich.text import Text

    from ingest.history import Change, compare_versions

    signs = {"removed": ("- ", "red"), "added": ("+ ", "green"), "field": ("* ", "yellow")}

    def line(change: Change) -> Text:
        sign, style = signs[change.change]
        name = f"{change.field}: {change.before} → " if change.change == "field" else ""
        return Text(f"    {sign}{name}{change.text}", style=style)

    console = Console(highlight=False)
    for before, version in zip([None, *found], found, strict=False):
        remark = "  (the archive answers from it)" if version.current else ""
        seen = version.seen.strftime("%Y-%m-%d %H:%M %Z")
        head = f"Version {version.ordinal}, read {seen}{remark}: {version.article.title}"
        console.print(Text(head, style="bold"))
        for change in compare_versions(before.article, version.article) if before else ():
            console.print(line(change))
