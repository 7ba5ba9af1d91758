"""The page that says how fast it is, and on what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ingest.intake import Report
from tests.bench.machine import describe_machine
from tests.bench.retrieval import Figures

_PAGE = """# Performance

`make bench` measures and writes this page. Each figure of encoding and ingest is the median of
{rounds} runs; contenders take turns, each run is a process of its own.

## The machine

{machine}

## Encoding

{encoded:.0f} passages of news with their titles, by the same model on four engines: as ingest runs
it, by `SentenceTransformer.encode` in float32 with its default settings, and by onnxruntime in
float32 and with weights in int8, batches sorted by length. Recall@5 is that of likeness alone, the
mean of the development questions of four pairs of languages.

{encoding}

## Ingest

{read:.0f} articles: read, cut, encoded, kept and indexed; opening the model is not counted.
Beside it LangChain's usual way: `RecursiveCharacterTextSplitter` (1,000 characters, 200 of
overlap), `HuggingFaceEmbeddings` on all-MiniLM-L6-v2, `Chroma.from_documents`. Dépêche cuts
{cut:.0f} passages of at most three sentences, the splitter {chunks:.0f} chunks.

{ingest}

The same articles a second time take {again:.3f} seconds, {faster:.0f} times less than the first.

## Retrieval

Milliseconds from a question to its ten passages: understood, encoded, searched for in two languages
by meaning and words, fused, looked up. Beside it a bare `collection.query` for ten of the same
vectors in one collection, which has no question to encode. Vectors and texts are generated.

{retrieval}
"""

_ENGINES = {
    "ours": "Dépêche",
    "plainly": "SentenceTransformer.encode, float32",
    "onnx": "onnxruntime, float32",
    "int8": "onnxruntime, int8",
}

ANSWERS = "Answers"
CROWD = "Two hundred readers at once"
CAPACITY = "Capacity"
_MEASURED_APART = re.compile(rf"^(## (?:{ANSWERS}|Growth|{CROWD}|{CAPACITY}).*\n)", re.MULTILINE)
_GROWTH = """
{articles:,} articles in one process, written by `python -m tests.bench.growth {options}`: six to
eight sentences of the European Parliament each, half English, half French, every tenth a copy.
Read, checked for copies, cut into {passages:,} passages, encoded (by {encoder}) and kept in
{kept:,.0f} s, in the indexes after another {indexing:,.0f} s. The most memory held: {peak:,.0f} MB.

![Processor time an article, and memory](pictures/{picture})

{table}

The processor's time tells whether anything grows: seconds depend on what else the machine does.
"""


def write_page(
    encoding: Mapping[str, Figures],
    found: Mapping[str, float],
    ingesting: Mapping[str, Figures],
    retrieval: Mapping[int, Figures],
    *,
    rounds: int,
) -> str:
    """The whole page in Markdown."""
    ours, theirs = ingesting["ingest ours"], ingesting["ingest langchain"]
    return _PAGE.format(
        rounds=rounds,
        machine="\n".join(f"- {name}: {value}" for name, value in describe_machine()),
        encoded=encoding["encode ours"]["encoded"],
        encoding=_encoding_table(encoding, found),
        read=ours["read"],
        cut=ours["cut"],
        chunks=theirs["cut"],
        ingest=_ingest_table(ours, theirs),
        again=ours["again"],
        faster=ours["seconds"] / ours["again"],
        retrieval=_retrieval_table(retrieval),
    )


def write_growth(rows: Iterable[Sequence[str]], report: Report, **measured: str | float) -> str:
    """The section on how an archive grows."""
    header = (
        "articles",
        "articles a second",
        "ms of processor an article",
        "of which without the encoder",
        "memory, MB",
    )
    return _GROWTH.format(
        articles=report.articles,
        passages=report.passages,
        table=table(header, rows),
        **measured,
    )


def put_section(page: Path, heading: str, section: str) -> None:
    """Write what a command of its own measured at the end of the page, in the old one's place."""
    rest, *parts = _MEASURED_APART.split(_read(page))
    sections = dict(zip(parts[::2], parts[1::2], strict=True)) | {f"## {heading}\n": section}
    grown = "\n\n".join(f"{name}{text.rstrip()}" for name, text in sorted(sections.items()))
    page.write_text(f"{rest.rstrip()}\n\n{grown}\n", "utf-8")


def sections_of(page: Path) -> str:
    """These sections as the page has them: measuring the rest leaves them as they are."""
    _, *parts = _MEASURED_APART.split(_read(page))
    return "".join(["\n", *parts]) if parts else ""


def _read(page: Path) -> str:
    return page.read_text("utf-8") if page.is_file() else ""


def _encoding_table(encoding: Mapping[str, Figures], found: Mapping[str, float]) -> str:
    plainly = encoding["encode plainly"]["passages"]

    def row(engine: str, name: str) -> tuple[str, ...]:
        figures = encoding[f"encode {engine}"]
        times, recall = figures["passages"] / plainly, found.get(engine)
        return (
            name, f"{figures['passages']:.0f}", f"{times:.2f}",
            "-" if recall is None else f"{recall:.3f}", f"{figures['memory']:.0f}",
        )  # fmt: skip

    return table(
        ("", "passages a second", "times", "recall@5", "peak memory, MB"),
        [row(engine, name) for engine, name in _ENGINES.items()],
    )


def _ingest_table(ours: Figures, theirs: Figures) -> str:
    header = ("", "articles a second", "times", "passages a second", "times", "peak memory, MB")
    rows = [("Dépêche", ours), ("LangChain", theirs)]
    return table(header, [_ingest_row(name, figures, theirs) for name, figures in rows])


def _ingest_row(name: str, figures: Figures, theirs: Figures) -> tuple[str, ...]:
    rates = [
        cell
        for rate in ("articles", "passages")
        for cell in (f"{figures[rate]:.1f}", f"{figures[rate] / theirs[rate]:.2f}")
    ]
    return name, *rates, f"{figures['memory']:.0f}"


def _retrieval_table(retrieval: Mapping[int, Figures]) -> str:
    names = ("search p50", "search p95", "question p50", "bare p50", "bare p95")
    header = (
        "passages",
        "p50",
        "p95",
        "of which encoding the question",
        "bare query p50",
        "bare query p95",
        "peak memory, MB",
    )
    rows = [
        (f"{size:,}", *(f"{found[name]:.1f}" for name in names), f"{found['memory']:.0f}")
        for size, found in retrieval.items()
    ]
    return table(header, rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    align = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, align, *rows))
