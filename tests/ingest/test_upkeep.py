import os
import sqlite3
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import EncoderMismatchError, existing_ledger, opened_archive
from ingest.articles import Article
from ingest.encoder import Encoder, EncoderUnavailableError
from ingest.forgetting import Wanted, find_doomed, forget
from ingest.health import examine
from ingest.index.shelf import current_generation
from ingest.ledger import open_ledger
from ingest.owner import ArchiveOwnedError, owning, owning_alone
from ingest.passages import Passage
from ingest.reindexing import reindex
from ingest.serving import EncoderReplacedError
from ingest.site import Site
from ingest.versions import Prepared
from tests.conftest import Ingest, WordCount, passages_held, word_count_encoder
from tests.ingest.crash import start_child
from tests.ingest.test_intake import texts_found, write_lines

APPLES = {"id": "a", "text": "Red apples fell.", "outlet": "Gazette", "published": "2024-01-05"}
PEARS = {"id": "b", "text": "Red pears rose.", "outlet": "Courier", "published": "2024-02"}
PLUMS = {"id": "c", "text": "Red plums hung.", "outlet": "Courier"}


@pytest.fixture
def filled(tmp_path: Path, folder: Path, ingest: Ingest) -> Path:
    """An archive with everything in its folder."""
    ingest(write_lines(tmp_path / "a.jsonl", APPLES, PEARS, PLUMS))
    return folder


@pytest.fixture
def held(tmp_path: Path, site: Site, ingest: Ingest) -> Site:
    """The same wherever this test has its archive."""
    ingest(write_lines(tmp_path / "a.jsonl", APPLES, PEARS, PLUMS))
    return site


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(article="a"), ["a"]),
        (Wanted(outlet="Courier"), ["b", "c"]),
        (Wanted(before=date(2024, 2, 29)), ["a"]),
        (Wanted(before=date(2024, 3, 1)), ["a", "b"]),
        (Wanted(outlet="Courier", before=date(2024, 3, 1)), ["b"]),
        (Wanted(), []),
    ],
    ids=["one", "an outlet", "a month not over", "a month over", "both", "nothing asked"],
)
@pytest.mark.everywhere
def test_only_what_fits_is_forgotten(held: Site, wanted: Wanted, ids: list[str]) -> None:
    doomed = find_doomed(existing_ledger(held), wanted)
    assert [each.id for each in doomed] == ids


def test_what_is_forgotten_is_in_no_file_of_the_archive(filled: Path) -> None:
    ledger = open_ledger(str(filled / "ledger.sqlite3"))
    assert forget(filled, find_doomed(ledger, Wanted(outlet="Courier"))) is True
    assert texts_found(filled, "red pears plums") == ["Red apples fell."]
    held = [file for file in filled.rglob("*") if file.is_file() and b"pears" in file.read_bytes()]
    assert held == []


@pytest.mark.everywhere
def test_a_running_owner_forgets_what_another_process_removes(held: Site) -> None:
    with opened_archive(held, word_count_encoder) as owner:
        assert owner.index
        assert forget(held, find_doomed(owner.ledger, Wanted(article="a"))) is False
        assert owner.follow() == 1
        assert passages_held(owner) == {2}


class Reversed(WordCount):
    """Another encoder: the same words at other places."""

    def encode_document(self, inputs: list[str], **options: object) -> object:
        return super().encode_document(inputs, **options).flip(1)

    encode_query = encode_document


def other_encoder() -> Encoder:
    return Encoder("reversed", "1" * 64, 512, "float64 on cpu", Reversed())


@pytest.mark.everywhere
def test_another_encoder_is_refused_until_a_reindex(held: Site) -> None:
    with (
        pytest.raises(EncoderMismatchError, match="depeche reindex"),
        opened_archive(held, other_encoder),
    ):
        pass
    counts: list[tuple[int, int]] = []
    done = reindex(held, other_encoder, lambda *count: counts.append(count))
    assert (done.encoded, done.passages, done.dropped) == (3, 3, True)
    assert counts == [(3, 3)]
    with opened_archive(held, other_encoder) as archive:
        vector = archive.encoder.encode_questions(["red pears rose"])[0]
        [(number, score), *_] = archive.meaning.nearest(vector, "en", 3, None)
        assert archive.ledger.passages([number])[number].passage == Passage(0, 15)
        assert score > 0.99
        assert [each.name for each in archive.ledger.encoders()] == ["reversed"]
    assert len(list((held.folder / "index").iterdir())) == 1
    with pytest.raises(EncoderMismatchError), opened_archive(held, word_count_encoder):
        pass


@pytest.mark.everywhere
def test_a_reindex_goes_on_where_it_was_killed(held: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reindexing._PAGE", 1)

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(held, other_encoder, stop)
    assert texts_found(held, "red apples")  # the old encoder still answers
    assert reindex(held, other_encoder, lambda *_: None).encoded == 1


@pytest.mark.everywhere
def test_vectors_of_a_replaced_encoder_are_refused(held: Site) -> None:
    ledger = existing_ledger(held)
    former = ledger.serving()
    assert former
    reindex(held, other_encoder, lambda *_: None)
    prepared = Prepared(Article("d", "Late.", "Late."), (), ())
    with pytest.raises(EncoderReplacedError):
        ledger.keep([prepared], former)


@pytest.mark.everywhere
def test_a_vector_without_direction_is_refused(held: Site) -> None:
    with opened_archive(held, word_count_encoder) as archive:
        for bad in (np.zeros(512, np.float16), np.full(512, np.nan, np.float16)):
            with pytest.raises(ValueError, match="without a direction"):
                archive.meaning.nearest(bad, "en", 3, None)


def test_an_encoder_that_gives_nothing_is_refused() -> None:
    class Broken(WordCount):
        def encode_document(self, inputs: list[str], **options: object) -> object:
            return super().encode_document(inputs, **options) * float("nan")

    with pytest.raises(EncoderUnavailableError, match="no usable vector"):
        Encoder("broken", "2" * 64, 512, "", Broken()).encode_passages(["a"])


def test_a_doctor_finds_all_well_and_says_what_it_mended(filled: Path) -> None:
    well = examine(filled, word_count_encoder)
    assert (well.is_well, well.index and well.index.mended) == (True, "")
    [place] = (filled / "index").iterdir()
    generation = current_generation(place)
    assert generation
    (generation / "meaning" / "chroma.sqlite3").unlink()
    mended = examine(filled, word_count_encoder)
    assert mended.index
    assert "IndexDamagedError: 0 of" in mended.index.mended
    with opened_archive(filled, word_count_encoder):
        busy = examine(filled, word_count_encoder)
        assert busy.index
        assert str(os.getpid()) in busy.index.owner


def test_a_doctor_names_a_damaged_ledger_and_another_encoder(filled: Path) -> None:
    [problem] = examine(filled, other_encoder).problems
    assert "depeche reindex" in problem
    with sqlite3.connect(filled / "ledger.sqlite3") as connection:  # heeds no foreign key
        connection.execute("DELETE FROM encoders")
    assert "a row of vectors refers to nothing" in examine(filled, word_count_encoder).problems[0]


def hold(folder: Path) -> None:
    with owning(folder, 10):
        (folder / "held").touch()
        time.sleep(60)


def test_a_second_owner_is_refused_by_name_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    for _ in range(50):
        child = start_child(hold, tmp_path)
        while not (tmp_path / "held").exists():
            time.sleep(0.005)
        started = time.monotonic()
        refused = pytest.raises(ArchiveOwnedError, match=f"process {child.pid} on ")
        with refused, owning_alone(tmp_path, "go on"):
            pass
        assert time.monotonic() - started < 1
        child.kill()
        child.join()
        (tmp_path / "held").unlink()
        with owning_alone(tmp_path, "go on"):
            pass


@pytest.mark.everywhere
def test_an_article_of_six_thousand_passages_is_kept_and_forgotten(held: Site) -> None:
    encoder = word_count_encoder()
    article = Article("long", "word " * 6000, "long", language="en")
    spans = tuple(Passage(start * 5, start * 5 + 4) for start in range(6000))
    vectors = tuple(encoder.encode_passages([f"w{each}" for each in range(6000)]))
    with opened_archive(held, word_count_encoder) as archive:
        assert archive.index
        archive.ledger.keep([Prepared(article, spans, vectors)], archive.known)
        archive.follow()
        assert passages_held(archive) == {6003}
        archive.ledger.keep([Prepared(replace(article, status="withdrawn"), (), ())], archive.known)
        archive.follow()
        assert passages_held(archive) == {3}


def test_a_collection_that_would_load_a_model_is_not_opened(filled: Path) -> None:
    from ingest.index.meaning import IndexDamagedError

    with opened_archive(filled, word_count_encoder) as archive:
        assert archive.index
        client = archive.index.meaning.client
        client.get_or_create_collection("stranger", embedding_function=None, configuration={})
        with pytest.raises(IndexDamagedError, match="'stranger' is not ours"):
            archive.index.meaning.refuse_strangers()


def test_a_store_that_gives_way_while_it_serves_is_replaced(filled: Path) -> None:
    with opened_archive(filled, word_count_encoder) as archive:
        assert archive.index
        vector = archive.encoder.encode_questions(["red apples fell"])[0]
        before = archive.meaning.nearest(vector, "en", 3, None)
        former = archive.index.generation
        former.close()  # what the process has open is gone
        again = archive.meaning.nearest(vector, "en", 3, None)
        assert [number for number, _ in again] == [number for number, _ in before]
        archive.follow()
        assert archive.index.generation is not former
        assert passages_held(archive) == {3}
