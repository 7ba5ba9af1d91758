"""Questions made unanswerable: another name, figure, date or role of the same article."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

# Several capitalised words, or one that does not open a sentence.
_NAME = re.compile(
    r"(?<![.!?…]\s)(?<!^)\b[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s(?:(?:de|du|of|the|la|le)\s)?[A-ZÀ-ÖØ-Þ][\w’'-]+)*"
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_FIGURE = re.compile(r"\b\d{1,3}(?:[,.\s]\d{3})*(?:[.,]\d+)?\b")

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
    """What an article names, by kind."""

    names: tuple[str, ...]
    years: tuple[str, ...]
    figures: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Exchange":
        """The names, years and figures of a text, each once."""
        kinds = (pattern.findall(text) for pattern in (_NAME, _YEAR, _FIGURE))
        names, years, figures = (tuple(dict.fromkeys(kind)) for kind in kinds)
        return cls(names, years, tuple(one for one in figures if one not in years))

    def alter(self, question: str, passage: str, chance: random.Random) -> str | None:
        """The question with one thing exchanged for what the passage does not name, if any can."""
        others = [
            (match, other)
            for pattern, kind in (
                (_YEAR, self.years),
                (_NAME, self.names),
                (_FIGURE, self.figures),
            )
            for match in pattern.finditer(question)
            for other in chance.sample(kind, min(6, len(kind)))
            if other not in passage and other not in question and match[0] not in other
        ]
        roles = [(match, other) for one, other in _ROLES for match in one.finditer(question)]
        if not others and not roles:
            return None
        match, other = chance.choice(_equally(others, roles, chance))
        return question[: match.start()] + _cased(other, match[0]) + question[match.end() :]


Choice = tuple[re.Match[str], str]


def _equally(
    others: Sequence[Choice], roles: Sequence[Choice], chance: random.Random
) -> Sequence[Choice]:
    if others and roles:
        return roles if chance.random() < 0.35 else others
    return others or roles


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() and word.islower() else word
