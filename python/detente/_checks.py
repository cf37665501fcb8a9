"""Arguments, checked before the library sees them: what is wrong is an input error that names the argument."""

from __future__ import annotations

import numbers
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from .errors import InputError, wrong_input

T = TypeVar("T")


def shown(value: object) -> str:
    """A value in an error: short, on one line."""
    text = " ".join(repr(value).split()) if isinstance(value, (str, bytes, int, float, type(None))) else ""
    name = type(value).__name__
    return text[:80] or f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


def wrong_type(key: str, value: object, expected: str) -> InputError:
    """The error for an argument of another kind than the one expected."""
    return wrong_input("not of the type that is expected", key=key, found=shown(value), expected=expected)


def of_kind(value: object, types: type[T] | tuple[type[T], ...], key: str, expected: str) -> T:
    """The value, which is of one of the types."""
    if not isinstance(value, types):
        raise wrong_type(key, value, expected)
    return value


def text(value: object, key: str, expected: str = "a text") -> str:
    """A text."""
    return of_kind(value, str, key, expected)


def number(value: object, key: str) -> float:
    """A finite or infinite number, of Python or NumPy; neither a text nor True."""
    if type(value) is float:
        return value
    if isinstance(value, (bool, str, bytes)) or not isinstance(value, numbers.Real):
        raise wrong_type(key, value, "a number")
    try:
        return float(value)
    except OverflowError:
        raise wrong_input("out of range", key=key, found=shown(value), expected="a number below 1e308") from None


def count(value: object, key: str, least: int = 0) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise wrong_type(key, value, "a whole number")
    if value < least:
        raise wrong_input("out of range", key=key, found=int(value), expected=f"at least {least}")
    return int(value)


def path(value: object, key: str) -> str:
    """A path as a text."""
    if not isinstance(value, (str, bytes, os.PathLike)):
        raise wrong_type(key, value, "a path")
    return os.fsdecode(value)


def names(value: object, key: str) -> list[str]:
    """A name or several as a list of texts."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Iterable) or isinstance(value, (bytes, Mapping)):
        raise wrong_type(key, value, "a name, or several")
    out = list(value)
    for name in out:
        text(name, key, "names")
    return [str(name) for name in out]


def known(given: Iterable[str], among: Sequence[str], key: str, what: str) -> list[str]:
    """Names, all of them among those that there are."""
    from ._labels import nearest

    out = list(given)
    for name in out:
        if name not in among:
            first = ", ".join(map(str, among[:12])) + (", ..." if len(among) > 12 else "")
            near = nearest(str(name), [str(one) for one in among])
            raise wrong_input(f"unknown {what}", key=key, found=f'"{name}"', expected=first, nearest=near)
    return out


def mapping(value: object, key: str, expected: str) -> Mapping[str, Any]:
    """Values by name; a pandas Series is one."""
    if isinstance(value, pd.Series):
        return {str(name): one for name, one in value.items()}
    return of_kind(value, Mapping, key, expected)


def columns(table: pd.DataFrame, wanted: Sequence[str], key: str) -> pd.DataFrame:
    """Some columns of a table."""
    return table[known(wanted, [str(name) for name in table.columns], key, "column")]


def folder_or_file(value: str | Path, key: str) -> Path:
    """A path to write to; the folder that it is in is there."""
    out = Path(path(value, key))
    if not out.parent.is_dir():
        raise wrong_input("the folder is not there", key=key, found=str(out.parent), expected="a folder")
    return out
