"""What results rest on: elasticities, dated tariffs, ledgers of promises, predictions held against what happened."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from . import _core as lib
from ._checks import count, text
from ._checks import path as path_of
from ._record import Record
from .result import Result
from .study import telling
from .world import Progress


class _Named(Result):
    _facts: dict[str, Any]
    _rows: tuple[dict[str, Any], ...]

    def __init__(self, found: Mapping[str, Any]) -> None:
        rows = tuple(dict(row) for row in found["rows"])
        self._set(_facts={key: value for key, value in found.items() if key != "rows"}, _rows=rows)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in self.__dict__.get("_facts", {}):
            raise AttributeError(key)
        return self._facts[key]

    @property
    def title(self) -> str:
        return str(self._facts["title"])

    @property
    def assumptions(self) -> tuple[str, ...]:
        return tuple(self._facts[key] for key in ("source", "note") if self._facts[key])

    def _footer(self) -> str:
        return f"source: {self._facts['source']}"


class ElasticitySet(_Named):
    """A set of trade elasticities, with name, source, licence, horizon and note."""

    def to_frame(self) -> pd.DataFrame:
        """By sector: theta, how sure it is (log_sd), psi, and the estimate before shrinkage."""
        table = pd.DataFrame(list(self._rows)).set_index("sector")
        numbers = ["theta", "log_sd", "psi", "estimate", "standard_error"]
        return table.assign(**{key: pd.to_numeric(table[key]) for key in numbers})


class Schedule(_Named):
    """A dated schedule of tariffs, with name, date, kind, source, data_state and announced."""

    def to_frame(self) -> pd.DataFrame:
        """Increases in points of the value over the base of an economy, a line a row."""
        return pd.DataFrame(list(self._rows)).rename_axis(index="line")


def elasticity_sets() -> list[str]:
    """Names of the sets that come with the library."""
    return lib.elasticity_sets()


def elasticities(name: str | Path) -> ElasticitySet:
    """A set by its name, or the path of a CSV."""
    return ElasticitySet(lib.elasticity_set(path_of(name, "name")))


def schedules() -> list[str]:
    """Names of the schedules that come with the library."""
    return lib.tariff_schedules()


def schedule(name: str | Path) -> Schedule:
    """A schedule by its name, or the path of a CSV."""
    return Schedule(lib.tariff_schedule(path_of(name, "name")))


class Track(Result):
    """Words against actions: where the promises of a ledger stand on a day."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._set(
            _found={key: value for key, value in found.items() if key != "json"}, data=Record(json.loads(found["json"]))
        )

    data: Record  #: with the keys of ``detente track --json``
    _found: dict[str, Any]

    @property
    def title(self) -> str:
        return f"{self._found['title']}, as of {self.as_of}"

    @property
    def as_of(self) -> str:
        """The day."""
        return str(self._found["as_of"])

    def to_frame(self) -> pd.DataFrame:
        """By commitment: who, to whom, how much until when, status and attainment."""
        table = pd.DataFrame(self._found["commitments"]).set_index("id").rename_axis(index="commitment")
        return table.assign(value=pd.to_numeric(table["value"]))

    @property
    def fidelity(self) -> pd.DataFrame:
        """By actor and field: the chance that its word holds for a year, with the interval of 90 %."""
        return pd.DataFrame(self._found["fidelity"])

    def confint(self, level: float = 0.9, key: str | None = None) -> pd.DataFrame:
        """The interval of fidelity by actor, over all fields; it is of 90 %."""
        from .errors import wrong_input

        if abs(level - 0.9) > 1e-9:
            raise wrong_input(
                "the interval of a ledger's fidelity is of 90 %", key="level", found=level, expected="0.9"
            )
        table = self.fidelity
        return table[table["field"] == ""].set_index("actor")[["low", "high"]]

    def summary(self) -> str:
        return str(self._found["text"])

    def plot_timeline(self, path: str | None = None, **options: Any) -> Any:
        """What was promised and what was done, over time."""
        from . import plot

        return plot.ledger(self.data, path, **options)


def track(ledger: str | Path, *, as_of: str | datetime.date = "", prior: str = "uniform") -> Track:
    """Judges a ledger (a path, or its text) on a day, YYYY-MM-DD (today where none is given); later observations are
    not seen. `prior` of fidelity: "uniform", "jeffreys" or "informative"."""
    given = path_of(ledger, "ledger")
    name = "ledger" if "\n" in given else ""
    day = as_of.isoformat() if isinstance(as_of, datetime.date) else text(as_of, "as_of", "a day, YYYY-MM-DD")
    return Track(lib.track(given, name, {"as_of": day[:10], "prior": text(prior, "prior")}))


class Validation(Result):
    """A model's predictions held against what happened."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._set(
            _found={key: value for key, value in found.items() if key != "json"}, data=Record(json.loads(found["json"]))
        )

    data: Record  #: with the keys of ``detente validate --json``
    _found: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self._found["title"])

    def to_frame(self) -> pd.DataFrame:
        """By predictor: slope, its standard error and 95 % interval, correlation, R2 at slope 1."""
        rows = {row["name"]: row["fit"] or {} for row in self._found["predictors"]}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="predictor")

    @property
    def cells(self) -> pd.DataFrame:
        """Predicted and observed log changes, a cell a row."""
        table = pd.DataFrame(self._found["cells"])
        return table.assign(predicted=pd.to_numeric(table["predicted"]), observed=pd.to_numeric(table["observed"]))

    def confint(self, level: float = 0.95, key: str | None = None) -> pd.DataFrame:
        """The interval of the slope by predictor; it is of 95 %."""
        from .errors import wrong_input

        if abs(level - 0.95) > 1e-9:
            raise wrong_input("the interval of the slope is of 95 %", key="level", found=level, expected="0.95")
        return self.to_frame()[["low", "high"]]

    def summary(self) -> str:
        return str(self._found["text"])

    @property
    def scatter(self) -> str:
        """Predicted against observed changes, SVG."""
        return str(self._found["scatter"])

    def plot_scatter(self, path: str | None = None, **options: Any) -> Any:
        """Predicted against observed changes of the headline's cells."""
        from . import plot

        return plot.scatter(self, path, **options)


def validate(episode: str | Path, *, threads: int = 0, progress: Progress = None) -> Validation:
    """Solves an episode and holds the predictions against what happened."""
    with telling(progress) as heard:
        return Validation(
            lib.validate(path_of(episode, "episode"), {"variables": dict(os.environ)}, count(threads, "threads"), heard)
        )
