"""How long a whole answer takes, with the reader in the box and without: tests.bench.answers."""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, islice, zip_longest
from pathlib import Path

import click

from assistant.assistant import Assistant
from assistant.reader import open_reader
from assistant.reader.training.paragraphs import Paragraph, read_piaf, read_squad
from ingest.archive import opened_archive
from ingest.encoder import open_encoder
from ingest.ledger import open_ledger
from tests.bench.page import ANSWERS, put_section, table
from tests.bench.retrieval import ASKED, TODAY, WARMING, milliseconds, spread
from tests.serving import archive_from

_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_SQUAD, _PIAF = "squad-train-v1.1.jsonl.gz", "piaf-train.json.gz"
_FIRST, _DAYS = date(2023, 7, 1), 365
_READERS = {"the reader in the box": "", "none": "none"}
_SECTION = """
Written by `python -m tests.bench.answers --data DIR --articles {articles}`: milliseconds from a
question to the last word of its answer, without a language model, on {cores} cores. The archive
holds {passages:,} passages of paragraphs of SQuAD (English) and PIAF (French), one an article;
{asked} of their own questions, in both languages by turns, none asked before. {load:.1f} processes
wanted to run at the start.

{answers}
"""


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True
)
@click.option("--articles", type=click.IntRange(min=500), default=4000)  # each question once
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), default=_PAGE)
def main(data: Path, articles: int, page: Path) -> None:
    """Put questions to an archive of both languages, and write down how long answers take."""
    paragraphs = list(islice(_by_turns(data), articles))
    questions = [one.asked[0].question for one in paragraphs if one.asked]
    step = (len(questions) // (ASKED + WARMING) - 1) | 1  # odd, so that both languages are asked
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "articles.jsonl"
        file.write_text("\n".join(map(_as_line, range(articles), paragraphs)), "utf-8")
        archive = archive_from(file, Path(place))
        rows = [
            [name, *_ask(archive, reader, questions[::step])] for name, reader in _READERS.items()
        ]
        passages = open_ledger(str(archive / "ledger.sqlite3")).holdings().passages
    section = _SECTION.format(
        articles=articles,
        cores=len(os.sched_getaffinity(0)),
        passages=passages,
        asked=ASKED,
        load=load,
        answers=table(("reader", "p50", "p95"), rows),
    )
    click.echo(section)
    put_section(page, ANSWERS, section)


def _by_turns(data: Path) -> Iterator[Paragraph]:
    """Paragraphs of both languages by turns, as long as both last, then the rest of one."""
    both = zip_longest(read_squad(data / _SQUAD), read_piaf(data / _PIAF))
    return (one for one in chain.from_iterable(both) if one)


def _as_line(number: int, paragraph: Paragraph) -> str:
    return json.dumps(
        {
            "id": f"p{number}",
            "title": f"{paragraph.title} ({number})",
            "text": " ".join(paragraph.sentences),
            "language": paragraph.language,
            "date": str(_FIRST + timedelta(days=number % _DAYS)),
        },
        ensure_ascii=False,
    )


def _ask(folder: Path, reader: str, questions: Sequence[str]) -> list[str]:
    """The median and the 95th percentile of what answers take, in milliseconds."""
    opener = open_encoder("").remembering  # as a server opens it: a question is encoded once
    with opened_archive(folder, opener) as archive:
        assistant = Assistant(archive, reader=open_reader(reader, "balanced"))
        taken = milliseconds(lambda text: list(assistant.ask(text, today=TODAY)), questions)
    return [f"{value:.0f}" for value in spread(reader, taken).values()]


if __name__ == "__main__":
    main()
