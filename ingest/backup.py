"""Back an archive up into one file, and restore it; the indexes are built again from the ledger."""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import mkdtemp

from ingest.archive import existing_ledger
from ingest.dates import utc_now
from ingest.index import opened_index
from ingest.ledger import Ledger, open_ledger
from ingest.owner import owning_alone
from ingest.site import Where, site_of
from ingest.tables import SCHEMA

_LEDGER = "ledger.sqlite3"
_PIECE = 2**20  # bytes read at once


class BackupUnusableError(Exception):
    """A file that is no whole backup, or a place that none can be restored to."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    made: str  # when, ISO 8601
    schema: str
    articles: int
    passages: int
    encoder: str
    sha256: str  # of the ledger


def back_up(where: Where, target: Path) -> tuple[Path, Manifest]:
    """Write a backup to a file, or into a folder under the present moment's name.

    What stood in its place stays until the new one is whole. A server may run meanwhile.
    """
    existing_ledger(where)  # names what is wrong when there is none
    folder = _folder_of(where, "back it up with pg_dump")
    made = utc_now()
    if target.is_dir():
        target = target / f"depeche-{made:%Y%m%dT%H%M%SZ}.zip"
    if target.exists() and not target.is_file():
        raise BackupUnusableError(f"{target} is no file that a backup could replace")
    try:
        with _workplace(target) as workplace:
            copy, draft = workplace / _LEDGER, workplace / "backup.zip"
            _copy_ledger(folder / _LEDGER, copy)
            manifest = _describe(copy, made.isoformat(timespec="seconds"))
            _pack(draft, copy, manifest)
            draft.replace(target)
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise BackupUnusableError(f"no backup fits at {target}: {error.strerror}") from error
    return target, manifest


def restore(backup: Path, where: Where) -> Manifest:
    """Make an archive of a backup in a folder that holds none, and build its indexes."""
    folder = _folder_of(where, "restore it with pg_restore")
    if (folder / _LEDGER).exists():
        raise BackupUnusableError(f"{folder} holds an archive: restore into another folder")
    manifest = _manifest_of(backup)  # a file that is none leaves no folder
    folder.mkdir(parents=True, exist_ok=True)
    with owning_alone(folder, "restore"), _workplace(folder / _LEDGER) as workplace:
        _unpack(backup, manifest, workplace / _LEDGER)
        shutil.rmtree(folder / "index", ignore_errors=True)  # it followed another ledger
        for former in folder.glob(_LEDGER + "-*"):
            former.unlink()
        (workplace / _LEDGER).replace(folder / _LEDGER)
        _build_index(folder, open_ledger(str(folder / _LEDGER)))
    return manifest


def _folder_of(where: Where, advice: str) -> Path:
    site = site_of(where)
    if site.ledger:
        raise BackupUnusableError(f"the ledger is in PostgreSQL: {advice}")
    return site.folder


def _copy_ledger(source: Path, copy: Path) -> None:
    """A whole copy as of one moment, by SQLite's own backup: https://sqlite.org/backup.html."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as written:
        live.backup(written)


def _describe(copy: Path, made: str) -> Manifest:
    ledger = open_ledger(str(copy))
    held, served = ledger.holdings(), ledger.serving()
    ledger.engine.dispose()
    with closing(sqlite3.connect(copy)) as alone:
        alone.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
    name = served.name if served else ""
    return Manifest(made, SCHEMA, held.articles, held.passages, name, _sha256(copy))


def _pack(draft: Path, ledger: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("manifest.json", json.dumps(asdict(manifest), indent=2))
        packed.write(ledger, _LEDGER)
    with draft.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _packed(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(backup) as packed:
            yield packed
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise BackupUnusableError(f"{backup} is no backup of an archive: {error}") from error


def _manifest_of(backup: Path) -> Manifest:
    with _packed(backup) as packed:
        return Manifest(**json.loads(packed.read("manifest.json")))


def _unpack(backup: Path, manifest: Manifest, target: Path) -> None:
    with _packed(backup) as packed, packed.open(_LEDGER) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, _PIECE)
    if _sha256(target) != manifest.sha256:
        raise BackupUnusableError(f"{backup} is damaged: its ledger is not the one it was made of")


def _build_index(folder: Path, ledger: Ledger) -> None:
    if encoder := ledger.serving():
        with opened_index(folder / "index", ledger, encoder):
            pass  # opening is what builds it


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """A folder beside a file, so that the file can be put in place in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}."
    for left in target.parent.glob(prefix + "*"):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    workplace = Path(mkdtemp(prefix=prefix, dir=target.parent))
    try:
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
