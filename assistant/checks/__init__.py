"""What a model wrote, held against the passages it names, a sentence at a time."""

from assistant.checks.sentence import Checked, check_sentence

__all__ = ["Checked", "check_sentence"]
