"""Questions made unanswerable: another name, figure, date, word or role of the same article."""

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.sentences import Span

Choice = tuple[re.Match[str], str]
Blurred = tuple[str, Span]

# Several capitalised words, or one that does not open a sentence.
_NAME = re.compile(
    r"(?<![.!?…]\s)(?<!^)\b[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s(?:(?:de|du|of|the|la|le)\s)?[A-ZÀ-ÖØ-Þ][\w’'-]+)*"
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_FIGURE = re.compile(r"\b\d{1,3}(?:[,.\s]\d{3})*(?:[.,]\d+)?\b")
_WORD = re.compile(r"\b[a-zà-ÿœ]{5,}\b")
_ENDING = 2  # letters that words of one kind have in common, such as a plural's or a past tense's
_STEM = 4  # letters that forms of one word have in common
_ASKING = frozenset(
    "about after aller alors aussi autre autres avant avoir being cette chose combien comment could"
    " depuis during entre faire leurs might other pendant peuvent pourquoi quand quelle quelles"
    " quels shall should since their there these thing things those under until what's where which"
    " while whose without would étaient était être".split()
)

# What was asked, and what else could have been: either way round.
_ROLES = tuple(
    (re.compile(rf"\b{one}\b", re.IGNORECASE), other)
    for pair in (
        ("before", "after"), ("first", "last"), ("most", "least"), ("largest", "smallest"),
        ("highest", "lowest"), ("won", "lost"), ("increase", "decrease"), ("increased", "fell"),
        ("more", "fewer"), ("north", "south"), ("east", "west"), ("father", "brother"),
        ("mother", "sister"), ("husband", "son"), ("wife", "daughter"), ("began", "ended"),
        ("founded", "closed"), ("born", "buried"), ("president", "minister"), ("oldest", "newest"),
        ("best", "worst"), ("accepted", "refused"), ("supported", "opposed"), ("can", "can't"),
        ("early", "late"), ("minimum", "maximum"), ("men", "women"), ("buy", "sell"),
        ("avant", "après"), ("premier", "dernier"), ("première", "dernière"), ("plus", "moins"),
        ("gagné", "perdu"), ("nord", "sud"), ("père", "frère"), ("mère", "sœur"),
        ("né", "enterré"), ("née", "enterrée"), ("début", "fin"), ("grand", "petit"),
        ("grande", "petite"), ("meilleur", "pire"), ("président", "ministre"),
        ("accepté", "refusé"), ("soutenu", "combattu"), ("ouvert", "fermé"),
        ("hommes", "femmes"), ("augmenté", "baissé"), ("minimum", "maximum"),
    )
    for one, other in (pair, pair[::-1])
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exchange:
    """What an article names, by kind; its other words by how they end."""

    names: tuple[str, ...]
    years: tuple[str, ...]
    figures: tuple[str, ...]
    words: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, text: str) -> "Exchange":
        """The names, years, figures and words of a text, each once."""
        kinds = (pattern.findall(text) for pattern in (_NAME, _YEAR, _FIGURE))
        names, years, figures = (tuple(dict.fromkeys(kind)) for kind in kinds)
        words: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(_WORD.findall(text)):
            if word not in _ASKING:
                words[word[-_ENDING:]].append(word)
        return cls(names, years, tuple(one for one in figures if one not in years), words)

    def alter(self, question: str, passage: str, chance: random.Random) -> str | None:
        """The question with one thing exchanged for what the passage does not name, if any can."""
        roles = [(match, other) for one, other in _ROLES for match in one.finditer(question)]
        choices = (
            [(match, _cased(other, match[0])) for match, other in roles],
            self._named(question, passage, chance),
            self._worded(question, passage, chance),
        )
        match, other = _choose(choices, chance) or (None, "")
        return _put(other, match, question) if match else None

    def alter_passage(
        self, passage: str, question: str, title: str, chance: random.Random
    ) -> str | None:
        """The passage with a thing that the question names exchanged wherever it stands."""
        shared = [
            (match, other)
            for match, other in (
                *self._named(question, passage, chance), *self._worded(question, passage, chance)
            )
            if match[0] in passage and match[0] not in title
        ]  # fmt: skip
        if not shared:
            return None
        match, other = chance.choice(shared)
        return re.sub(rf"\b{re.escape(match[0])}\b", other, passage)

    def blur(
        self, passage: str, question: str, kept: Span, chance: random.Random
    ) -> Blurred | None:
        """The passage with a word exchanged that nobody asked for, and the answer's place in it."""
        asked = {word[:_STEM] for word in _WORD.findall(question.lower())}
        choices = [
            (match, other)
            for match, other in self._worded(passage, passage, chance)
            if match[0][:_STEM] not in asked and not _meet(match.span(), kept)
        ]
        if not choices:
            return None
        match, other = chance.choice(choices)
        moved = len(other) - len(match[0]) if match.end() <= kept[0] else 0
        return _put(other, match, passage), (kept[0] + moved, kept[1] + moved)

    def _named(self, text: str, passage: str, chance: random.Random) -> list[Choice]:
        return [
            (match, other)
            for pattern, kind in (
                (_YEAR, self.years),
                (_NAME, self.names),
                (_FIGURE, self.figures),
            )
            for match in pattern.finditer(text)
            for other in chance.sample(kind, min(6, len(kind)))
            if other not in passage and other not in text and match[0] not in other
        ]

    def _worded(self, text: str, passage: str, chance: random.Random) -> list[Choice]:
        """Words of a text, each with some of its article's that end alike."""
        return [
            (match, other)
            for match in _WORD.finditer(text)
            if match[0] not in _ASKING
            for alike in [self.words.get(match[0][-_ENDING:], ())]
            for other in chance.sample(alike, min(3, len(alike)))
            if other[:_STEM] != match[0][:_STEM] and other not in passage and other not in text
        ]


def _choose(pools: Sequence[Sequence[Choice]], chance: random.Random) -> Choice | None:
    """One choice, of a kind at random whatever the choices of each."""
    held = [pool for pool in pools if pool]
    return chance.choice(chance.choice(held)) if held else None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _put(word: str, match: re.Match[str], text: str) -> str:
    return text[: match.start()] + word + text[match.end() :]


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() and word.islower() else word
