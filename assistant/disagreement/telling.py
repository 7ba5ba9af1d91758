"""Differences in words: value, outlet, date, the newest first."""

from assistant.answer import Answer, Difference
from assistant.frames import say, source_line


def say_differences(answer: Answer) -> list[str]:
    """One line a difference, in the reader's language."""
    return [_say(difference, answer) for difference in answer.differences]


def _say(difference: Difference, answer: Answer) -> str:
    sources = {each.number: source_line(each.article, answer.language) for each in answer.citations}
    semicolon = "\u00a0; " if answer.language == "fr" else "; "
    values = semicolon.join(f"{one.said} ({sources[one.citation]})" for one in difference.values)
    key = "went_on" if difference.is_update else "differ"
    return say(key, answer.language, values=values)
