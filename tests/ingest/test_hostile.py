"""Files that mean harm are refused in little time and memory, and stop nothing."""

import gzip
import io
import os
import socket
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.articles import Article, Rejection
from ingest.readers import find_files, guarded, read_file
from tests.ingest.bombs import BOMBS
from tests.ingest.test_readers import SAMPLES

SECONDS = 2.0
MEGABYTES = 150

ENTITIES = "".join(f'<!ENTITY e{n} "{"".join([f"&e{n - 1};"] * 10)}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY e9 "{"a" * 50_000}">]>'


def read(path: Path) -> list[Article | Rejection]:
    return list(read_file(path, ""))


def children() -> Iterator[Path]:
    """The folders in /proc of the processes that read for this one."""
    own = Path(f"/proc/self/task/{os.getpid()}/children")  # the main thread started them
    for number in own.read_text().split():
        folder = Path("/proc") / number
        if b"ingest.readers.child" in (folder / "cmdline").read_bytes():
            yield folder


def peak(folder: Path) -> int:
    """The most memory a process ever held, in bytes."""
    lines = dict(line.split(":\t") for line in (folder / "status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024


def worked(folder: Path) -> float:
    """Seconds a process and this one have worked; the clock on the wall would count others too."""
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def bounded(tmp_path: Path) -> Iterator[Callable[[Path], list[Article | Rejection]]]:
    """Reads a file within the time and memory that a hostile one may take."""
    while guarded._idle():
        guarded._idle().pop().end()
    (tmp_path / "warm.html").write_bytes((SAMPLES / "story.html").read_bytes())
    read(tmp_path / "warm.html")
    [child] = children()
    before = peak(child), peak(Path("/proc/self"))

    def run(path: Path) -> list[Article | Rejection]:
        started = worked(child)
        found = read(path)
        assert child.exists(), "the child died"
        assert worked(child) - started < SECONDS
        after = peak(child), peak(Path("/proc/self"))
        assert max(late - early for late, early in zip(after, before, strict=True)) < (
            MEGABYTES * 2**20
        )
        return found

    yield run


@pytest.mark.parametrize(("name", "make"), BOMBS, ids=[make.__name__ for _, make in BOMBS])
def test_a_compressed_bomb_is_refused(
    tmp_path: Path,
    bounded: Callable[[Path], list[Article | Rejection]],
    name: str,
    make: Callable[[Path], None],
) -> None:
    make(tmp_path / name)
    found = bounded(tmp_path / name)
    assert [each for each in found if isinstance(each, Article) and len(each.text) > 1000] == []
    assert any(isinstance(each, Rejection) and "bomb" in each.reason for each in found)


def _documents(canary: str) -> dict[str, str]:
    outside = f'<!DOCTYPE x [<!ENTITY e9 SYSTEM "file://{canary}">]>'
    parameter = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "file://{canary}"> %p;<!ENTITY e9 "x">]>'
    item = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><headline>&e9;</headline></newsItem>'
    )
    body = "<body><body.content><p>&e9;</p></body.content></body>"
    entry = "<item><title>T</title><description>&e9;</description></item>"
    feed = f"<rss version='2.0'><channel>{entry}</channel></rss>"
    return {
        "laughs.rss": LAUGHS + feed,
        "quadratic.rss": QUADRATIC + feed.replace("&e9;", "&e9;" * 50_000),
        "outside.rss": outside + feed,
        "laughs.newsml.xml": LAUGHS + item,
        "outside.newsml.xml": outside + item,
        "laughs.nitf.xml": f"{LAUGHS}<nitf>{body}</nitf>",
        "parameter.nitf.xml": f"{parameter}<nitf>{body}</nitf>",
        "outside.html": f"{outside}<html><body><p>&e9;</p></body></html>",
    }


@pytest.mark.parametrize("name", _documents(""))
def test_an_xml_bomb_is_refused_and_opens_no_file(
    tmp_path: Path, bounded: Callable[[Path], list[Article | Rejection]], name: str
) -> None:
    (tmp_path / "canary").write_text("the canary sings")
    document = _documents(str(tmp_path / "canary"))[name]
    (tmp_path / name).write_text('<?xml version="1.0"?>' + document)
    found = bounded(tmp_path / name)
    texts = [each.text for each in found if isinstance(each, Article)]
    assert all("canary" not in text and len(text) < 100 for text in texts)
    assert any(isinstance(each, Rejection) for each in found)


def test_a_document_that_takes_too_long_is_killed_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraph = b"<p>Paragraph %d tells what the council of Selm decided on that day.</p>"
    slow = b"<html><body><article>" + b"".join(paragraph % number for number in range(100_000))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", "Before.")
        archive.writestr("2.html", slow)
        archive.writestr("3.txt", "After.")
    monkeypatch.setattr(guarded, "_PATIENCE", 1.5)
    before, killed, after = read(tmp_path / "a.zip")
    assert isinstance(before, Article) and isinstance(after, Article)
    assert (before.text, after.text) == ("Before.", "After.")
    assert isinstance(killed, Rejection) and killed.source.endswith("a.zip!2.html")


def test_a_child_that_died_between_two_files_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes((SAMPLES / "story.html").read_bytes())
    read(page)
    for child in list(children()):
        os.kill(int(child.name), 9)
    [article] = read(page)
    assert isinstance(article, Article)


def test_a_reader_left_in_the_middle_does_not_answer_for_the_next_file(tmp_path: Path) -> None:
    next(read_file(SAMPLES / "feed.rss", ""))
    [article] = read(SAMPLES / "story.md")
    assert isinstance(article, Article) and article.title == "Harbour ferry returns to service"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<div>" * 100_000 + b"word"),
        ("a.html", b"<p>word" * 30_000),
        ("a.json", b"[" * 1_000_000),
        ("a.newsml.xml", b"<newsItem>" * 100_000),
        ("a.txt", b"word " * 4_000_000),
        ("a.jsonl", b'{"text": "' + b"word " * 4_000_000 + b'"}\n'),
        ("a.md", b"> " * 100_000 + b"word"),
        ("a.eml", b"MIME-Version: 1.0\nSubject: x\n" + b"a" * 5_000_000),
        ("a.csv", b"title,text\n" + b'"' * 5_000_001),
        ("a.pdf", b"%PDF-1.4\n" + b"1 0 obj\n<<" * 50_000),
    ],
    ids=["deep", "wide", "nested", "deep-xml", "long", "line", "quoted", "mail", "table", "pdf"],
)
def test_a_monstrous_file_ends_in_time_with_something_to_say(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    started = time.monotonic()
    found = read(tmp_path / name)
    assert time.monotonic() - started < 90
    assert found


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        (tmp_path / "zero.txt").symlink_to("/dev/zero")
        (tmp_path / "above").symlink_to("..")
        found = [*find_files([tmp_path]), *find_files([tmp_path / "pipe.txt"])]
    assert {each.source for each in found if isinstance(each, Rejection)} == {
        str(tmp_path / name) for name in ("zero.txt", "above", "pipe.txt")
    }
    assert not any(isinstance(each, Path) for each in found)


@pytest.mark.parametrize(
    "name", [b"\xff.txt", b"a\nb.txt", b"\xe2\x80\xaea.txt", b"n" * 251 + b".txt"]
)
def test_a_file_of_any_name_is_read_under_a_name_that_can_be_shown(
    tmp_path: Path, name: bytes
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("Words.")
    [found] = find_files([tmp_path])
    assert isinstance(found, Path)
    [article] = read(found)
    assert isinstance(article, Article)
    assert article.source.isprintable()
    assert article.source.encode("utf-8")


def test_links_and_devices_in_a_tar_are_named_and_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "link.txt"), (tarfile.CHRTYPE, "device.txt")):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        member = tarfile.TarInfo("../../a.txt")
        member.size = 6
        archive.addfile(member, io.BytesIO(b"Words."))
    link, device, article = read(tmp_path / "a.tar")
    assert isinstance(link, Rejection) and isinstance(device, Rejection)
    assert isinstance(article, Article)
    assert article.source == f"{tmp_path}/a.tar!../../a.txt"


@pytest.mark.parametrize("cut", [1, 10, 100, -1])
def test_a_damaged_archive_is_named(tmp_path: Path, cut: int) -> None:
    for name in ("a.txt.gz", "a.zip", "a.tar.gz"):
        whole = tmp_path / name
        files = {"a.txt.gz": _small_gzip, "a.zip": _small_zip, "a.tar.gz": _small_tar}
        files[name](whole)
        whole.write_bytes(whole.read_bytes()[:cut])
        found = read(whole)
        assert any(isinstance(each, Rejection) for each in found), name


def _small_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(300)))


def _small_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Words. " * 40)


def _small_tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = 300
        archive.addfile(member, io.BytesIO(os.urandom(300)))
