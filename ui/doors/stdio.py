"""The tools for a program that starts this one and talks to it by standard input and output."""

from assistant.assistant import opened_assistant
from ui.doors.asking import Asking
from ui.doors.tools import make_tools
from ui.figures import open_figures
from ui.rates import spender
from ui.settings import ServerSettings


def answer_on_stdio(settings: ServerSettings) -> None:
    """Answer until the other program hangs up."""
    spend, figures = spender(settings.questions), open_figures()
    with opened_assistant(settings) as assistant:
        asking = Asking(assistant, settings.timezone, spend, figures, settings.log_questions)
        make_tools(asking).run("stdio")
