"""Answers from the archive, in the exact words of its articles."""
