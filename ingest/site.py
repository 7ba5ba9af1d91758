"""Where an archive lives: its folder, and the addresses of what stands elsewhere."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """Where a Chroma server is, and what it asks of who calls."""

    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # a token may be in one
    tenant: str = "default_tenant"
    database: str = "default_database"
    certificates: str = ""  # file of those that vouch for an https server; empty: the system's


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of this machine, and what is not in it but on servers."""

    folder: Path
    ledger: str = ""  # SQLAlchemy address of a PostgreSQL database; empty: SQLite in the folder
    chroma: ChromaAddress | None = None  # None: in the folder, too

    @property
    def ledger_file(self) -> Path:
        """Where SQLite keeps the ledger, if it does."""
        return self.folder / "ledger.sqlite3"


Where = Path | Site  # a folder alone has everything in it


def site_of(where: Where) -> Site:
    """A site, all of it in the folder where only that is named."""
    return where if isinstance(where, Site) else Site(where)


def check_url(said: str) -> str:
    """A server's address as it is; ValueError where it is none."""
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"{said!r} is no server: name one such as http://chroma.intranet:8000")
    return said
