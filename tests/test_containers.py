"""Dockerfile and compose file: read by their linters, and held to what the project is."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from ui.settings import ServerSettings

PROJECT = Path(__file__).parents[1]
DOCKERFILE = (PROJECT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((PROJECT / "compose.yaml").read_text("utf-8"))
_COPY = re.compile(r"^COPY (.+) \S+$", re.MULTILINE)


def copied() -> list[str]:
    """What the image is built from."""
    return [path for line in _COPY.findall(DOCKERFILE) for path in line.split()]


def run(*words: str | Path) -> str:
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint comes as a package for x86-64 and macOS alone")
    assert run(hadolint, "Dockerfile") == ""


def test_the_compose_file_is_what_its_schema_says() -> None:
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec",
        "compose.yaml")  # fmt: skip


def test_what_the_image_is_built_from_is_there_and_not_left_out() -> None:
    allowed = {line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines()
               if line.startswith("!")}  # fmt: skip
    for path in copied():
        assert (PROJECT / path).exists(), path
    assert set(copied()) == allowed


def test_the_image_is_installed_as_the_makefile_does() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for words in ("-c constraints.txt torch", "-c constraints.txt '.[openai]'"):
        assert words in DOCKERFILE
    assert "-c constraints.txt torch" in makefile
    assert "EXTRAS := openai" in makefile


@pytest.mark.timeout(300)
def test_a_wheel_built_from_those_paths_alone_holds_every_file(tmp_path: Path) -> None:
    tree, wheels = tmp_path / "tree", tmp_path / "wheels"
    tree.mkdir()
    for path in copied():
        source = PROJECT / path
        if source.is_dir():
            shutil.copytree(source, tree / path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / path)
    expected = {
        file.relative_to(tree).as_posix()
        for file in tree.rglob("*")
        if file.is_file() and file.parent != tree
    }
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", wheels, tree)  # fmt: skip
    [wheel] = wheels.iterdir()
    with zipfile.ZipFile(wheel) as packed:
        assert expected - set(packed.namelist()) == set()


def test_nobody_runs_as_root_and_nothing_is_written_beside_the_archive() -> None:
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    service = COMPOSE["services"]["depeche"]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["archive:/archive"]
    assert "HEALTHCHECK" in DOCKERFILE


def test_every_setting_they_name_is_one() -> None:
    named = re.findall(r"DEPECHE_(\w+)", DOCKERFILE) + [
        name.removeprefix("DEPECHE_") for name in COMPOSE["services"]["depeche"]["environment"]
    ]
    assert named
    assert {name.lower() for name in named} <= set(ServerSettings.model_fields)


def test_files_that_the_compose_file_mounts_are_there() -> None:
    mounted = [each.split(":")[0] for each in COMPOSE["services"]["proxy"]["volumes"]]
    made_by_hand = "./depeche.users"  # the comment at its top says how
    assert made_by_hand in mounted
    assert all((PROJECT / path).is_file() for path in mounted if path != made_by_hand)
