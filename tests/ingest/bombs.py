"""Small files that would inflate to a hundred megabytes."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.ingest.written import write_warc

ZEROS = b"0" * 100_000_000


def _gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(ZEROS))


def _gzip_in_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.compress(ZEROS)))


def _bzip2(path: Path) -> None:
    path.write_bytes(bz2.compress(ZEROS, 1))


def _xz(path: Path) -> None:
    path.write_bytes(lzma.compress(ZEROS, preset=0))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", ZEROS)


def _zip_of_many(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", ZEROS[:60_000_000:12])


def _zip_in_zip(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", ZEROS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())


def _tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = len(ZEROS)
        archive.addfile(member, io.BytesIO(ZEROS))


def _capture(path: Path) -> None:
    write_warc(path, {"https://a.example/": (b"<p>" + ZEROS, "text/html")})


def _encoded_capture(path: Path, encoding: str, squeezed: bytes) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        fields = [("Content-Type", "text/html"), ("Content-Encoding", encoding)]
        headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        writer = WARCWriter(file, gzip=False)
        record = writer.create_warc_record(
            "https://a.example/", "response", payload=io.BytesIO(squeezed), http_headers=headers
        )
        writer.write_record(record)


def _gzip_in_capture(path: Path) -> None:
    _encoded_capture(path, "gzip", gzip.compress(ZEROS))


def _brotli_in_capture(path: Path) -> None:
    import brotli

    _encoded_capture(path, "br", brotli.compress(ZEROS, quality=5))


BOMBS: list[tuple[str, Callable[[Path], None]]] = [
    ("a.txt.gz", _gzip), ("b.gz", _gzip_in_gzip), ("a.txt.bz2", _bzip2), ("a.txt.xz", _xz),
    ("a.zip", _zip), ("b.zip", _zip_of_many), ("c.zip", _zip_in_zip), ("a.tar.gz", _tar),
    ("a.warc.gz", _capture), ("b.warc", _gzip_in_capture), ("c.warc", _brotli_in_capture),
]  # fmt: skip
