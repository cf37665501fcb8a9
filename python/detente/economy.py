"""Economies: the tables that everything starts from."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import count, known, names, number, of_kind, text
from ._checks import path as path_of
from ._labels import Numbers, data_array, frame, labels_of, numbers, series
from ._tables import (
    Floats,
    checked,
    dense,
    labelled_by,
    line_array,
    ordered,
    shares,
    take_columns,
    thetas,
    value_or_share,
)
from .errors import wrong_input
from .result import Result

if TYPE_CHECKING:
    import xarray as xr

    from .world import World

_TABLES = (
    "trade",
    "tariff",
    "value_added_share",
    "input_share",
    "final_share",
    "theta",
    "theta_log_sd",
    "sigma",
    "psi",
)
_OF_REGIONS = ("value_added", "deficit")
_TEXTS = ("title", "source", "licence", "unit", "note", "elasticities", "elasticity_set", "elasticity_horizon")


class Economy(Result):
    """An observed economy: trade, tariffs, input-output links, elasticities. From `load`, `Economy.from_frames`,
    `Economy.from_xarray`, `read_economy` or `from_gtap`. Safe to use from several threads."""

    def __init__(self, core: lib.Economy, name: str = "economy") -> None:
        self._set(_core=core, name=name, _worlds={}, _lock=threading.Lock())
        self._set(_labels=labels_of(core.regions, core.sectors))

    name: str
    _core: lib.Economy
    _labels: dict[str, pd.Index[Any]]
    _worlds: dict[Any, World]
    _lock: threading.Lock

    def __getstate__(self) -> dict[str, Any]:
        return {"content": self._core.to_bytes(), "name": self.name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(lib.economy_from_bytes(state["content"], state["name"]), state["name"])  # type: ignore[misc]

    @property
    def title(self) -> str:
        """What it is, for a person."""
        return self._core.title

    @property
    def source(self) -> str:
        """Where its numbers come from."""
        return self._core.source

    @property
    def licence(self) -> str:
        """Of the source."""
        return self._core.licence

    @property
    def unit(self) -> str:
        """Of money."""
        return self._core.unit

    @property
    def note(self) -> str:
        """What was assumed on the way here."""
        return self._core.note

    @property
    def elasticities(self) -> str:
        """Where the elasticities come from."""
        return self._core.elasticities

    @property
    def year(self) -> int:
        """Of the tables."""
        return self._core.year

    @property
    def regions(self) -> pd.Index[Any]:
        """Names of regions."""
        return self._labels["region"]

    @property
    def sectors(self) -> pd.Index[Any]:
        """Codes of sectors."""
        return self._labels["sector"]

    @property
    def goods(self) -> pd.Series[Any]:
        """True where tariffs can apply, by sector."""
        return pd.Series(self._core.goods, index=self.sectors, name="goods")

    def _numbers(self, table: lib.Table) -> Numbers:
        return numbers(table, self._labels)

    def _table(self, name: str) -> Numbers | None:
        table = getattr(self._core, name)()
        return None if table.empty else self._numbers(table)

    @property
    def trade(self) -> xr.DataArray:
        """Flows by exporter, importer and sector, net of tariffs, money."""
        return data_array(self._numbers(self._core.trade()))

    @property
    def tariff(self) -> xr.DataArray:
        """Ad valorem rates by exporter, importer and sector."""
        return data_array(self._numbers(self._core.tariff()))

    @property
    def theta(self) -> pd.Series[Any]:
        """Trade elasticities by sector."""
        found = self._table("theta")
        return series(found) if found else pd.Series(np.nan, index=self.sectors, name="theta")

    @property
    def value_added_share(self) -> pd.DataFrame:
        """Value added over gross output, by region and sector."""
        found = self._table("value_added_share")
        return frame(found) if found else pd.DataFrame(index=self.regions, columns=self.sectors, dtype=float)

    @property
    def final_share(self) -> pd.DataFrame:
        """Shares of final demand, by region and sector."""
        found = self._table("final_share")
        return frame(found) if found else pd.DataFrame(index=self.regions, columns=self.sectors, dtype=float)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of free columns, for policies."""
        return tuple(self._core.columns())

    def column(self, name: str) -> Any:
        """A free column: by sector or region (Series), both (DataFrame), or trade line (DataArray)."""
        from ._labels import labelled

        return labelled(self._numbers(self._core.column(text(name, "name"))))

    def check(self) -> str:
        """What speaks against it: accounting residuals, negative cells, what each model lacks."""
        return self._core.check()

    def save(self, path: str | Path) -> None:
        """Writes a NetCDF file that `load` reads."""
        self._core.save(path_of(path, "path"))

    def with_elasticities(self, name: str) -> Economy:
        """This economy with the elasticities of a set, by its name or the path of a CSV."""
        return Economy(self._core.with_elasticities(path_of(name, "name")), self.name)

    def with_mean_elasticity(self, mean: float) -> Economy:
        """This economy with the elasticities of goods scaled to that mean."""
        return Economy(self._core.with_mean_elasticity(number(mean, "mean")), self.name)

    def with_rates(self, name: str, rates: xr.DataArray | Floats) -> Economy:
        """This economy with a column of numbers by exporter, importer and sector, for ``rate_column`` of a policy."""
        if text(name, "name") in (*_TABLES, *_OF_REGIONS, "goods", "sector_title"):
            raise wrong_input(
                "the name of a table that economies have", key="name", found=f'"{name}"', expected="another"
            )
        return Economy(self._core.with_line_column(name, line_array(self, rates, "rates")), self.name)

    def to_frame(self) -> pd.DataFrame:
        """By region: exports, imports, home sales and mean tariff on goods, money and rates."""
        trade, tariff = self._core.trade().array, self._core.tariff().array
        away = ~np.eye(len(self.regions), dtype=bool)
        goods = np.asarray(self._core.goods)
        flows = np.where(away[:, :, None], trade, 0.0)
        taxed = flows[:, :, goods]
        total = taxed.sum(axis=(0, 2))
        duty = (taxed * tariff[:, :, goods]).sum(axis=(0, 2))
        return pd.DataFrame(
            {
                "exports": flows.sum(axis=(1, 2)),
                "imports": flows.sum(axis=(0, 2)),
                "home_sales": np.einsum("iis->i", trade),
                "mean_tariff": np.divide(duty, total, out=np.zeros_like(duty), where=total > 0),
            },
            index=self.regions,
        )

    @property
    def units(self) -> dict[str, str]:
        return dict.fromkeys(("exports", "imports", "home_sales"), self.unit) | {"mean_tariff": "rate"}

    def _footer(self) -> str:
        return f"{len(self.regions)} regions, {len(self.sectors)} sectors, {self.year or 'no year'}, {self.unit}"

    @property
    def assumptions(self) -> tuple[str, ...]:
        return tuple(text for text in (self.elasticities, self.note) if text)

    def _citations(self) -> list[str]:
        from . import cite

        return [cite.data(self.title, self.source, self.year)]

    def to_xarray(self) -> xr.Dataset:
        """Every table, with names and units: what `Economy.from_xarray` reads."""
        import xarray as xr

        out = xr.Dataset()
        for name in (*_TABLES, *_OF_REGIONS):
            found = self._table(name)
            if found is not None:
                out[name] = data_array(found)
        for name in self.columns:
            out[name] = data_array(self._numbers(self._core.column(name))).assign_attrs(free_column=1)
        out["goods"] = ("sector", np.asarray(self._core.goods))
        if self._core.sector_titles:
            out["sector_title"] = ("sector", np.asarray(self._core.sector_titles, dtype=object))
        out.attrs.update({name: getattr(self._core, name) for name in _TEXTS}, year=self.year, name=self.name)
        return out

    @staticmethod
    def from_xarray(data: xr.Dataset) -> Economy:
        """From a dataset with the names of `to_xarray`: ``trade`` (exporter, importer, sector) at least."""
        import xarray as xr

        of_kind(data, xr.Dataset, "data", "an xarray.Dataset with the names of to_xarray")
        if "trade" not in data:
            raise wrong_input(
                "the dataset has no trade", key="trade", found=", ".join(map(str, data)), expected="trade"
            )
        labelled_by(data["trade"], ("exporter", "importer", "sector"), "trade")
        regions = [str(name) for name in data["trade"]["exporter"].values]
        sectors = [str(name) for name in data["trade"]["sector"].values]
        arrays: dict[str, Any] = {name: str(data.attrs.get(name, "")) for name in _TEXTS}
        arrays |= {"regions": regions, "sectors": sectors, "year": int(data.attrs.get("year", 0))}
        for name in (*_TABLES, *_OF_REGIONS):
            if name in data:
                arrays[name] = ordered(data[name], regions, sectors)
        if "goods" in data:
            arrays["goods"] = [bool(flag) for flag in data["goods"].sel(sector=sectors).values]
        if "sector_title" in data:
            arrays["sector_titles"] = [str(text) for text in data["sector_title"].sel(sector=sectors).values]
        take_columns(data, regions, sectors, arrays)
        return Economy(lib.economy_from_arrays(arrays), str(data.attrs.get("name", "economy")))

    @staticmethod
    def from_frames(
        trade: pd.DataFrame,
        inputs: pd.DataFrame | None = None,
        final: pd.DataFrame | None = None,
        elasticities: Mapping[str, float] | float | None = None,
        *,
        goods: Sequence[str] | None = None,
        title: str = "",
        source: str = "",
        licence: str = "",
        unit: str = "money",
        year: int = 0,
        name: str = "economy",
    ) -> Economy:
        """From three tables, a number a row, and trade elasticities by sector.

        `trade`: columns exporter, importer, sector, value (net of tariffs, home sales included), and tariff (a rate;
        without the column: none). `inputs`: region, input, sector, and value (spending of the sector on the input,
        money) or share (of the sector's output); None: nothing is used as an input. `final`: region, sector, and value
        or share of final demand; None: what each region spends beyond its inputs. `elasticities`: by sector ("*": all
        others), or one for all. `goods`: sectors where tariffs can apply; None: all.
        """
        lines = checked(trade, "trade", ("exporter", "importer", "sector", "value"))
        if not len(lines):
            raise wrong_input("the table has no rows", key="trade", expected="a flow a row")
        regions = list(dict.fromkeys([*lines["exporter"].astype(str), *lines["importer"].astype(str)]))
        sectors = list(dict.fromkeys(lines["sector"].astype(str)))
        where = {"exporter": regions, "importer": regions, "sector": sectors, "region": regions, "input": sectors}
        flows = dense(lines, ("exporter", "importer", "sector"), where, "value", "trade")
        rates = np.zeros_like(flows)
        if "tariff" in lines:
            rates = dense(lines, ("exporter", "importer", "sector"), where, "tariff", "trade")
        output = flows.sum(axis=1)
        links = shares(inputs, ("region", "input", "sector"), where, output[:, None, :], "inputs")
        spending = (flows * (1.0 + rates)).sum(axis=0)
        demand = spending - np.einsum("jks,js->jk", links, output)
        if final is not None:
            demand = dense(final, ("region", "sector"), where, value_or_share(final, "final"), "final")
        total = demand.sum(axis=1, keepdims=True)
        if not (total > 0).all():
            bad = regions[int(np.argmin(total))]
            raise wrong_input(f"{bad} has no final demand", key="final", expected="spending beyond inputs above 0")
        arrays = {
            "title": text(title, "title") or "An economy from tables",
            "source": text(source, "source"),
            "licence": text(licence, "licence"),
            "unit": text(unit, "unit"),
            "year": count(year, "year"),
            "regions": regions,
            "sectors": sectors,
            "trade": flows,
            "tariff": rates,
            "input_share": links,
            "value_added_share": np.ascontiguousarray(1.0 - links.sum(axis=1)),
            "final_share": np.ascontiguousarray(demand / total),
        }
        if elasticities is not None:
            arrays["theta"] = thetas(elasticities, sectors)
        if goods is not None:
            taxed = set(known(names(goods, "goods"), sectors, "goods", "sector"))
            arrays["goods"] = [sector in taxed for sector in sectors]
        return Economy(lib.economy_from_arrays(arrays), name)

    def world(self, model: str = "ricardian", *, tolerance: float = 1e-12, **options: Any) -> World:
        """This economy calibrated to a model; the same call gives the same world again."""
        from .world import World

        options = {name: option(value, name) for name, value in options.items() if value is not None}
        key = (text(model, "model"), number(tolerance, "tolerance"), tuple(sorted(options.items())))
        with self._lock:
            found = self._worlds.get(key)
        if found is None:
            found = World(self, model, tolerance=tolerance, **options)
            with self._lock:
                self._worlds.setdefault(key, found)
        return found


def economies() -> list[str]:
    """Names of the economies that come with the library."""
    return lib.economies()


def load(name_or_path: str | Path) -> Economy:
    """A built-in economy by its name (`economies()`), or an economy file by its path."""
    name = path_of(name_or_path, "name_or_path")
    return Economy(lib.load_economy(name), Path(name).stem)


def option(value: object, name: str) -> bool | str | float:
    """The value of an option of a model."""
    return value if isinstance(value, (bool, str)) else number(value, name)
