"""Debian's nginx before servers, as docs/deploy has it; one reader, anna, or those named."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers import free_port, running_nginx

PROXY = "127.0.0.2"  # nginx calls from here, whoever else is on this machine from 127.0.0.1
SETTINGS = {"identity": "header", "trusted_proxies": PROXY, "root_path": "/depeche"}
ANNA = ("anna", "secret")

_DOCUMENTED = Path(__file__).parents[1] / "docs" / "deploy"
_SHOWN = """
%(upstream)s
server { listen 127.0.0.1:%(port)d; proxy_bind %(proxy)s; include depeche.conf; }
"""


@contextmanager
def proxied(
    server: str, folder: Path, others: Sequence[str] = (), people: Sequence[str] = ANNA[:1]
) -> Iterator[str]:
    """The address that a proxy shows a server under, or several, until the block ends."""
    port = free_port()
    upstream = _upstream([urlsplit(each).netloc for each in (server, *others)])
    shutil.copy(_DOCUMENTED / "nginx.conf", folder / "depeche.conf")
    known = "".join(f"{each}:{{PLAIN}}{ANNA[1]}\n" for each in people)
    (folder / "depeche.users").write_text(known)
    written = {"upstream": upstream, "port": port, "proxy": PROXY}
    with running_nginx(folder, port, _SHOWN % written):
        yield f"http://127.0.0.1:{port}/depeche/"


def _upstream(behind: Sequence[str]) -> str:
    """As it is documented, with the addresses of a test."""
    if len(behind) == 1:
        return f"upstream depeche {{ server {behind[0]}; }}"
    documented, left = (_DOCUMENTED / "nginx-servers.conf").read_text("utf-8"), list(behind)
    written = re.sub(r"10\.0\.0\.\d+:7860", lambda _: left.pop(0), documented)
    assert not left, "the documented upstream has fewer servers"
    return written
