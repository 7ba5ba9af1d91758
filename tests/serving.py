"""Servers on loopback for as long as a block lasts: of an application, or whole processes."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from assistant.assistant import Assistant
from ingest.encoder import open_encoder
from ingest.intake import ingest_paths
from ui.doors.asking import Asking
from ui.figures import open_figures
from ui.rates import spender

_PROJECT = Path(__file__).parents[1]


def asking_of(assistant: Assistant, questions: str = "1000/minute") -> Asking:
    """An assistant behind a door that takes so many questions."""
    return Asking(assistant, "UTC", spender(questions), open_figures(), log_questions=False)


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The address of an application that answers there until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            app.state.page.stop_event.set()
            server.should_exit = True
            thread.join()


@contextmanager
def serving(
    archive: Path, port: str = "0", **settings: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own with its address; it is gone when the block ends."""
    run = [sys.executable, "-c", "from ui.cli import main; main()"]
    command = [*run, "serve", "--port", port]
    variables = {**os.environ, "DEPECHE_ARCHIVE": str(archive), **settings}
    with subprocess.Popen(
        command, cwd=_PROJECT, env=variables, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            yield server, next(re.finditer(r"http://\S+", server.stdout.readline()))[0]
        finally:
            server.kill()


def archive_of(article: Mapping[str, str], folder: Path) -> Path:
    """An archive of one article, encoded by the encoder in the box."""
    (folder / "a.jsonl").write_text(json.dumps(article), "utf-8")
    return archive_from(folder / "a.jsonl", folder)


def archive_from(articles: Path, folder: Path) -> Path:
    """An archive of the articles of a file or folder, encoded by the encoder in the box."""
    archive, opener = folder / "archive", partial(open_encoder, "")
    ingest_paths([articles], archive, opener=opener, outlet="", notify=lambda step: None)
    return archive
