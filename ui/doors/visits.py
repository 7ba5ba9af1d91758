"""The door of a page that keeps no cookie: a token for an address that stands for its reader."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from ui.identity import reader_of
from ui.identity.visits import LASTS, Visits


class Visit(BaseModel):
    """Where the page goes on; the path is relative to the root of this server."""

    path: str
    seconds: int


def visit_door(visits: Visits) -> APIRouter:
    """`POST /visits`: whoever is known gets a path beneath which they stay known."""
    router = APIRouter()

    @router.post("/visits")
    def begin(request: Request) -> Visit:
        return Visit(path=f"s/{visits.begin(reader_of(request))}/", seconds=LASTS)

    return router
