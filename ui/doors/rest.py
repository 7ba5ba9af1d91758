"""REST: ask, search, read an article."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.answer import Answer
from assistant.contract import answer_as_json, search_as_json
from ingest.articles import Article
from ui.doors import shapes
from ui.doors.asking import Asked, Asking, report_incident
from ui.identity import reader_of
from ui.refusals import refuse

STREAMED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # a proxy must not collect

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": shapes.Refusal} for status in (401, 404, 429)
}


def rest_doors(asking: Asking) -> APIRouter:
    """`/api/ask`, `/api/search` and `/api/articles/{id}`."""
    router = APIRouter(prefix="/api", responses=_REFUSALS)

    @router.post("/ask", response_model=shapes.Answer)
    def ask(wanted: shapes.Question, request: Request) -> Response:
        """Answer a question; with `Accept: text/event-stream`, as the answer grows."""
        growing = asking.ask(_asked(wanted, request))
        if "text/event-stream" not in request.headers.get("accept", ""):
            *_, whole = growing
            return JSONResponse(answer_as_json(whole))
        begun = chain([next(growing)], growing)  # a refusal comes before the stream does
        return StreamingResponse(_events(begun), media_type="text/event-stream", headers=STREAMED)

    @router.get("/search", response_model=list[shapes.Passage])
    def search(wanted: Annotated[shapes.Search, Query()], request: Request) -> Response:
        """List the passages that fit a question best."""
        return JSONResponse(search_as_json(asking.search(_asked(wanted, request), wanted.count)))

    @router.get("/articles/{article_id:path}", response_model=shapes.WholeArticle)
    def article(article_id: str, request: Request) -> Response:
        """An article in its last version."""
        found = asking.article(article_id, reader_of(request))
        if found is None:
            return refuse(404, "unknown", "no such article")
        return JSONResponse(article_as_json(found))

    return router


def article_as_json(article: Article) -> dict[str, str | None]:
    """A whole article, its dates as printed."""
    dates = {"published": article.published, "updated": article.updated}
    plain = ("source", "title", "outlet", "language", "text", "byline", "url", "kind", "status")
    return {
        "article": article.id,
        **{name: getattr(article, name) for name in (*plain, "note")},
        **{name: said.text if said else None for name, said in dates.items()},
    }


def _asked(wanted: shapes.Question | shapes.Search, request: Request) -> Asked:
    language = wanted.language if isinstance(wanted, shapes.Question) else None
    filters = wanted.filters()
    return Asked(wanted.question, reader_of(request), "api", language=language, filters=filters)


def _events(growing: Iterator[Answer]) -> Iterator[str]:
    """An answer as server-sent events: `answer` each time it grew, then `done`."""
    try:
        for answer in growing:
            yield _event("answer", answer_as_json(answer))
        yield _event("done", {})
    except Exception as error:  # the response has begun: it can only say so
        yield _event("error", {"code": "failed", "message": report_incident(error)})


def _event(name: str, said: object) -> str:
    return f"event: {name}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"
