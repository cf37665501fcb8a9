"""The examples run, are typed, and the README's is among them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import detente as dt
import pytest
from conftest import ROOT

EXAMPLES = sorted((ROOT / "python/examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_examples_run(path: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(dt.__file__).parents[1])}
    done = subprocess.run([sys.executable, path], cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 4
    if path.stem == "own_tariffs":
        assert (tmp_path / "my-tariffs.png").stat().st_size > 5000


def test_the_lines_of_the_readme_are_the_example() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / "python/examples/own_tariffs.py").read_text(encoding="utf-8").split('"""', 2)[2]
    lines = [line for line in example.splitlines() if line.strip()]
    shown = [line.strip() for line in readme.splitlines()]
    first = shown.index(lines[0].strip())
    found = [line for line in shown[first : first + len(lines) + 3] if line][: len(lines)]
    assert found == [line.strip() for line in lines] and len(lines) <= 10


def test_examples_are_typed() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", ROOT / "pyproject.toml", *EXAMPLES]
    environment = {**os.environ, "MYPYPATH": str(Path(dt.__file__).parents[1])}
    done = subprocess.run([*command, "--cache-dir", "/dev/null"], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout
    assert "Success" in done.stdout


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["rules", "layout"])
def test_the_sources_keep_to_the_rules(check: list[str]) -> None:
    command = [sys.executable, "-m", "ruff", *check, "--no-cache", "--config", ROOT / "pyproject.toml"]
    done = subprocess.run([*command, ROOT / "python", ROOT / "bench"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_public_name_has_words() -> None:
    for name in dt.__all__:
        thing = getattr(dt, name)
        assert (thing.__doc__ or "").strip(), name
        if isinstance(thing, type):
            for member, value in vars(thing).items():
                inherited = any(getattr(base, member, None) is not None for base in thing.__mro__[1:])
                if not member.startswith("_") and (callable(value) or isinstance(value, property)) and not inherited:
                    text = value.fget.__doc__ if isinstance(value, property) else value.__doc__
                    assert (text or "").strip(), f"{name}.{member}"


def test_no_name_of_this_machine_is_in_the_package() -> None:
    for path in (ROOT / "python/detente").glob("*.py"):
        assert not re.search(r"/work/|/root/|/home/", path.read_text(encoding="utf-8")), path
