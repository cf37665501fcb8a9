"""Tables of the library as pandas and xarray have them: names along every dimension, no number copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Union

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import xarray as xr

    from . import _core as lib

    Labelled = Union["pd.Series[Any]", pd.DataFrame, "xr.DataArray"]


class Numbers(NamedTuple):
    """An array with names: what a table of the library is, and what is left of one in a pickle."""

    name: str
    unit: str
    dimensions: tuple[str, ...]
    labels: tuple[pd.Index[Any], ...]
    array: np.ndarray[Any, np.dtype[np.float64]]


def numbers(table: lib.Table, labels: dict[str, pd.Index[Any]] | None = None) -> Numbers:
    """A table's numbers where they lie. `labels`: indices to share, by the dimension's name."""
    known = labels or {}
    dimensions = tuple(table.dimensions)
    found = tuple(
        known[name] if name in known else pd.Index(table.labels(k), name=name) for k, name in enumerate(dimensions)
    )
    return Numbers(table.name, table.unit, dimensions, found, table.array)


def labels_of(regions: list[str], sectors: list[str]) -> dict[str, pd.Index[Any]]:
    """Indices by the names of dimensions."""
    names = {name: pd.Index(regions, name=name) for name in ("region", "exporter", "importer")}
    return names | {name: pd.Index(sectors, name=name) for name in ("sector", "input")}


def series(given: Numbers) -> pd.Series[Any]:
    """One dimension."""
    out: pd.Series[Any] = pd.Series(given.array, index=given.labels[0], name=given.name, copy=False)
    out.attrs["unit"] = given.unit
    return out


def frame(given: Numbers) -> pd.DataFrame:
    """Two dimensions: rows and columns."""
    out = pd.DataFrame(given.array, index=given.labels[0], columns=given.labels[1], copy=False)
    out.attrs.update(unit=given.unit, name=given.name)
    return out


def data_array(given: Numbers) -> xr.DataArray:
    """Any number of dimensions."""
    import xarray as xr

    coordinates = dict(zip(given.dimensions, given.labels))
    return xr.DataArray(
        given.array, dims=given.dimensions, coords=coordinates, name=given.name, attrs={"units": given.unit}
    )


def labelled(given: Numbers) -> Any:
    """As pandas has it up to two dimensions, as xarray beyond."""
    return (series, frame, data_array)[min(len(given.dimensions), 3) - 1](given)


def nearest(wrong: str, known: list[str]) -> str:
    """The known name nearest to a misspelt one, or nothing."""
    import difflib

    found = difflib.get_close_matches(wrong, known, n=1, cutoff=0.6)
    return found[0] if found else ""
