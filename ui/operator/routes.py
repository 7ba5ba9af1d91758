"""The operator's page and what its script asks for: for operators alone, and from this page."""

import shutil
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from anyio import open_file
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from assistant.query import Language
from ui.desk import Desk
from ui.identity import reader_of
from ui.operator import UPLOADS
from ui.operator.additions import Additions, TooManyError
from ui.operator.form import render_form
from ui.operator.page import render_forbidden, render_page, render_survey
from ui.operator.reports import render_additions
from ui.operator.survey import take_survey
from ui.room.feedback import Drafts
from ui.settings import ServerSettings
from ui.words import pick_language

# Stricter than the chat's: no portal shows this page in a frame, no script but its own files.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PRIVATE = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}

Outlet = Annotated[str, Query(max_length=200)]


class Feed(BaseModel):
    """A feed to be read."""

    address: str = Field(max_length=2000)
    outlet: str = Field("", max_length=200)


@dataclass(frozen=True, slots=True)
class Post:
    """What the routes need: the desk, what is being added, settings, and readers' verdicts."""

    desk: Desk
    additions: Additions
    settings: ServerSettings
    drafts: Drafts


def operator_routes(post: Post) -> APIRouter:
    """Every route beneath /operator."""
    router = APIRouter(prefix="/operator", include_in_schema=False)
    _add_page(router, post)
    inner = APIRouter(dependencies=[Depends(_insist_on_operator)])
    _add_pieces(inner, post)
    _add_arrivals(inner, post)
    router.include_router(inner)
    return router


def _add_page(router: APIRouter, post: Post) -> None:
    @router.get("", response_class=HTMLResponse)
    def page(request: Request, days: int = 0, until: date | None = None, lang: str = "") -> Any:
        accepted = request.headers.get("accept-language", "")
        language = pick_language(lang, post.settings.language, accepted)
        if not reader_of(request).operates:
            return HTMLResponse(render_forbidden(language), 403, _PRIVATE)
        form = render_form(post.settings, language)
        said = render_page(_survey(post, days, until), post.additions.listed(), form, language)
        return HTMLResponse(said, headers=_PRIVATE)


def _add_pieces(router: APIRouter, post: Post) -> None:
    @router.get("/survey")
    def survey(days: int = 0, until: date | None = None, lang: Language = "en") -> Response:
        return HTMLResponse(render_survey(_survey(post, days, until), lang), headers=_PRIVATE)

    @router.get("/additions")
    def additions(lang: Language = "en") -> Response:
        return HTMLResponse(render_additions(post.additions.listed(), lang), headers=_PRIVATE)

    @router.get("/verdicts.jsonl")
    def verdicts() -> Response:
        drafts = post.drafts.written() if post.settings.show_questions else ""
        if not drafts:
            raise HTTPException(404)
        named = {"Content-Disposition": 'attachment; filename="verdicts.jsonl"'}
        return Response(drafts, media_type="application/jsonl", headers=named)


def _survey(post: Post, days: int, until: date | None) -> Any:
    drafts, today = post.drafts.written(), post.desk.today()
    return take_survey(post.desk.assistant, post.settings, drafts, (days, until), today)


def _add_arrivals(router: APIRouter, post: Post) -> None:
    @router.post(UPLOADS.removeprefix("/operator"), status_code=202)
    async def upload(
        request: Request, name: Annotated[str, Query(max_length=1000)], outlet: Outlet = ""
    ) -> None:
        _insist_on_this_page(request)
        arriving = post.additions.reserve(name)
        try:
            async with await open_file(arriving.path, "wb") as file:
                async for piece in request.stream():
                    await file.write(piece)
            post.additions.add_file(arriving, outlet.strip())
        except BaseException as error:  # also where its sender has left
            shutil.rmtree(arriving.path.parent, ignore_errors=True)
            _raise_patience(error)

    @router.post("/feed", status_code=202)
    def feed(request: Request, wanted: Feed) -> None:
        _insist_on_this_page(request)
        try:
            post.additions.add_feed(wanted.address.strip(), wanted.outlet.strip())
        except TooManyError as error:
            _raise_patience(error)


def _raise_patience(error: BaseException) -> None:
    if isinstance(error, TooManyError):
        raise HTTPException(429, "too many additions wait") from error
    raise error


def _insist_on_operator(request: Request) -> None:
    if not reader_of(request).operates:
        raise HTTPException(403, "for operators alone")


def _insist_on_this_page(request: Request) -> None:
    """Refuse what another page sends in an operator's name.

    Browsers say where a request comes from: over plain http only by the origin.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    here = f"{request.url.scheme}://{request.url.netloc}"
    if not (site == "same-origin" if site else origin == here):
        raise HTTPException(403, "another page sent this")
