"""What the page's script fetches beside the chat, and how it changes what is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, Field

from assistant.query import LONGEST_QUESTION, Language, QuestionRefusedError
from ingest.cited import cited_article, other_copies
from ingest.shelves import count_shelves
from ui.desk import Desk
from ui.doors.asking import readable
from ui.identity import reader_of
from ui.kept import Conversations
from ui.kept.conversations import LONGEST_NAME
from ui.kept.export import as_json, as_markdown
from ui.links import read_chosen
from ui.markup import escape
from ui.room.article import render_article
from ui.room.feedback import Drafts, Verdict, draft_line
from ui.room.filters import render_filters
from ui.room.hits import render_hits
from ui.room.rail import render_list, render_way_to_operators
from ui.words import word

_HITS = 30  # passages that a plain search looks at


class Named(BaseModel):
    """A conversation's new name."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, pattern=r"\S")


class Judged(BaseModel):
    """A reader's verdict on an answer of theirs."""

    conversation: str
    turn: int = Field(ge=1)
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Room:
    """What the routes need: where questions are taken, and where things are kept."""

    desk: Desk
    kept: Conversations
    drafts: Drafts


def room_routes(room: Room) -> APIRouter:
    """Every route of the reading room, beneath /room."""
    router = APIRouter(prefix="/room")
    for add in (_add_conversations, _add_exports, _add_article, _add_searching, _add_feedback):
        add(router, room)
    return router


def _add_conversations(router: APIRouter, room: Room) -> None:
    @router.get("/conversations", response_class=HTMLResponse)
    def listed(request: Request, lang: Language = "en", find: str = "") -> str:
        words = find.strip()[:LONGEST_QUESTION]
        reader = reader_of(request)
        way = render_way_to_operators(lang) if reader.operates else ""
        return render_list(room.kept.listed(reader.name, words), words, lang) + way

    @router.put("/conversations/{conversation}", status_code=204)
    def rename(request: Request, conversation: str, named: Named) -> None:
        name = " ".join(named.name.split())
        _insist(room.kept.rename(reader_of(request).name, conversation, name))

    @router.delete("/conversations/{conversation}", status_code=204)
    def delete(request: Request, conversation: str) -> None:
        _insist(room.kept.delete(reader_of(request).name, conversation))


def _add_exports(router: APIRouter, room: Room) -> None:
    @router.get("/conversations/{conversation}.md")
    def markdown(request: Request, conversation: str) -> Response:
        return _file(request, room, conversation, lambda *kept: PlainTextResponse(
            as_markdown(*kept), media_type="text/markdown"))  # fmt: skip

    @router.get("/conversations/{conversation}.json")
    def fields(request: Request, conversation: str) -> Response:
        return _file(request, room, conversation, lambda *kept: JSONResponse(as_json(*kept)))


def _file(
    request: Request, room: Room, conversation: str, write: Callable[..., Response]
) -> Response:
    reader = reader_of(request).name
    named = room.kept.find(reader, conversation)
    if named is None:
        raise HTTPException(404)
    response = write(named, room.kept.read(reader, conversation))
    ending = request.url.path.rpartition(".")[2]
    response.headers["Content-Disposition"] = f'attachment; filename="{conversation}.{ending}"'
    return response


def _add_article(router: APIRouter, room: Room) -> None:
    @router.get("/article", response_class=HTMLResponse)
    def article(
        request: Request,
        article_id: Annotated[str, Query(alias="id", max_length=2000)],
        words: str = "",
        start: int = 0,
        end: int = 0,
        lang: Language = "en",
    ) -> str:
        archive = room.desk.assistant.archive
        now = archive.clock()
        cited = cited_article(archive.ledger, article_id, words, now)
        if cited is None or not reader_of(request).may_read(cited.article.outlet):
            return f'<p class="nothing">{escape(word("article_gone", lang))}</p>'
        return render_article(
            cited, (start, end), other_copies(archive.ledger, article_id, now), lang
        )


def _add_searching(router: APIRouter, room: Room) -> None:
    @router.get("/filters", response_class=HTMLResponse)
    def filters(request: Request, lang: Language = "en") -> str:
        shelves = count_shelves(room.desk.assistant.archive.ledger)
        reader = reader_of(request)
        return render_filters(shelves.open_to(reader.may_read), read_chosen(_query(request)), lang)

    @router.get("/search", response_class=HTMLResponse)
    def search(request: Request, q: str, lang: Language = "en") -> str:
        chosen = readable(read_chosen(_query(request)).filters, reader_of(request))
        today = room.desk.today()
        try:
            found = room.desk.assistant.search(q, _HITS, today=today, filters=chosen)
        except QuestionRefusedError as error:
            said = word(str(error), lang, longest=str(LONGEST_QUESTION))
            return f'<p class="nothing">{escape(said)}</p>'
        return render_hits(q, found, lang)


def _add_feedback(router: APIRouter, room: Room) -> None:
    @router.post("/feedback", status_code=204)
    def judge(request: Request, judged: Judged) -> None:
        exchanges = room.kept.read(reader_of(request).name, judged.conversation)
        _insist(judged.turn <= len(exchanges))
        exchange = exchanges[judged.turn - 1]
        room.drafts.add(draft_line(exchange, judged.verdict, room.desk.today()))


def _query(request: Request) -> str:
    return request.url.query


def _insist(found: bool) -> None:
    if not found:
        raise HTTPException(404)
