"""Sixty conversations of three turns keep their subject; twenty changes of topic let go of it."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Searched
from assistant.conversation import Turn, stand_alone
from assistant.model import Model
from assistant.names import mentions
from tests.openai_server import model_at, speaking

HERE = Path(__file__).parent
MOST = 54  # of 60 that must keep their subject
FAULTS = ("", "I cannot say.", "Who won in Atlantis?", "<b>Why?</b>")  # every other reply


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


CONVERSATIONS, CHANGES = lines("conversations.jsonl"), lines("changes_of_topic.jsonl")
WHOLE = {turn["ask"]: turn["whole"] for each in CONVERSATIONS for turn in each["then"]}


def told(question: str, language: Any, searched_for: str | None = None) -> Turn:
    answer = Answer(language, "answered", (), (), Searched(60, (), None), searched_for=searched_for)
    return Turn(question, answer)


def searched(conversation: dict[str, Any], model: Model | None) -> list[tuple[str, list[str]]]:
    """What each follow-up is searched for as, and the words that it must hold."""
    language = conversation["language"]
    history, found = [told(conversation["first"], language)], []
    for turn in conversation["then"]:
        alone = stand_alone(turn["ask"], history, model)
        found.append((alone.text, turn["holds"]))
        history.append(told(turn["ask"], alone.language or language, alone.text))
    return found


def keeps_subject(conversation: dict[str, Any], model: Model | None) -> bool:
    turns = searched(conversation, model)
    return all(mentions(word, text) for text, words in turns for word in words)


@pytest.fixture
def model() -> Iterator[Model]:
    """A model that completes a follow-up as it should every other time, and fails between."""
    faults = cycle(each for fault in FAULTS for each in (None, fault))

    def script(prompt: str) -> list[str]:
        fault = next(faults)
        asked = prompt.rsplit("Last question: ", 1)[1].strip()
        return [WHOLE[asked] if fault is None else fault]

    with speaking(script) as server, model_at(server.address) as opened:
        yield opened


def test_sixty_conversations_keep_their_subject_without_a_model() -> None:
    lost = [each["id"] for each in CONVERSATIONS if not keeps_subject(each, None)]
    assert len(CONVERSATIONS) == 60
    assert len(CONVERSATIONS) - len(lost) >= MOST, lost


def test_sixty_conversations_keep_their_subject_with_a_model_that_often_fails(model: Model) -> None:
    lost = [each["id"] for each in CONVERSATIONS if not keeps_subject(each, model)]
    assert len(CONVERSATIONS) - len(lost) >= MOST, lost


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change["id"]))
def test_a_change_of_topic_is_searched_for_as_typed(change: dict[str, Any]) -> None:
    history = [told(change["first"], change["language"])]
    assert stand_alone(change["then"], history).text == change["then"]
