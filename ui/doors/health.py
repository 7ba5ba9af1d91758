"""Whether it lives, whether it answers, and its figures."""

from fastapi import APIRouter, Response

from ui.doors.asking import Asking
from ui.refusals import refuse
from ui.stopping import Stopping


def health_doors(asking: Asking, stopping: Stopping) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def alive() -> dict[str, str | int]:
        return {"status": "ok", "articles": asking.assistant.searched().articles}

    @router.get("/readyz", response_model=None)
    def ready() -> Response | dict[str, str]:
        if stopping.begun.is_set():
            return refuse(503, "stopping", "the server is stopping")
        if not asking.assistant.searched().articles:
            return refuse(503, "empty", "the archive holds no article yet")
        return {"status": "ready"}

    @router.get("/metrics")
    def figures() -> Response:
        asking.figures.articles.set(asking.assistant.searched().articles)
        return Response(asking.figures.printed(), media_type="text/plain; version=0.0.4")

    return router
