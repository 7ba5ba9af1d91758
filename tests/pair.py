"""Two servers behind nginx over one ledger in PostgreSQL and one Chroma server."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import Popen

from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from ingest.site import ChromaAddress, Site
from tests.crowd import SETTINGS as MODEL
from tests.crowd import STORY
from tests.ingest.test_intake import write_lines
from tests.intranet import SETTINGS as INTRANET
from tests.intranet import proxied
from tests.openai_server import Upstream
from tests.servers import ChromaServer, Postgres, free_port
from tests.serving import serving

_GRACE = "120"  # seconds: what is under way ends
SHUNNED = 11  # seconds: nginx asks a server that failed again after ten


@dataclass(frozen=True, slots=True)
class Pair:
    """The proxy's address, the ledger's, and two processes that can be ended and started again."""

    intranet: str
    ledger: str
    ports: tuple[str, ...]
    starts: tuple[Callable[[], "Popen[str]"], ...]
    running: "list[Popen[str]]"


@contextmanager
def running_pair(
    postgres: Postgres, chroma: ChromaServer, folder: Path, model: Upstream, people: Sequence[str]
) -> Iterator[Pair]:
    """Both servers over an archive of one story, answering by a model, for people with a name."""
    ledger = postgres.make_ledger(folder.name.replace("-", "_"))
    sites = [Site(folder / name, ledger, ChromaAddress(chroma.address)) for name in ("1", "2")]
    lines, opener = [write_lines(folder / "a.jsonl", STORY)], partial(open_encoder, "")
    ingest_paths(lines, sites[0], opener=opener, outlet="", notify=lambda step: None)
    where = {"DEPECHE_LEDGER": ledger, "DEPECHE_CHROMA": chroma.address, "DEPECHE_GRACE": _GRACE}
    known = {f"DEPECHE_{name.upper()}": said for name, said in INTRANET.items()}
    settings = MODEL | where | known | {"OPENAI_BASE_URL": model.address}
    ports = tuple(str(free_port()) for _ in sites)
    with ExitStack() as stack, ThreadPoolExecutor() as starting:

        def start(site: Site, port: str) -> "Popen[str]":
            return stack.enter_context(serving(site.folder, port, **settings))[0]

        starts = tuple(partial(start, *each) for each in zip(sites, ports, strict=True))
        running = list(starting.map(lambda each: each(), starts))
        one, *others = (f"http://127.0.0.1:{port}/" for port in ports)
        intranet = stack.enter_context(proxied(one, folder, others, people))
        yield Pair(intranet, ledger, ports, starts, running)
