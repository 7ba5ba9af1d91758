"""Where the sources of an answer disagree, and where a story only went on."""

from assistant.disagreement.find import find_differences, tell_differences

__all__ = ["find_differences", "tell_differences"]
