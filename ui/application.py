"""The application: what every request passes, the doors, and the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.query import QuestionRefusedError
from ui.desk import Desk
from ui.doors.asking import Asking
from ui.embed import EMBED
from ui.figures import open_figures
from ui.identity.gate import static_files
from ui.identity.visits import Visits
from ui.kept import open_conversations
from ui.kept.pace import shared_spender
from ui.kept.visits import open_visits
from ui.refusals import refuse_question
from ui.room.feedback import open_drafts
from ui.settings import ServerSettings
from ui.stopping import Stopping
from ui.surroundings import surround

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.applications import Starlette

PAGE = Path(__file__).parent / "page"
_THREADS = 250  # answers that the doors may stream at once; Gradio has its own


def make_app(assistant: Assistant, settings: ServerSettings) -> "FastAPI":
    """The application over an assistant."""
    import gradio as gr
    from fastapi.staticfiles import StaticFiles
    from starlette.routing import Mount

    from ui.chat import build_page
    from ui.operator.additions import open_additions
    from ui.operator.routes import Post, operator_routes
    from ui.room.routes import Room, room_routes

    figures, stopping = open_figures(), Stopping()
    visits = open_visits(assistant.archive.ledger)
    spend = shared_spender(settings.questions, assistant.archive.ledger)
    asking = Asking(assistant, settings.timezone, spend, figures, settings.log_questions, stopping)
    app = _open_doors(asking, settings, visits)
    files = static_files(PAGE, "/page") | static_files(EMBED, "/embed")
    surround(app, settings, visits, figures, files)
    desk = Desk(asking, settings.suggestions)
    kept = open_conversations(assistant.archive.ledger, settings.conversation_days)
    drafts = open_drafts(settings.site)
    app.include_router(room_routes(Room(desk, kept, drafts)))
    additions = open_additions(assistant.archive, settings)
    app.include_router(operator_routes(Post(desk, additions, settings, drafts)))
    app.mount("/page", StaticFiles(directory=PAGE))
    app.mount("/embed", StaticFiles(directory=EMBED))
    gr.mount_gradio_app(app, build_page(desk, kept, settings.language), "/", **_mounting(settings))
    app.state.page = [route.app for route in app.routes if isinstance(route, Mount)][-1]
    app.state.stopping = stopping
    return app


def _open_doors(asking: Asking, settings: ServerSettings, visits: Visits) -> "FastAPI":
    from fastapi import FastAPI

    from ui.doors.completions import completion_doors
    from ui.doors.health import health_doors
    from ui.doors.rest import rest_doors
    from ui.doors.tools import make_tools, tools_app
    from ui.doors.visits import visit_door
    from ui.identity.oidc import sign_in_doors

    tools = tools_app(make_tools(asking))
    app = FastAPI(
        title="Dépêche",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its scripts come from another host
        redoc_url=None,
        lifespan=_living(tools),
    )
    app.include_router(health_doors(asking, asking.stopping))
    app.include_router(visit_door(visits))
    app.include_router(rest_doors(asking))
    app.include_router(completion_doors(asking))
    app.router.routes.extend(tools.routes)
    if settings.identity == "oidc":
        app.include_router(sign_in_doors(settings))
    app.add_exception_handler(QuestionRefusedError, refuse_question)
    return app


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
