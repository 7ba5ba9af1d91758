"""The commands that keep an archive well: doctor, backup, restore, forget, reindex."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ingest.forgetting import Doomed
    from ingest.health import Health

_LISTED = 20  # titles and rejections shown; --json has all

archive_option = click.option(
    "--archive", type=click.Path(file_okay=False, path_type=Path), help="Folder of the archive."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON alone on standard output.")
