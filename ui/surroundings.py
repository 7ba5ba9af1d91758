"""What every request passes on its way in, and every response on its way out."""

import secrets
from typing import TYPE_CHECKING

from ui.figures import Figures
from ui.headers import GuardedResponses
from ui.identity.gate import OPEN_PATHS, SIGN_IN_PATHS, Gate
from ui.identity.known import identifier
from ui.identity.proxies import BehindProxy
from ui.identity.visits import Visits
from ui.journal import Noted
from ui.listening import Listening
from ui.operator import UPLOADS
from ui.rates import Paced, Sized, spender
from ui.settings import ServerSettings

if TYPE_CHECKING:
    from fastapi import FastAPI


def surround(
    app: "FastAPI",
    settings: ServerSettings,
    visits: Visits,
    figures: Figures,
    files: frozenset[str],
) -> None:
    """Add what stands before an application, the outermost last; `files` are open to all."""
    signs_in = settings.identity == "oidc"
    app.add_middleware(Listening)
    app.add_middleware(Paced, spend=spender(settings.requests))
    app.add_middleware(
        Gate,
        identify=identifier(settings),
        visits=visits,
        open_paths=OPEN_PATHS | files | (SIGN_IN_PATHS if signs_in else frozenset()),
        portals=settings.portals,
        signs_in=signs_in,
    )
    if signs_in:
        _keep_signed_in(app, settings)
    uploads = UPLOADS, settings.largest_upload
    app.add_middleware(Sized, largest=settings.largest_request, more=uploads)
    _name_origins(app, settings)
    app.add_middleware(BehindProxy, settings=settings)
    app.add_middleware(GuardedResponses, portals=settings.portals)
    app.add_middleware(Noted, figures=figures)


def _name_origins(app: "FastAPI", settings: ServerSettings) -> None:
    """The origins that may read answers; unless they are named, Gradio echoes any."""
    from fastapi.middleware.cors import CORSMiddleware

    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.portals,
        allow_methods=("GET", "POST"),
        allow_headers=("Authorization", "Content-Type"),
    )


def _keep_signed_in(app: "FastAPI", settings: ServerSettings) -> None:
    """A signed cookie for who has signed in."""
    from starlette.middleware.sessions import SessionMiddleware

    from ui.identity.oidc import LASTS

    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.cookie_key.get_secret_value() or secrets.token_urlsafe(32),
        session_cookie="depeche",
        max_age=LASTS,
        path=settings.root_path or "/",
        https_only=settings.secure_cookies,
    )
