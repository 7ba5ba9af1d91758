"""What a caller is told when nothing comes of a request: one shape on every door."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.query import LONGEST_QUESTION
from ui.words import pick_language, word

PATIENCE = {"Retry-After": "60"}  # seconds
_STATUS = {"often": 429, "stopping": 503}  # of what passes by itself


def refuse(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A response that says why, as clients of OpenAI's protocol expect it too."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def refuse_question(request: Request, error: Exception) -> JSONResponse:
    """A response to a question that can't be asked, in the language of its reader."""
    reason = str(error)
    language = pick_language("", "", request.headers.get("accept-language", ""))
    said = word(reason, language, longest=str(LONGEST_QUESTION))
    status = _STATUS.get(reason, 422)
    return refuse(status, reason, said, PATIENCE if reason in _STATUS else None)
