"""The chat page behind a web server, over an archive that follows what is ingested beside it."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant, opened_assistant
from ingest.archive import Archive
from ui.headers import GuardedResponses
from ui.identity.gate import Gate, static_files
from ui.identity.known import identifier
from ui.identity.proxies import BehindProxy
from ui.identity.visits import Visits
from ui.settings import ServerSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
_FOLLOW = 2.0  # seconds between looks at the ledger
_GRACE = 5  # seconds that answers under way get when the server stops
_KEEP_ALIVE = 75  # seconds; above a proxy's usual 60, so that it is not we who hang up first


class AddressTakenError(Exception):
    """The server can't listen where the settings say."""


def serve(settings: ServerSettings) -> None:
    """Serve the chat page until the process is told to stop."""
    _stay_quiet()
    with (
        _listening(settings.host, settings.port) as listener,
        opened_assistant(settings) as assistant,
        following(assistant.archive),
    ):
        _run(make_app(assistant, settings), listener)


def make_app(assistant: Assistant, settings: ServerSettings) -> "FastAPI":
    """The application: the gate, health, the doors, the page's files, and the page itself."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles
    from starlette.routing import Mount

    from ui.chat import build_page
    from ui.doors.visits import visit_door

    visits = Visits()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _surround(app, settings, visits)
    app.add_api_route("/healthz", lambda: _health(assistant))
    app.include_router(visit_door(visits))
    app.mount("/page", StaticFiles(directory=PAGE))
    gr.mount_gradio_app(app, build_page(assistant, settings), "/", **_mounting(settings))
    app.state.page = [route.app for route in app.routes if isinstance(route, Mount)][-1]
    return app


def _surround(app: "FastAPI", settings: ServerSettings, visits: Visits) -> None:
    """What every request passes, the last one named first."""
    from fastapi.middleware.cors import CORSMiddleware

    app.add_middleware(
        Gate,
        identify=identifier(settings),
        visits=visits,
        open_paths=frozenset({"/healthz"}) | static_files(PAGE, "/page"),
        portals=settings.portals,
    )
    app.add_middleware(  # without one Gradio echoes any origin
        CORSMiddleware,
        allow_origins=settings.portals,
        allow_methods=("GET", "POST"),
        allow_headers=("Authorization", "Content-Type"),
    )
    app.add_middleware(BehindProxy, settings=settings)
    app.add_middleware(GuardedResponses, portals=settings.portals)


def _mounting(settings: ServerSettings) -> dict[str, Any]:
    """What Gradio may do: show the page, and nothing else it offers by default."""
    closed = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    return {
        "app_kwargs": closed,
        "head": (PAGE / "head.html").read_text("utf-8"),
        "theme": "default",
        "favicon_path": str(PAGE / "favicon.svg"),
        "blocked_paths": [str(settings.archive.resolve())],
        "footer_links": [],
        "max_file_size": "1kb",
        "show_error": False,
        "run_history": False,
        "ssr_mode": False,
        "enable_monitoring": False,
        "mcp_server": False,
        "pwa": False,
    }


def _health(assistant: Assistant) -> dict[str, str | int]:
    return {"status": "ok", "articles": assistant.searched().articles}


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


def _run(app: "FastAPI", listener: socket.socket) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"Dépêche is ready: {_address(listener)}", flush=True)  # noqa: T201

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
        timeout_graceful_shutdown=_GRACE,
    )
    Server(config).run([listener])


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
