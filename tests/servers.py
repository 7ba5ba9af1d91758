"""Real servers on loopback for as long as a block lasts: PostgreSQL, Chroma and nginx."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import pytest

_STARTS = 60.0  # seconds that a server may take to answer
_NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
_AROUND = """
daemon off; master_process off; pid nginx.pid; error_log stderr; events {}
http {
    access_log off; client_body_temp_path body; proxy_temp_path proxy;
    fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    %s
}
"""
_NOBODY = "postgres"  # whom Debian's package makes; the superuser may not run the server


@dataclass(slots=True)
class Postgres:
    """A cluster in a folder of its own."""

    binaries: Path
    data: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it where it was, and wait until it answers."""
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            " -c max_connections=200 -c shared_buffers=64MB"
            " -c fsync=off"  # a kill of the process loses nothing: the system keeps what it wrote
        )
        command = [str(self.binaries / "postgres"), "-D", str(self.data), *options.split()]
        until = time.monotonic() + _STARTS
        self.process = _run_as_nobody(command)
        while not self.answers():
            assert time.monotonic() < until, f"PostgreSQL did not answer within {_STARTS:.0f} s"
            if self.process.poll() is not None:  # what was killed before has not let go yet
                self.process = _run_as_nobody(command)
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it takes connections."""
        asked = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def kill(self) -> None:
        """End every process of it at once, as a power cut would."""
        if self.process:
            number = self.process.pid
            children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
            for each in (number, *map(int, children)):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Stop it in order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    def make_ledger(self, name: str) -> str:
        """The address of a schema of its own, which is quicker made than a database."""
        import psycopg

        where = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{name}"')
        inside = f"postgres?options=-csearch_path%3D{name}"
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{inside}"


@dataclass(slots=True)
class ChromaServer:
    """A `chroma run` over a folder."""

    data: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def address(self) -> str:
        """Where the setting `chroma` finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it where it was, and wait until it answers."""
        chroma = Path(sys.executable).with_name("chroma")
        where = ["--path", str(self.data), "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [str(chroma), "run", *where],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _wait_for(self.answers, self.process)

    def answers(self) -> bool:
        """Whether it takes requests."""
        try:
            with urlopen(f"{self.address}/api/v2/heartbeat", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """End it at once."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    stop = kill


def find_postgres() -> Path | None:
    """The newest of Debian's PostgreSQLs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    ordered = sorted(found, key=lambda each: int(each.parts[-3]))
    return ordered[-1].parent if ordered else None


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A PostgreSQL on a free port; the test is skipped where there is none."""
    binaries = find_postgres()
    if binaries is None:
        pytest.skip("no PostgreSQL: install it with your package manager")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as the superuser, and there is no setpriv")
    # Not in a folder of pytest's: each run closes those above it to everybody else.
    with TemporaryDirectory(prefix="depeche-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, _NOBODY, _NOBODY)
        made = _run_as_nobody(
            [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--no-sync",
             "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        )  # fmt: skip
        assert made.wait(timeout=120) == 0, "initdb failed"
        postgres = Postgres(binaries, folder / "data", free_port())
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()


@contextmanager
def running_chroma(folder: Path) -> Iterator[ChromaServer]:
    """A Chroma server on a free port."""
    server = ChromaServer(folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def running_nginx(folder: Path, port: int, configured: str) -> Iterator[None]:
    """Debian's nginx on a port; the test is skipped where it is not installed."""
    if _NGINX is None:
        pytest.skip("nginx is not installed: apt-get install -y nginx-light")
    (folder / "nginx.conf").write_text(_AROUND % configured)
    nginx = subprocess.Popen([_NGINX, "-p", f"{folder}/", "-c", "nginx.conf"])
    try:
        _wait_for(lambda: _listens(port), nginx)
        yield
    finally:
        nginx.terminate()
        nginx.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _run_as_nobody(command: list[str]) -> "subprocess.Popen[bytes]":
    if os.geteuid() == 0:
        command = [
            "setpriv",
            f"--reuid={_NOBODY}",
            f"--regid={_NOBODY}",
            "--clear-groups",
            *command,
        ]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def _wait_for(answers: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended at once"
        if answers():
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not answer within {_STARTS:.0f} s")
