"""Readers' verdicts on answers become draft lines for `depeche eval`."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Literal
from uuid import uuid4

from assistant.language import question_language
from ui.conversation import Exchange

Verdict = Literal["right", "wrong", "unsupported", "outdated", "missing"]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The file of draft lines in an archive's folder."""

    path: Path
    writing: Lock

    def add(self, line: dict[str, object]) -> None:
        """Append one line, whole."""
        with self.writing, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def forget(self, articles: Collection[str]) -> None:
        """Remove the lines that name some articles; by hand a line may have become no JSON."""
        names = [json.dumps(each, ensure_ascii=False) for each in articles]
        with self.writing:
            if self.path.exists():
                lines = self.path.read_text("utf-8").splitlines(keepends=True)
                left = [line for line in lines if not any(name in line for name in names)]
                beside = self.path.with_suffix(".new")
                beside.write_text("".join(left), "utf-8")
                beside.replace(self.path)


def open_drafts(archive: Path) -> Drafts:
    """The drafts of an archive."""
    return Drafts(archive / "feedback.jsonl", Lock())


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
