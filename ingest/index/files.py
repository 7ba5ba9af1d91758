"""Whether the files of both stores can be what was written, before a store is trusted with them."""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ingest.index.meaning import IndexDamagedError

_MAGIC = 1337  # ends every file of tantivy's, behind a footer and its length (directory/footer.rs)
_HEADER = struct.Struct("<i6Q")  # of hnswlib's, as Chroma 1.5 writes it; then what is not needed
_HEADER_VERSION = 1
_LENGTH = struct.Struct("<I")  # of one element's links in the upper levels


def check_files(generation: Path) -> Iterator[None]:
    """Yield after every file; raise IndexDamagedError at the first that is not whole."""
    for path in _files_in_use(generation / "words"):
        if not _is_whole(path.read_bytes()):
            raise IndexDamagedError(f"{path.name} is not as it was written")
        yield
    for header in sorted((generation / "meaning").glob("*/header.bin")):
        if not _is_one_graph(header):
            raise IndexDamagedError("the files of a graph do not belong together")
        yield


def _files_in_use(words: Path) -> list[Path]:
    """Files of the segments that were committed; a kill leaves others that nothing reads."""
    listed = json.loads((words / "meta.json").read_bytes())["segments"]
    names = [segment["segment_id"].replace("-", "") for segment in listed]
    deleted = {f".{(segment['deletes'] or {}).get('opstamp')}.del" for segment in listed}
    files = [file for name in names for file in sorted(words.glob(f"{name}.*"))]
    return [file for file in files if file.suffix != ".del" or file.name[32:] in deleted]


def _is_whole(content: bytes) -> bool:
    """Whether a file of tantivy's has the checksum at its end."""
    length = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - length], content[-8 - length : -8]
    try:
        promised = json.loads(footer)["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return int.from_bytes(content[-4:], "little") == _MAGIC and zlib.crc32(body) == promised


def _is_one_graph(header: Path) -> bool:
    """Whether all files hold as many elements as the header says: cut links hang a later write."""
    content, folder = header.read_bytes(), header.parent
    if len(content) < _HEADER.size:
        return False
    version, _, room, count, size, *_ = _HEADER.unpack_from(content)
    elements = count or room  # an empty graph is written with the room it has
    if version != _HEADER_VERSION:
        return False
    try:
        sizes = [(folder / name).stat().st_size for name in ("data_level0.bin", "length.bin")]
        links = (folder / "link_lists.bin").read_bytes()
    except FileNotFoundError:
        return False
    return sizes == [elements * size, elements * _LENGTH.size] and _count_links(links) == count


def _count_links(links: bytes) -> int | None:
    """Elements in a file of links; None where it ends amid one."""
    place = count = 0
    while place + _LENGTH.size <= len(links):
        (length,) = _LENGTH.unpack_from(links, place)
        place += _LENGTH.size + length
        count += 1
    return count if place == len(links) else None
