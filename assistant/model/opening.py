"""A chat model opened by the one string that names it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.model.breaker import Breaker
from assistant.model.limits import Limits
from assistant.model.listening import Model

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class ModelUnavailableError(Exception):
    """The chat model that the settings name can't be opened."""


@contextmanager
def opened_model(name: str, limits: Limits, *, streams: bool) -> Iterator[Model]:
    """Open a chat model as `init_chat_model` names it, openai:gpt-5; all answers share a loop."""
    from anyio.from_thread import start_blocking_portal

    chat = _open_chat(name, limits, streams=streams)
    # Python's own loop enters each socket anew for every piece of an answer.
    fast = {"use_uvloop": sys.platform != "win32"}
    with start_blocking_portal(backend_options=fast, name="model") as portal:
        try:
            yield Model(name, chat, portal, limits, Breaker(limits))
        finally:
            portal.start_task_soon(portal.stop, True)  # answers under way end with it


def _open_chat(name: str, limits: Limits, *, streams: bool) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(
            name,
            temperature=0,
            timeout=limits.whole,
            max_retries=1,
            disable_streaming=not streams,
            **_for_openai(name),
        )
        return chat
    except ImportError as error:
        raise ModelUnavailableError(
            f"the model {name!r} needs a package: pip install {error.name or 'depeche[openai]'}"
        ) from error
    except Exception as error:  # each provider has errors of its own
        raise ModelUnavailableError(f"cannot open the model {name!r}: {error}") from error


def _for_openai(name: str) -> dict[str, Any]:
    """HTTP clients that send a prompt nowhere but to the address that was set, and no patience but
    that of the settings: a small machine reads a long prompt for minutes."""
    if not name.startswith("openai:"):
        return {}
    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient

    return {
        "http_client": DefaultHttpxClient(follow_redirects=False),
        "http_async_client": DefaultAsyncHttpxClient(follow_redirects=False),
        "stream_chunk_timeout": None,
    }
