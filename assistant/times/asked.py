"""A question as it is looked through for expressions of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.times.grammar import Grammar, kept
from assistant.times.names import fold_letters
from assistant.times.stretches import Stretch

_FRAGMENT = 2  # words: so short a question has no verb to tell its tense


@dataclass(frozen=True)
class Asked:
    """A question, the grammar of its language, and the day it is asked on."""

    question: str
    grammar: Grammar
    today: date

    @cached_property
    def letters(self) -> str:
        """The question in lower case without diacritics, each letter at its place."""
        return fold_letters(self.question)

    def says(self, words: str) -> bool:
        """Whether words of a pattern stand in the question."""
        return bool(_whole(words).search(self.letters))

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Matches of a pattern in which ONE and TWO stand for whatever names a stretch."""
        for place in ("ONE", "TWO"):
            pattern = pattern.replace(place, f"(?P<{place.lower()}>{self.grammar.named})")
        return _whole(pattern).finditer(self.letters)

    def stretch(self, words: str, today: date | None = None) -> Stretch | None:
        """The stretch that words name, on the day of the question or on another."""
        return self.grammar.parse(words, today or self.today)

    @cached_property
    def of_the_past(self) -> bool:
        """Whether it asks what has happened, and not what is, will be or had been."""
        told = self.question.lower().replace("’", "'")
        opening = kept(rf"(?:{self.grammar.fragment})\b").match(self.letters)
        short = opening or len(told.split()) <= _FRAGMENT
        return not self.elsewhen and bool(short or _whole(self.grammar.past).search(told))

    @cached_property
    def elsewhen(self) -> bool:
        """Whether it asks what is to come, or what had been at some other time."""
        return self.says(self.grammar.elsewhen)

    def asks_for_news(self, place: int) -> bool:
        """Whether articles or news are asked for before some place in it."""
        return bool(_whole(self.grammar.news).search(self.letters[:place]))


def _whole(words: str) -> re.Pattern[str]:
    return kept(rf"(?<![\w-])(?:{words})(?![\w-])")
