"""Sign in with OpenID Connect: discovery, the code flow with PKCE, then a signed cookie."""

import logging
import time
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from ui.refusals import refuse
from ui.settings import ServerSettings

log = logging.getLogger(__name__)

LASTS = 12 * 3600  # seconds: a long working day; then the provider is asked again


def sign_in_doors(settings: ServerSettings) -> APIRouter:
    """`/sign-in`, where the provider sends back to, and `/sign-out`."""
    provider, router = _provider(settings), APIRouter(include_in_schema=False)

    @router.get("/sign-in")
    async def sign_in(request: Request, to: str = "/") -> Response:
        _remember(request, to=to if is_within_site(to) else "/")
        back: Response = await provider.authorize_redirect(request, _address(request, "signed_in"))
        return back

    @router.get("/sign-in/return")
    async def signed_in(request: Request) -> Response:
        wanted = request.scope["root_path"] + request.session.get("to", "/")
        try:
            token = await provider.authorize_access_token(request)
        except Exception as error:  # whatever the provider or its mimic sends names nobody
            log.warning("a sign-in failed: %r", error)
            return refuse(401, "sign_in", "the sign-in did not succeed: open the page again")
        _remember(request, reader=kept_claims(token["userinfo"], settings))
        return RedirectResponse(wanted, 303)

    @router.get("/sign-out")
    async def sign_out(request: Request) -> Response:
        _remember(request)
        end = (await provider.load_server_metadata()).get("end_session_endpoint")
        here = _address(request, "sign_in")
        return RedirectResponse(_way_out(end, here, settings) if end else here, 303)

    return router


def _remember(request: Request, **what: Any) -> None:
    """Keep this of a visitor, and nothing else."""
    request.session.clear()
    request.session.update(what)


def _way_out(end: str, back: str, settings: ServerSettings) -> str:
    said = {"client_id": settings.oidc_client, "post_logout_redirect_uri": back}
    return f"{end}?{urlencode(said)}"


def _provider(settings: ServerSettings) -> Any:
    from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "provider",
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_id=settings.oidc_client,
        client_secret=settings.oidc_secret.get_secret_value(),
        client_kwargs={"scope": settings.oidc_scope, "code_challenge_method": "S256"},
    )


def kept_claims(claims: dict[str, Any], settings: ServerSettings) -> dict[str, Any]:
    """What the cookie holds of a reader: of their groups only those that the settings name."""
    groups = claims.get(settings.oidc_groups, [])
    known = {*settings.groups, *settings.operators}
    named = [group for group in groups if group in known] if groups else []
    until = int(time.time()) + LASTS
    return {"name": str(claims[settings.oidc_name]), "groups": named, "until": until}


def is_within_site(path: str) -> bool:
    """Whether a path leads to a page of this server: browsers take `//` and `/\\` for a host."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable()


def _address(request: Request, name: str) -> str:
    return str(request.url_for(name))
