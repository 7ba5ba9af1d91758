"""Debian's nginx before servers, as docs/deploy has it; one reader, anna, or those named."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PROXY = "127.0.0.2"  # nginx calls from here, whoever else is on this machine from 127.0.0.1
SETTINGS = {"identity": "header", "trusted_proxies": PROXY, "root_path": "/depeche"}
ANNA = ("anna", "secret")

_DOCUMENTED = Path(__file__).parents[1] / "docs" / "deploy"
_NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
_WHOLE = """
daemon off; master_process off; pid nginx.pid; error_log stderr; events {}
http {
    access_log off; client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    %(upstream)s
    server { listen 127.0.0.1:%(port)d; proxy_bind %(proxy)s; include depeche.conf; }
}
"""


@contextmanager
def proxied(
    server: str, folder: Path, others: Sequence[str] = (), people: Sequence[str] = ANNA[:1]
) -> Iterator[str]:
    """The address that a proxy shows a server under, or several, until the block ends."""
    if _NGINX is None:
        pytest.skip("nginx is not installed: apt-get install -y nginx-light")
    port = _free_port()
    upstream = _upstream([urlsplit(each).netloc for each in (server, *others)])
    shutil.copy(_DOCUMENTED / "nginx.conf", folder / "depeche.conf")
    known = "".join(f"{each}:{{PLAIN}}{ANNA[1]}\n" for each in people)
    (folder / "depeche.users").write_text(known)
    written = {"upstream": upstream, "port": port, "proxy": PROXY}
    (folder / "nginx.conf").write_text(_WHOLE % written)
    nginx = subprocess.Popen([_NGINX, "-p", f"{folder}/", "-c", "nginx.conf"])
    try:
        _wait_for(port, nginx)
        yield f"http://127.0.0.1:{port}/depeche/"
    finally:
        nginx.terminate()
        nginx.wait()


def _upstream(behind: Sequence[str]) -> str:
    """As it is documented, with the addresses of a test."""
    if len(behind) == 1:
        return f"upstream depeche {{ server {behind[0]}; }}"
    documented, left = (_DOCUMENTED / "nginx-servers.conf").read_text("utf-8"), list(behind)
    written = re.sub(r"10\.0\.0\.\d+:7860", lambda _: left.pop(0), documented)
    assert not left, "the documented upstream has fewer servers"
    return written


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nginx ended with exit code {process.returncode}")
