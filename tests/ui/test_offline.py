import json
import subprocess
import sys
from pathlib import Path

GUARDED = """
import sys

def refuse(event, details):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"a connection was tried: {event} {details!r}")

sys.addaudithook(refuse)
from ui.cli import main
main()
"""


def depeche(*words: str | Path) -> str:
    command = [sys.executable, "-c", GUARDED, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ingest_and_ask_open_no_connection(tmp_path: Path) -> None:
    archive = ("--archive", tmp_path / "archive", "--json")
    (tmp_path / "a.txt").write_text("Le pont de Selm a été fermé lundi. Il rouvrira en mai.")
    assert json.loads(depeche("ingest", tmp_path / "a.txt", *archive))["added"] == 1
    answer = json.loads(depeche("ask", "When will the bridge of Selm reopen?", *archive))
    assert answer["searched"]["articles"] == 1


def test_the_guard_itself_notices_a_connection(tmp_path: Path) -> None:
    code = GUARDED.replace("from ui.cli import main\nmain()", "import socket\n") + (
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "a connection was tried" in done.stderr
