"""Archives and questions to tune with, made of public question sets and of parliament's debates.

python -m tests.quality.paragraphs questions squad-dev-v2.0.jsonl.gz FOLDER
python -m tests.quality.paragraphs questions piaf-dev.json.gz FOLDER
python -m tests.quality.paragraphs distractors parallel.en-fr.tsv.xz FOLDER

Each writes articles.jsonl, which `depeche ingest` reads; the first two also eval.jsonl, which
`depeche eval` reads.
"""

import gzip
import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click

from ingest.cleaning import clean_text
from ingest.sentences import split_sentences

_SEED = 1
_SENTENCES = 8  # of a distracting article
_FEWEST_WORDS = 4  # of a distracting sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a paragraph; no answer where the paragraph has none."""

    id: str
    text: str
    answer: str
    start: int = 0  # about where the answer begins in the paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an encyclopedia, as an article, with what is asked about it."""

    id: str
    title: str
    text: str
    language: str
    asked: tuple[Asked, ...]


@click.group()
def main() -> None:
    """Make archives and questions to tune with."""


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", default=400, help="How many questions that have an answer.")
@click.option("--unanswerable", default=0, help="And how many that have none.")
@click.option("--whole", is_flag=True, help="Keep paragraphs that no question is about, too.")
def questions(source: Path, folder: Path, count: int, unanswerable: int, whole: bool) -> None:
    """Make an archive of paragraphs and questions about them, from SQuAD or PIAF."""
    paragraphs = list(_read_piaf(source) if source.name.startswith("piaf") else _read_squad(source))
    lines = [(one, _line(one, asked)) for one in paragraphs for asked in one.asked]
    known = [pair for pair in lines if pair[1]["evidence"]]
    unknown = [pair for pair in lines if not pair[1]["article"]]
    chosen = _sample(known, count) + _sample(unknown, unanswerable)
    used = {one.id for one, _ in chosen}
    articles = [_article(one) for one in paragraphs if whole or one.id in used]
    _write(folder / "articles.jsonl", articles)
    _write(folder / "eval.jsonl", [line for _, line in chosen])
    click.echo(f"{len(articles)} articles, {len(chosen)} questions")


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sentences", default=20_000, help="How many sentences.")
def distractors(source: Path, folder: Path, sentences: int) -> None:
    """Make an archive of English debates, in which no question has its answer."""
    chosen = list(islice(_debates(source), sentences))
    starts = range(0, len(chosen), _SENTENCES)
    articles = [
        {
            "id": f"debate-{start}",
            "language": "en",
            "text": " ".join(chosen[start : start + _SENTENCES]),
        }
        for start in starts
    ]
    _write(folder / "articles.jsonl", articles)
    click.echo(f"{len(articles)} articles, {len(chosen)} sentences")


def evidence_of(text: str, asked: Asked) -> list[str]:
    """The sentence of a text in which the answer stands, where one sentence holds all of it."""
    found = [match.start() for match in re.finditer(re.escape(asked.answer), text)]
    if not asked.answer or not found:
        return []
    begin = min(found, key=lambda place: abs(place - asked.start))
    spans = split_sentences(text)
    return [text[a:b] for a, b in spans if a <= begin and begin + len(asked.answer) <= b]


def _line(paragraph: Paragraph, asked: Asked) -> dict[str, Any]:
    answerable = bool(asked.answer)
    return {
        "id": asked.id,
        "question": asked.text,
        "language": paragraph.language,
        "article": paragraph.id if answerable else None,
        "answer": asked.answer or None,
        "evidence": evidence_of(paragraph.text, asked),
    }


def _article(paragraph: Paragraph) -> dict[str, str]:
    fields = ("id", "title", "text", "language")
    return {name: getattr(paragraph, name) for name in fields}


def _sample(lines: list[Any], count: int) -> list[Any]:
    """The same choice every time, in the order of the source."""
    places = random.Random(_SEED).sample(range(len(lines)), min(count, len(lines)))
    return [lines[place] for place in sorted(places)]


def _read_squad(source: Path) -> Iterator[Paragraph]:
    with gzip.open(source, "rt", encoding="utf-8") as file:
        for number, record in enumerate(map(json.loads, file)):
            name = f"squad-{number}"
            asked = tuple(
                Asked(f"{name}-{place}", one["q"], "" if one["impossible"] else one["answers"][0])
                for place, one in enumerate(record["qas"])
            )
            title = record["title"].replace("_", " ")
            yield Paragraph(name, title, clean_text(record["context"]), "en", asked)


def _read_piaf(source: Path) -> Iterator[Paragraph]:
    with gzip.open(source, "rt", encoding="utf-8") as file:
        pages = json.load(file)["data"]
    paragraphs = ((page["title"], each) for page in pages for each in page["paragraphs"])
    for number, (title, paragraph) in enumerate(paragraphs):
        asked = tuple(
            Asked(each["id"], each["question"], answer["text"], answer["answer_start"])
            for each in paragraph["qas"]
            for answer in each["answers"][:1]
        )
        yield Paragraph(f"piaf-{number}", title, clean_text(paragraph["context"]), "fr", asked)


def _debates(source: Path) -> Iterator[str]:
    """Different English sentences of the European Parliament, in the order of the source."""
    seen: set[str] = set()
    with lzma.open(source, "rt", encoding="utf-8") as file:
        for line in file:
            english, _, origin = line.rstrip("\n").split("\t")
            usual = origin == "europarl" and len(english.split()) >= _FEWEST_WORDS
            if usual and english not in seen:
                seen.add(english)
                yield english


def _write(path: Path, lines: Iterable[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
