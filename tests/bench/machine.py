"""The machine that was measured on, without its name or any path of it."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

_TELLING = "avx2 avx512f avx512_bf16 avx512_vnni avx_vnni amx_bf16 amx_int8".split()
_LIBRARIES = (
    "torch sentence-transformers onnxruntime chromadb tantivy langchain-core langchain-chroma"
    " langchain-huggingface langchain-text-splitters".split()
)


def describe_machine() -> list[tuple[str, str]]:
    """What decides speed, each with its name."""
    processor = _read("/proc/cpuinfo")
    flags = set(_field(processor, "flags").split())
    memory = int(_field(_read("/proc/meminfo"), "MemTotal").split()[0]) / 2**20
    return [
        ("processor", _field(processor, "model name")),
        ("instructions", ", ".join(flag for flag in _TELLING if flag in flags) or "none of note"),
        ("cores", str(len(os.sched_getaffinity(0)))),
        ("memory", f"{memory:.0f} GB"),
        ("system", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"),
        ("libraries", ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)),
    ]


def _read(place: str) -> str:
    return Path(place).read_text("utf-8")


def _field(text: str, name: str) -> str:
    found = re.search(rf"^{name}\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else "0"
