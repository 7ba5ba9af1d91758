"""An application behind a real server on loopback, for as long as a block lasts."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from assistant.assistant import Assistant
from ui.doors.asking import Asking
from ui.figures import open_figures
from ui.rates import spender


def asking_of(assistant: Assistant, questions: str = "1000/minute") -> Asking:
    """An assistant behind a door that takes so many questions."""
    return Asking(assistant, "UTC", spender(questions), open_figures(), log_questions=False)


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The address of an application that answers there until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            app.state.page.stop_event.set()
            server.should_exit = True
            thread.join()
