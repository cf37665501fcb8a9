"""Errors: the text of the command, and its parts as fields.

Every call that fails raises one of these (or ``KeyboardInterrupt`` after Ctrl-C). ``str(error)`` is the line that the
command prints: ``file:line: key: problem (found: ...; expected: ...); did you mean "..."?``
"""

from __future__ import annotations

from typing import Any


class DetenteError(Exception):
    """What is common to all: the message and its parts. What is not known is empty (a line: 0)."""

    message: str
    file: str  #: or the name of a source in memory
    line: int  #: from 1; 0: none
    key: str  #: of a study, or the argument of a call: ``tariff[0].importer``
    problem: str  #: without place, found and expected
    found: str  #: what stood there
    expected: str  #: what can stand there
    nearest: str  #: the valid name nearest to a misspelt one

    def __init__(
        self,
        message: str,
        file: str = "",
        line: int = 0,
        key: str = "",
        problem: str = "",
        found: str = "",
        expected: str = "",
        nearest: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem or message
        self.found = found
        self.expected = expected
        self.nearest = nearest

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (
            self.message,
            self.file,
            self.line,
            self.key,
            self.problem,
            self.found,
            self.expected,
            self.nearest,
        )


class InputError(DetenteError, ValueError):
    """Names, numbers, a study or data are wrong: you can act on it."""


class SolveError(DetenteError, ArithmeticError):
    """An equilibrium, a search or its certificate failed."""


class FileError(DetenteError, OSError):
    """A file could not be read or written."""

    def __str__(self) -> str:
        return self.message


class Cancelled(DetenteError):
    """The work was asked to stop before there was an answer."""


_KINDS: dict[int, type[DetenteError]] = {1: InputError, 2: SolveError, 3: FileError, 4: Cancelled}


def of_library(kind: int, message: str, *parts: Any) -> DetenteError:
    """The exception for an error of the library."""
    return _KINDS.get(kind, DetenteError)(message, *parts)


def wrong_input(
    problem: str, *, key: str = "", found: object = "", expected: str = "", nearest: str = ""
) -> InputError:
    """An error of this package's own in the same form."""
    shown = "" if found == "" else str(found)
    detail = "; ".join(f"{name}: {text}" for name, text in (("found", shown), ("expected", expected)) if text)
    message = (f"{key}: " if key else "") + problem + (f" ({detail})" if detail else "")
    if nearest:
        message += f'; did you mean "{nearest}"?'
    return InputError(message, "", 0, key, problem, shown, expected, nearest)
