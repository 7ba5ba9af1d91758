"""What readers asked in vain, and what they said of answers; without their names."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ingest.ledger import Ledger
from ui.kept.tables import conversations, exchanges

_LOOKED_AT = 2000  # exchanges, the last ones asked


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the archive did not answer."""

    question: str
    status: str  # "closest" or "not_found"
    asked: datetime  # when its conversation was last asked in


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict on an answer."""

    question: str
    verdict: str
    given: str
    asked: str  # the day


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What readers said: how often, and the last ones in full."""

    counts: dict[str, int]
    last: tuple[Judged, ...]


def find_unanswered(ledger: Ledger, shown: int) -> list[Unanswered]:
    """Questions without a clear answer in kept conversations, the last first, each once."""
    query = select(exchanges.c.written, conversations.c.touched).join(conversations)
    latest = query.order_by(conversations.c.touched.desc(), exchanges.c.turn.desc())
    with ledger.engine.connect() as connection:
        rows = connection.execute(latest.limit(_LOOKED_AT)).all()
    found: dict[str, Unanswered] = {}
    for written, touched in rows:
        fields = json.loads(written)
        status = (fields["answer"] or {}).get("status")
        question = " ".join(fields["question"].split())
        if status in ("closest", "not_found"):
            found.setdefault(question.casefold(), Unanswered(question, status, touched))
    return list(found.values())[:shown]


def read_verdicts(drafts: str, shown: int) -> Verdicts:
    """The draft lines of readers' verdicts; lines that somebody broke by hand are passed over."""
    lines = list(_lines(drafts))
    counts = Counter(str(line["verdict"]) for line in lines)
    last = [
        Judged(
            str(line.get("question", "")),
            str(line["verdict"]),
            str(line.get("given") or ""),
            str(line.get("asked", "")),
        )
        for line in reversed(lines)
    ]
    return Verdicts(dict(counts.most_common()), tuple(last[:shown]))


def _lines(drafts: str) -> Iterator[dict[str, Any]]:
    for written in drafts.splitlines():
        try:
            line = json.loads(written)
        except ValueError:
            continue
        if isinstance(line, dict) and "verdict" in line:
            yield line
