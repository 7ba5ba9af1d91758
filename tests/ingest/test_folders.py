"""What lies in a folder or an archive, and what of it is read, named or passed over."""

import zipfile
from pathlib import Path

import pytest

from ingest.articles import Article, Rejection
from ingest.readers import find_files, read_file
from tests.ingest.test_readers import SAMPLES


def read(path: Path) -> list[Article | Rejection]:
    return list(read_file(path, ""))


def test_a_folder_gives_files_known_by_name_or_content_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "page").write_text("<!DOCTYPE html><p>Words.")
    (tmp_path / "notes").write_text("plain words under no name of ours")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / ".hidden.txt").write_text("Words.")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [each.name for each in find_files([tmp_path]) if isinstance(each, Path)]
    assert found == ["a.txt", "page"]


def test_a_folder_names_what_it_may_hold_and_cannot_give(tmp_path: Path) -> None:
    for name in ("memo.doc", "memo.rtf", "wire.7z", "lines.jsonl.zst"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (tmp_path / "passwords.txt").symlink_to("/etc/passwd")
    (tmp_path / "older").symlink_to(tmp_path.parent)
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    found = [each for path in find_files([tmp_path]) for each in _found_in(path)]
    assert sorted(Path(each.source).name for each in found) == [
        "gone.txt", "lines.jsonl.zst", "memo.doc", "memo.rtf", "older", "passwords.txt", "wire.7z"
    ]  # fmt: skip
    reasons = {each.reason for each in found if isinstance(each, Rejection)}
    assert reasons == {
        "is of no format that is read",
        "is a link that leads out of the folder",
        "is a link to nothing",
    }


def _found_in(path: Path | Rejection) -> list[Article | Rejection]:
    return [path] if isinstance(path, Rejection) else read(path)


def test_an_archive_is_searched_as_a_folder_is(tmp_path: Path) -> None:
    files = {
        "a/story.txt": b"The tram stood still.",
        "a/logo.png": b"\x89PNG\r\n\x1a\n",
        "a/style.css": b"body {color: red}",
        "a/page": b"<!DOCTYPE html><p>The ferry came back to the harbour.",
        "__MACOSX/a/._story.txt": b"\x00\x05\x16\x07",
        ".git/notes.txt": b"Nobody sees this.",
    }
    for name, chosen in (("a.zip", files), ("b.zip", {"a/logo.png": files["a/logo.png"]})):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, content in chosen.items():
                archive.writestr(member, content)
    found = [each.source.rpartition("!")[2] for each in read(tmp_path / "a.zip")]
    assert found == ["a/story.txt", "a/page"]
    [nothing] = read(tmp_path / "b.zip")
    assert isinstance(nothing, Rejection) and nothing.reason.startswith("holds no file")


def test_a_file_is_read_by_a_path_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_bytes((SAMPLES / "story.html").read_bytes())
    for named in (Path("in"), Path("in/a.html"), Path("in/../in/a.html")):
        [found] = find_files([named])
        assert found == tmp_path / "in" / "a.html"
    [article] = read(Path("in/a.html"))
    assert isinstance(article, Article)
