"""The words said to a language model, one prompt a file."""

from functools import cache
from importlib.resources import files


@cache
def read_prompt(name: str) -> str:
    """The text of a prompt, its blanks in braces."""
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8").strip()
