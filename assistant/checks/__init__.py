"""What a model wrote, held against the passages it names, a sentence at a time."""

from assistant.checks.sentence import Checked, Checker, check_sentence

__all__ = ["Checked", "Checker", "check_sentence"]
