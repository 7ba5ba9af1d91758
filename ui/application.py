"""The application: what every request passes, the doors, and the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.query import QuestionRefusedError
from ui.figures import Figures, open_figures
from ui.headers import GuardedResponses
from ui.identity.gate import OPEN_PATHS, Gate, static_files
from ui.identity.known import identifier
from ui.identity.proxies import BehindProxy
from ui.identity.visits import Visits
from ui.journal import Noted
from ui.rates import Paced, Sized, spender
from ui.refusals import refuse_question
from ui.settings import ServerSettings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.applications import Starlette

PAGE = Path(__file__).parent / "page"
_THREADS = 250  # answers that the doors may stream at once; Gradio has its own


def make_app(assistant: Assistant, settings: ServerSettings) -> "FastAPI":
    """The application over an assistant."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles
    from starlette.routing import Mount

    from ui.chat import build_page
    from ui.doors.asking import Asking
    from ui.doors.completions import completion_doors
    from ui.doors.health import health_doors
    from ui.doors.rest import rest_doors
    from ui.doors.tools import make_tools, tools_app
    from ui.doors.visits import visit_door

    visits, figures, stopping = Visits(), open_figures(), Event()
    spend = spender(settings.questions)
    asking = Asking(assistant, settings.timezone, spend, figures, settings.log_questions)
    tools = tools_app(make_tools(asking))
    app = FastAPI(
        title="Dépêche",
        docs_url=None,  # it would load its scripts from another host
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_living(tools),
    )
    _surround(app, settings, visits, figures)
    for door in (
        health_doors(asking, stopping),
        visit_door(visits),
        rest_doors(asking),
        completion_doors(asking),
    ):
        app.include_router(door)
    app.add_exception_handler(QuestionRefusedError, refuse_question)
    app.router.routes.extend(tools.routes)
    app.mount("/page", StaticFiles(directory=PAGE))
    gr.mount_gradio_app(app, build_page(assistant, settings), "/", **_mounting(settings))
    app.state.page = [route.app for route in app.routes if isinstance(route, Mount)][-1]
    app.state.stopping = stopping
    return app


def _surround(app: "FastAPI", settings: ServerSettings, visits: Visits, figures: Figures) -> None:
    """What every request passes, the last one named first."""
    from fastapi.middleware.cors import CORSMiddleware

    app.add_middleware(Paced, spend=spender(settings.requests))
    app.add_middleware(
        Gate,
        identify=identifier(settings),
        visits=visits,
        open_paths=OPEN_PATHS | static_files(PAGE, "/page"),
        portals=settings.portals,
    )
    app.add_middleware(Sized, largest=settings.largest_request)
    app.add_middleware(  # without one Gradio echoes any origin
        CORSMiddleware,
        allow_origins=settings.portals,
        allow_methods=("GET", "POST"),
        allow_headers=("Authorization", "Content-Type"),
    )
    app.add_middleware(BehindProxy, settings=settings)
    app.add_middleware(GuardedResponses, portals=settings.portals)
    app.add_middleware(Noted, figures=figures)


def _living(tools: "Starlette") -> Any:
    """What is open for as long as the application runs."""

    @asynccontextmanager
    async def life(_app: "FastAPI") -> AsyncIterator[None]:
        from anyio.to_thread import current_default_thread_limiter

        current_default_thread_limiter().total_tokens = _THREADS
        async with tools.router.lifespan_context(tools):
            yield

    return life


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
