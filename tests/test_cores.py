"""Work is shared out among the cores, and comes back whole and in order."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import torch
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader import Page
from assistant.reader.box import open_box
from ingest.encoder.cores import claim_cores, one_thread_a_core, share_out

LONG = "which " + "harbour, or which " * 60 + "town?"  # more than is read of a question
PAGES = [Page("The port", f"Pier {number} closed on Monday. " * 3 * number) for number in range(9)]


@given(st.lists(st.text(max_size=9)))
def test_each_text_is_worked_on_once_and_keeps_its_place(texts: list[str]) -> None:
    seen: list[str] = []

    def shout(some: list[str]) -> list[str]:
        seen.extend(some)
        return [text.upper() for text in some]

    assert share_out(shout, texts, len) == [text.upper() for text in texts]
    assert sorted(seen) == sorted(texts)


def test_texts_of_like_length_are_worked_on_together() -> None:
    sizes: list[tuple[int, int]] = []

    def note(some: list[str]) -> list[str]:
        sizes.append((len(some[-1]), len(some[0])))
        return some

    share_out(note, ["x" * (number * 37 % 100) for number in range(100)], len)
    sizes.sort()
    assert len(sizes) > 3
    assert all(longest <= shortest for (_, longest), (shortest, _) in pairwise(sizes))


@given(st.integers(2, 64))
def test_each_core_has_as_many_portions_and_a_second_one_where_there_is_enough(texts: int) -> None:
    portions: list[int] = []

    def note(some: list[int]) -> list[int]:
        portions.append(len(some))
        return some

    share_out(note, list(range(texts)), abs)
    count, cores = len(portions), claim_cores()
    assert count % cores == 0 or count < cores
    assert count >= min(cores, texts // 2)
    assert count >= 2 * cores or texts < 4 * cores


def test_a_core_computes_alone() -> None:
    claim_cores()
    with one_thread_a_core("cpu") as pool:
        assert pool.submit(torch.get_num_threads).result() == 1
    threads: list[int] = []
    fresh = threading.Thread(target=lambda: threads.append(torch.get_num_threads()))
    fresh.start()
    fresh.join()
    assert threads == [1]


def test_readers_at_once_read_as_one_does() -> None:
    reader = open_box("balanced")
    questions = [f"{number}: {LONG}" for number in range(40)]

    def logits(question: str) -> list[float]:
        return [reading.logit for reading in reader.read(question, PAGES)]

    with ThreadPoolExecutor(8) as threads:
        at_once = list(threads.map(logits, questions))
    reader = open_box("balanced")  # which has kept nothing
    assert at_once == [logits(question) for question in questions]
