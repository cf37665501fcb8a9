"""Tables of a user's own, read by labels: what is missing, unknown, twice or no number is an error with its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._checks import known, mapping, number, of_kind, wrong_type
from ._labels import nearest
from .errors import wrong_input

if TYPE_CHECKING:
    import xarray as xr

    from .economy import Economy

Floats = np.ndarray[Any, np.dtype[np.float64]]


def line_array(economy: Economy, values: Any, key: str) -> Floats:
    """Numbers by exporter, importer and sector in the order of the economy, row-major."""
    regions, sectors = list(economy.regions), list(economy.sectors)
    where = {"exporter": regions, "importer": regions, "sector": sectors}
    if hasattr(values, "dims"):
        labelled_by(values, tuple(where), key)
        for dimension, labels in where.items():
            given = known([str(name) for name in values[dimension].values], labels, f"{key}.{dimension}", dimension)
            missing = [name for name in labels if name not in given]
            if missing:
                raise wrong_input("a label is missing", key=f"{key}.{dimension}", expected=missing[0])
        values = values.transpose(*where).sel(where).values
    try:
        return np.ascontiguousarray(values, dtype=float)
    except (TypeError, ValueError):
        raise wrong_type(key, values, "numbers by exporter, importer and sector") from None


def labelled_by(array: xr.DataArray, dimensions: Sequence[str], key: str) -> None:
    """Refuses an array that has other dimensions than these, each with labels."""
    without = [name for name in dimensions if name not in array.dims or name not in array.coords]
    if without or len(array.dims) != len(dimensions):
        unlabelled = " without labels" if set(dimensions) <= set(array.dims) else ""
        found = ", ".join(str(name) for name in array.dims) + unlabelled
        raise wrong_input("not the dimensions that are expected", key=key, found=found, expected=", ".join(dimensions))


def ordered(data: xr.DataArray, regions: list[str], sectors: list[str]) -> Floats:
    """The numbers of an array in the order of these names, whatever its own."""
    order = {"exporter": regions, "importer": regions, "region": regions, "sector": sectors, "input": sectors}
    dims = [name for name in ("exporter", "importer", "region", "input", "sector") if name in data.dims]
    for name in dims:
        if name in data.coords:
            given = [str(label) for label in data.coords[name].values]
            missing = [label for label in order[name] if label not in given]
            if missing:
                raise wrong_input("a label is missing", key=f"{data.name}.{name}", expected=missing[0])
    chosen = {name: order[name] for name in dims if name in data.coords}
    return np.ascontiguousarray(data.transpose(*dims).sel(chosen).values, dtype=float)


def take_columns(data: xr.Dataset, regions: list[str], sectors: list[str], arrays: dict[str, Any]) -> None:
    """The free columns of a dataset, by what they are of."""
    kinds = {
        ("sector",): "sector_columns",
        ("region",): "region_columns",
        ("region", "sector"): "region_sector_columns",
        ("exporter", "importer", "sector"): "line_columns",
    }
    for name, column in data.data_vars.items():
        if not column.attrs.get("free_column"):
            continue
        dims = tuple(d for d in ("exporter", "importer", "region", "sector") if d in column.dims)
        arrays.setdefault(kinds[dims], {})[str(name)] = ordered(column, regions, sectors)


def table_given(table: object, name: str) -> pd.DataFrame:
    """A table, which is a data frame."""
    return of_kind(table, pd.DataFrame, name, "a pandas.DataFrame")


def checked(table: pd.DataFrame, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """A table that has these columns."""
    missing = [column for column in columns if column not in table_given(table, name)]
    if missing:
        raise wrong_input(
            f"the table has no column {missing[0]}",
            key=name,
            found=", ".join(map(str, table.columns)),
            expected=", ".join(columns),
            nearest=nearest(missing[0], [str(column) for column in table.columns]),
        )
    return table


def dense(table: pd.DataFrame, index: Sequence[str], where: Mapping[str, list[str]], value: str, name: str) -> Floats:
    """The numbers of a long table as an array in the order of names; what the table does not have is 0."""
    checked(table, name, [*index, value])
    positions = []
    for column in index:
        if table[column].isna().any():
            row = int(np.argmax(table[column].isna().to_numpy()))
            raise wrong_input("a name is missing", key=f"{name}.{column}", found=f"nothing in row {row}")
        labels = table[column].astype(str)
        found = pd.Index(where[column]).get_indexer(pd.Index(labels))
        if (found < 0).any():
            known([labels.iloc[int(np.argmax(found < 0))]], where[column], f"{name}.{column}", column)
        positions.append(found)
    out = np.zeros([len(where[column]) for column in index])
    numbers_of = floats(table[value], f"{name}.{value}")
    if not np.isfinite(numbers_of).all():
        row = int(np.argmax(~np.isfinite(numbers_of)))
        raise wrong_input("not a finite number", key=f"{name}.{value}", found=f"{numbers_of[row]} in row {row}")
    twice = pd.DataFrame(dict(zip(index, positions))).duplicated()
    if twice.any():
        row = int(np.argmax(twice.to_numpy()))
        raise wrong_input("a cell stands twice", key=name, found=", ".join(str(table[c].iloc[row]) for c in index))
    out[tuple(positions)] = numbers_of
    return out


def floats(column: pd.Series[Any], key: str) -> Floats:
    """A column as numbers."""
    try:
        return column.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        row = int(np.argmax(pd.to_numeric(column, errors="coerce").isna().to_numpy()))
        raise wrong_input("not a number", key=key, found=f"{column.iloc[row]!r} in row {row}") from None


def value_or_share(table: pd.DataFrame, name: str) -> str:
    """Which of the two columns a table has."""
    table_given(table, name)
    if ("value" in table) == ("share" in table):
        raise wrong_input("a table has one of value and share", key=name, found=", ".join(map(str, table.columns)))
    return "value" if "value" in table else "share"


def shares(
    table: pd.DataFrame | None, index: Sequence[str], where: Mapping[str, list[str]], output: Floats, name: str
) -> Floats:
    """Inputs by region, input and sector as shares of the output."""
    if table is None:
        return np.zeros([len(where[column]) for column in index])
    column = value_or_share(table, name)
    out = dense(table, index, where, column, name)
    if column == "share":
        return out
    spent = np.broadcast_to(output, out.shape)
    if ((spent <= 0) & (out > 0)).any():
        region, _, sector = (int(k) for k in np.argwhere((spent <= 0) & (out > 0))[0])
        raise wrong_input(
            f"{where['region'][region]} buys inputs for {where['sector'][sector]}, of which it sells nothing", key=name
        )
    return np.ascontiguousarray(np.divide(out, spent, out=np.zeros_like(out), where=spent > 0))


def thetas(given: Mapping[str, float] | float, sectors: list[str]) -> Floats:
    """Elasticities by sector."""
    if not isinstance(given, (Mapping, pd.Series)):
        return np.full(len(sectors), number(given, "elasticities"))
    given = mapping(given, "elasticities", "numbers by sector")
    known([key for key in given if key != "*"], sectors, "elasticities", "sector")
    missing = [sector for sector in sectors if sector not in given and "*" not in given]
    if missing:
        raise wrong_input(
            "a sector has no elasticity", key="elasticities", found=missing[0], expected='a number, or "*"'
        )
    return np.array([number(given.get(sector, given.get("*")), f"elasticities.{sector}") for sector in sectors])
