"""Parallel sentences, cleaned and chosen, with passages and questions made from them."""

import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.encoder.training.plan import Plan

LONGEST = 34  # words; about 48 tokens, where a batch on two cores still takes under two seconds

SPEAKER_LANGUAGE = re.compile(r"^\([A-Z]{2}\)\s*")  # Europarl's "(EL) Madam President"
ELISION = re.compile(r"\bque (?=[aeiouyàâéèêîô])", re.IGNORECASE)

# Few real question pairs exist; a frame turns any sentence into one with the same meaning.
FRAMES = (
    ("Who said that {}?", "Qui a dit que {} ?"),
    ("When was it said that {}?", "Quand a-t-on dit que {} ?"),
    ("Why is it that {}?", "Pourquoi est-ce que {} ?"),
    ("Is it true that {}?", "Est-il vrai que {} ?"),
    ("Where was it decided that {}?", "Où a-t-on décidé que {} ?"),
    ("How do we know that {}?", "Comment sait-on que {} ?"),
    ("What does it mean that {}?", "Que signifie le fait que {} ?"),
    ("How many people think that {}?", "Combien de personnes pensent que {} ?"),
    ("In which year was it announced that {}?", "En quelle année a-t-on annoncé que {} ?"),
    ("Which country says that {}?", "Quel pays affirme que {} ?"),
    ("To whom was it explained that {}?", "À qui a-t-on expliqué que {} ?"),
    ("What is the reason that {}?", "Quelle est la raison pour laquelle {} ?"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in English and in French."""

    english: str
    french: str


def read_pairs(path: Path) -> Iterator[tuple[str, Pair]]:
    """Every usable pair of a file with its source: neither long nor of unlike lengths."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            english, french, source = line.rstrip("\n").split("\t")
            pair = Pair(SPEAKER_LANGUAGE.sub("", english), SPEAKER_LANGUAGE.sub("", french))
            if is_usable(pair):
                yield source, pair


def is_usable(pair: Pair) -> bool:
    """Whether both sides hold words, few enough, and about as many."""
    english, french = len(pair.english.split()), len(pair.french.split())
    return (
        0 < english <= LONGEST and 0 < french <= LONGEST and abs(english - french) < 4 + french / 2
    )


def choose_pairs(path: Path, plan: Plan, chance: random.Random) -> list[Pair]:
    """All question pairs, a share of the rest of each source, and what is made of them."""
    questions, rest = sort_pairs(path)
    for pairs in rest.values():
        chance.shuffle(pairs)
    chosen = [pair for source, count in plan.shares for pair in rest[source][:count]]
    joined = join_pairs(chance.choices(rest["tatoeba"], k=3 * plan.joined), chance)
    wrapped = [
        wrap_pair(pair, chance.choice(FRAMES)) for pair in chance.sample(chosen, plan.wrapped)
    ]
    return questions + chosen + joined + wrapped


def sort_pairs(path: Path) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """The questions among the pairs, and the others by source."""
    questions: list[Pair] = []
    rest: dict[str, list[Pair]] = defaultdict(list)
    for source, pair in read_pairs(path):
        is_question = pair.english.endswith("?") and pair.french.endswith("?")
        (questions if is_question else rest[source]).append(pair)
    return questions, rest


def join_pairs(pairs: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """Passages of two or three unrelated sentences: articles are read by the passage."""
    joined: list[Pair] = []
    for start in range(0, len(pairs), 3):
        part = pairs[start : start + chance.choice((2, 3))]
        english, french = (pair.english for pair in part), (pair.french for pair in part)
        joined.append(Pair(" ".join(english), " ".join(french)))
    return joined


def wrap_pair(pair: Pair, frame: tuple[str, str]) -> Pair:
    """A pair put into the frame of a question."""
    english, french = (side.rstrip(" .!?") for side in (pair.english, pair.french))
    return Pair(
        frame[0].format(english[:1].lower() + english[1:]),
        ELISION.sub("qu'", frame[1].format(french[:1].lower() + french[1:])),
    )
