"""Readers' verdicts on answers become draft lines for `depeche eval`."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Literal, Protocol
from uuid import uuid4

from sqlalchemy import delete, select

from assistant.language import question_language
from ingest.archive import create_folder
from ingest.ledger import Ledger
from ingest.site import Where, site_of
from ui.conversation import Exchange
from ui.kept.tables import drafts, make_tables

Verdict = Literal["right", "wrong", "unsupported", "outdated", "missing"]


class Drafts(Protocol):
    """Where draft lines are kept."""

    def add(self, line: dict[str, object]) -> None:
        """Keep one line, whole."""

    def forget(self, articles: Collection[str]) -> None:
        """Remove the lines that name some articles."""

    def written(self) -> str:
        """All lines, the first one first."""


@dataclass(frozen=True, slots=True)
class FiledDrafts:
    """The file of draft lines in an archive's folder."""

    path: Path
    writing: Lock

    def add(self, line: dict[str, object]) -> None:
        """Append one line, whole."""
        with self.writing, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def forget(self, articles: Collection[str]) -> None:
        """Remove the lines that name some articles; by hand a line may have become no JSON."""
        with self.writing:
            if self.path.exists():
                lines = self.path.read_text("utf-8").splitlines(keepends=True)
                left = [line for line in lines if not _names_any(line, articles)]
                beside = self.path.with_suffix(".new")
                beside.write_text("".join(left), "utf-8")
                beside.replace(self.path)

    def written(self) -> str:
        """All lines, the first one first."""
        return self.path.read_text("utf-8", errors="replace") if self.path.exists() else ""


@dataclass(frozen=True, slots=True)
class LedgerDrafts:
    """Draft lines beside a ledger on a server, from whichever process they came."""

    ledger: Ledger

    def add(self, line: dict[str, object]) -> None:
        """Keep one line, whole."""
        with self.ledger.beside() as connection:
            written = json.dumps(line, ensure_ascii=False)
            connection.execute(drafts.insert().values(line=written))

    def forget(self, articles: Collection[str]) -> None:
        """Remove the lines that name some articles."""
        with self.ledger.writing() as connection:
            for row in connection.execute(select(drafts)).all():
                if _names_any(row.line, articles):
                    connection.execute(delete(drafts).where(drafts.c.number == row.number))

    def written(self) -> str:
        """All lines, the first one first."""
        with self.ledger.engine.connect() as connection:
            lines = connection.scalars(select(drafts.c.line).order_by(drafts.c.number))
            return "".join(f"{line}\n" for line in lines)


def open_drafts(where: Where) -> Drafts:
    """The drafts of an archive."""
    site = site_of(where)
    if not site.ledger:
        return FiledDrafts(site.folder / "feedback.jsonl", Lock())
    ledger = create_folder(site)
    make_tables(ledger)
    return LedgerDrafts(ledger)


def copy_drafts(now: Where, then: Where) -> None:
    """Bring the drafts of an archive to where it moves."""
    moved = open_drafts(then)
    for line in open_drafts(now).written().splitlines():
        if line.strip() and line not in moved.written():
            moved.add(json.loads(line))


def _names_any(line: str, articles: Collection[str]) -> bool:
    return any(json.dumps(each, ensure_ascii=False) in line for each in articles)


def draft_line(exchange: Exchange, verdict: Verdict, today: date) -> dict[str, object]:
    """A question as `depeche eval` reads it.

    Where the answer was right its first quote is the evidence; else somebody has to fill in what
    the answer should have been, and until then the line has no article.
    """
    answer = exchange.answer
    cited = answer.citations[0] if answer and answer.citations else None
    right = verdict == "right" and cited is not None
    return {
        "id": f"reader-{uuid4().hex[:12]}",
        "question": exchange.question,
        "language": question_language(exchange.question),
        "article": cited.article.id if right and cited else None,
        "answer": None,
        "evidence": [cited.quote] if right and cited else [],
        "asked": today.isoformat(),
        "verdict": verdict,
        "given": answer.text if answer else None,
        "cited": [each.article.id for each in answer.citations] if answer else [],
    }
