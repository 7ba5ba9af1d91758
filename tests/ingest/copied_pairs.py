"""Pairs of articles as newsrooms make them: copied, cut, retitled, reordered; or only alike."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ingest.copies import compare_texts
from ingest.sentences import split_sentences

Record = dict[str, str]

PROJECT = Path(__file__).parents[2]
_DATELINE = re.compile(r"^[^.\n]{0,60} [–-] ")
_LONG = 80  # words: an article that can be cut and still be one


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, and whether they are one story."""

    kind: str
    one: Record
    other: Record

    @property
    def is_copy(self) -> bool:
        return self.kind not in ("same topic", "translated")


def demonstration() -> list[Record]:
    """The demonstration archive without its own copies and what is withdrawn."""
    files = sorted((PROJECT / "ingest" / "demonstration").glob("*.jsonl"))
    records = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [r for r in records if "copy" not in r["id"] and "copie" not in r["id"]
            and r.get("status") != "withdrawn"]  # fmt: skip


def translated_news(shared: Path, language: str) -> list[Record]:
    """Articles of NTREX in one language, in the order of every other."""
    lines = (shared / "data" / "ntrex" / f"articles.{language}.jsonl").read_text("utf-8")
    records = [json.loads(line) for line in lines.splitlines()]
    return [{key: record[key] for key in ("id", "title", "text")} | {"language": language,
             "outlet": record["id"].split(".")[0]} for record in records]  # fmt: skip


def make_pairs(records: list[Record], chance: random.Random, count: int) -> Iterator[Pair]:
    """Copies of every kind in turn, each of an article of its own."""
    long = [record for record in records if len(record["text"].split()) > _LONG]
    kinds = sorted(CHANGES)
    for place, record in enumerate(chance.sample(long, count)):
        kind = kinds[place % len(kinds)]
        text = CHANGES[kind](record["text"], chance)
        title = record["title"] if kind == "copied" else f"In short: {text.split('.')[0][:60]}"
        copy = {**record, "id": f"copy of {record['id']}", "outlet": "The Other Paper",
                "url": "", "text": text, "title": title}  # fmt: skip
        yield Pair(kind, record, copy)


def nearest_topics(records: list[Record], count: int) -> list[Pair]:
    """The different articles with most words in common: what must not be taken for copies."""
    alike = sorted(
        (pair for pair in combinations(records, 2) if pair[0]["language"] == pair[1]["language"]),
        key=lambda pair: -len(_names(pair[0]) & _names(pair[1])),
    )
    distinct = [
        pair for pair in alike if compare_texts(pair[0]["text"], pair[1]["text"]).of_shorter < 0.9
    ]
    return [Pair("same topic", *pair) for pair in distinct[:count]]


def _names(record: Record) -> set[str]:
    return set(re.findall(r"\b[A-ZÉÀ]\w{3,}", record["text"]))


def _copy(text: str, _chance: random.Random) -> str:
    return text


def _cut(text: str, chance: random.Random) -> str:
    """The first third to two thirds of the sentences."""
    ends = [end for _, end in split_sentences(text)]
    return text[: ends[int(len(ends) * chance.uniform(0.34, 0.67))]]


def _new_opening(text: str, _chance: random.Random) -> str:
    _, second = split_sentences(text)[:2]
    return "Our desk has learnt more about a story of the day.\n\n" + text[second[0] :]


def _new_agency_line(text: str, chance: random.Random) -> str:
    line = chance.choice(["PARIS (Reuters) – ", "LONDON, Nov 3 (AP) — ", "(avec AFP) "])
    return line + _DATELINE.sub("", text) + "\n\nWith agencies. / Avec les agences."


def _reorder(text: str, chance: random.Random) -> str:
    paragraphs = [text[start:end] for start, end in split_sentences(text)]
    whole = [" ".join(paragraphs[start : start + 3]) for start in range(0, len(paragraphs), 3)]
    chance.shuffle(whole)
    return "\n\n".join(whole)


def _rewrite(text: str, chance: random.Random) -> str:
    """A word in fifteen left out or put in, and every eighth sentence gone."""
    kept = [text[s:e] for n, (s, e) in enumerate(split_sentences(text)) if n % 8 != 5]
    words = " ".join(kept).split()
    changed = ([word, "also"] if chance.random() < 0.5 else [] for word in words)
    return " ".join(
        piece
        for word, change in zip(words, changed, strict=True)
        for piece in (change if chance.random() < 1 / 15 else [word])
    )


CHANGES = {
    "copied": _copy,
    "cut": _cut,
    "new opening": _new_opening,
    "agency line": _new_agency_line,
    "reordered": _reorder,
    "rewritten": _rewrite,
}
