"""Studies as read: from a file, a text or a dictionary."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Union

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import of_kind, text, wrong_type
from ._checks import path as path_of
from .economy import Economy

AnyStudy = Union[str, "os.PathLike[str]", Mapping[str, Any]]


class Study:
    """A study as read: every name is resolved, nothing is solved yet. A pickle reads it anew where it arrives."""

    def __init__(self, core: lib.Study, how: Mapping[str, Any]) -> None:
        self._core, self._how = core, dict(how)

    def __reduce__(self) -> tuple[Any, ...]:
        return _read_as, (self._how,)

    @property
    def name(self) -> str:
        """Short, of its file or as given."""
        return self._core.name

    @property
    def title(self) -> str:
        """For a person."""
        return self._core.title

    @property
    def economy(self) -> Economy:
        """With the overrides of the study."""
        return Economy(self._core.economy, self.name)

    @property
    def scenarios(self) -> list[str]:
        """Names, in the study's order."""
        return self._core.scenarios

    @property
    def questions(self) -> list[str]:
        """Names."""
        return self._core.questions

    def __repr__(self) -> str:
        return f"Study {self.title!r}: scenarios {self.scenarios}, questions {self.questions}"


def read_study(
    study: AnyStudy,
    *,
    name: str = "study",
    economies: Mapping[str, Economy] | None = None,
    files: Mapping[str, str | bytes] | None = None,
    folder: str | Path | None = None,
    today: str = "",
) -> Study:
    """Reads a study: a path, a text (TOML), or a dictionary of the same keys.

    `economies`: in memory, by the names that the study uses. `files`: contents of what else it names (a ledger);
    `folder`: where relative paths start, for a text; a file's is its own. `today`: the day on which a ledger is judged
    where the study says none, YYYY-MM-DD.
    """
    how: dict[str, Any] = {"name": text(name, "name"), "today": text(today, "today"), "folder": folder}
    how |= {"economies": dict(economies or {}), "files": dict(files or {})}
    if isinstance(study, Mapping):
        import tomli_w

        how["study"] = tomli_w.dumps(_toml(study, ""))
    else:
        how["study"] = study if isinstance(study, str) else path_of(study, "study")
    return _read_as(how)


def _read_as(how: dict[str, Any]) -> Study:
    study: str = how["study"]
    sources: dict[str, Any] = {"variables": dict(os.environ), "today": how["today"]}
    sources["contents"] = {name: _bytes(content, f"files.{name}") for name, content in how["files"].items()}
    sources["economies"] = {
        name: of_kind(economy, Economy, f"economies.{name}", "an economy")._core
        for name, economy in how["economies"].items()
    }
    if not any(mark in study for mark in "\n="):
        return Study(lib.load_study(study, sources), how)
    folder = "" if how["folder"] is None else path_of(how["folder"], "folder")
    return Study(lib.parse_study(study, how["name"], sources | {"folder": folder}), how)


def _bytes(content: object, key: str) -> bytes:
    if isinstance(content, str):
        return content.encode()
    return bytes(of_kind(content, (bytes, bytearray, memoryview), key, "a text or bytes"))


def _toml(value: Any, key: str) -> Any:
    """A value of a study's dictionary as TOML has it, from NumPy's and pandas' too."""
    if isinstance(value, Mapping):
        inner = key + "." if key else ""
        return {text(name, key or "study"): _toml(one, inner + str(name)) for name, one in value.items()}
    if isinstance(value, (str, bool, int, float, datetime.date, datetime.time)):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (list, tuple, np.ndarray, pd.Series, pd.Index)):
        return [_toml(one, f"{key}[{k}]") for k, one in enumerate(value)]
    raise wrong_type(key, value, "a text, number, True, False, date, list or dictionary")
