"""The chat page behind a web server, over an archive that follows what is ingested beside it."""

import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Event, Thread, Timer
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from assistant.assistant import opened_assistant
from assistant.query import prepare_questions
from ingest.archive import Archive, found_archive
from ingest.encoder import open_encoder
from ui.application import make_app
from ui.arrivals import arriving
from ui.journal import write_lines
from ui.settings import ServerSettings
from ui.waiting import answering_meanwhile

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

_FOLLOW = 1.0  # seconds between looks at the ledger: one query where nothing came
_LATE = 0.7  # seconds behind its grace in which a server closes what it holds
_KEEP_ALIVE = 75  # seconds; above a proxy's usual 60, so that it is not we who hang up first


class AddressTakenError(Exception):
    """The server can't listen where the settings say."""


def serve(settings: ServerSettings) -> None:
    """Serve the chat page until the process is told to stop."""
    _stay_quiet()
    _plot_nothing()
    _sum_up_nothing()
    write_lines()
    with (
        _listening(settings.host, settings.port) as listener,
        ExitStack() as opened,
    ):
        with answering_meanwhile(listener, settings.portals) as progress:
            found_archive(settings.site, partial(open_encoder, settings.encoder))
            assistant = opened.enter_context(opened_assistant(settings, progress.tell))
            opened.enter_context(following(assistant.archive))
            opened.enter_context(arriving(assistant.archive, settings))
            app = make_app(assistant, settings)
            _settle()
        Thread(target=prepare_questions, name="prepare", daemon=True).start()
        _run(app, listener, settings.grace)


def leave() -> NoReturn:
    """End the process of a server that has closed what it held.

    Python would first take every module apart: on a busy machine that takes twenty seconds.
    """
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


@contextmanager
def following(archive: Archive) -> Iterator[None]:
    """Take in what others write to the ledger for as long as the block lasts."""
    ending = Event()
    thread = Thread(target=_follow, args=(archive, ending), name="follow", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def _follow(archive: Archive, ending: Event) -> None:
    while not ending.wait(_FOLLOW):
        try:
            if changed := archive.follow():
                log.info("took in %d changed articles", changed)
        except Exception:  # the next look may succeed; questions go on meanwhile
            log.exception("could not take in what was ingested")


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket at an address, taken before the archive is opened: a taken port is told at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise AddressTakenError(
            f"cannot listen on {host}, port {port} ({error.strerror}): choose another with --port"
        ) from error
    with listener:
        yield listener


def _run(app: "FastAPI", listener: socket.socket, grace: int) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"Dépêche is ready: {_address(listener)}", flush=True)  # noqa: T201

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.stopping.begin(grace)
            _leave_after(grace + _LATE)
            super().handle_exit(sig, frame)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.state.page.stop_event.set()  # ends Gradio's heartbeats: they would keep us waiting
            await super().shutdown(sockets)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # uvicorn raises it again after a clean stop
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # `BehindProxy` reads them, from those who are trusted
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=grace,
    )
    Server(config).run([listener])


def _leave_after(seconds: float) -> None:
    """Leave at the latest then, whatever holds the process: a ledger survives a kill."""

    def end() -> None:
        log.warning("left before everything was closed")
        leave()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"


def _stay_quiet() -> None:
    """Nothing is reported to anybody, and nothing fetched, unless the user says so."""
    for name, value in {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "LANGSMITH_TRACING": "false",
        "LANGCHAIN_TRACING_V2": "false",
    }.items():
        os.environ.setdefault(name, value)


def _plot_nothing() -> None:
    """Keep Gradio from looking for matplotlib on the disk, twice at every step of every answer."""
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]  # Python's own way to say


def _sum_up_nothing() -> None:
    """Keep Gradio from a table of its last 10,000 events after each, for a page that is closed."""
    os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(sys.maxsize))


def _settle() -> None:
    """Take what was loaded until now for what stays: garbage is looked for in the rest alone."""
    gc.collect()
    gc.freeze()
