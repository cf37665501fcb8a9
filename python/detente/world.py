"""Worlds: economies calibrated to a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Union

import pandas as pd

from . import _core as lib
from ._checks import number, of_kind, text
from ._labels import data_array, numbers, series
from ._record import Record
from .economy import Economy, load, option
from .errors import wrong_input
from .result import Result

if TYPE_CHECKING:
    import xarray as xr


Progress = Union[bool, Callable[[str, int, int], None], None]


class World(Result):
    """An economy calibrated to a model: the base equilibrium from which counterfactuals depart. ``economy.world(...)``
    or `dt.calibrate`. Options are those of [model] in a study: ``closure="balanced"``, ``labour_supply=0.5``, ..."""

    def __init__(self, economy: Economy, model: str = "ricardian", *, tolerance: float = 1e-12, **options: Any) -> None:
        of_kind(economy, Economy, "economy", "an economy: dt.load(...)")
        options = {name: option(value, name) for name, value in options.items() if value is not None}
        self._set(economy=economy, model=text(model, "model"), options=options, _core_world=None)
        self._set(tolerance=number(tolerance, "tolerance"))
        self._set(_labels=economy._labels)
        _ = self._core  # an error belongs to this call

    economy: Economy
    model: str
    options: dict[str, Any]
    tolerance: float
    _core_world: lib.World | None
    _labels: dict[str, pd.Index[Any]]

    @property
    def _core(self) -> lib.World:
        # Anew after a pickle, where somebody asks.
        if self._core_world is None:
            made = lib.calibrate(self.economy._core, self.model, self.options, self.tolerance)
            self._set(_core_world=made, _labels=self.economy._labels)
        return self._core_world  # type: ignore[return-value]

    def __getstate__(self) -> dict[str, Any]:
        kept = ("economy", "model", "options", "tolerance")
        return {name: self.__dict__[name] for name in kept} | {"_core_world": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._set(**state, _labels=state["economy"]._labels)

    @property
    def title(self) -> str:
        return f"{self.economy.title} ({self.model})"

    @property
    def regions(self) -> pd.Index[Any]:
        """Names of regions."""
        return self.economy.regions

    @property
    def sectors(self) -> pd.Index[Any]:
        """Codes of sectors."""
        return self.economy.sectors

    @property
    def unit(self) -> str:
        """Of money."""
        return self.economy.unit

    @property
    def certificate(self) -> Record:
        """Of the base equilibrium."""
        return Record(self._core.certificate())

    @property
    def moved(self) -> Record:
        """How far the calibrated base stands from the economy's tables."""
        return Record(self._core.moved())

    @property
    def trade(self) -> xr.DataArray:
        """Flows of the base by exporter, importer and sector, net of tariffs, money."""
        return data_array(numbers(self._core.trade(), self._labels))

    @property
    def trade_share(self) -> xr.DataArray:
        """Of the importer's spending, by exporter, importer and sector."""
        return data_array(numbers(self._core.trade_share(), self._labels))

    @property
    def tariff(self) -> xr.DataArray:
        """Ad valorem rates by exporter, importer and sector."""
        return data_array(numbers(self._core.tariff(), self._labels))

    @property
    def income(self) -> pd.Series[Any]:
        """By region: labour income, profits, tariff revenue and transfers, money."""
        return series(numbers(self._core.income(), self._labels))

    def to_frame(self) -> pd.DataFrame:
        """Incomes of the base by region, money."""
        lists = (self._core.income(), self._core.labour_income(), self._core.transfer(), self._core.revenue())
        return pd.DataFrame({table.name: series(numbers(table, self._labels)) for table in lists if not table.empty})

    @property
    def units(self) -> dict[str, str]:
        return dict.fromkeys(("income", "labour_income", "transfer", "revenue"), self.unit)

    @property
    def assumptions(self) -> tuple[str, ...]:
        from .study import assumptions_of

        return assumptions_of(self)

    def _citations(self) -> list[str]:
        from . import cite

        return [text for text in (cite.model(self.model), *self.economy._citations()) if text]


AnyWorld = Union[Economy, World, str]


def world_of(given: AnyWorld, model: str | None = None, options: Mapping[str, Any] | None = None) -> World:
    """A world from a world, an economy, or the name of one."""
    options = dict(options or {})
    if isinstance(given, World):
        if model is not None or options:
            key = "model" if model is not None else next(iter(options))
            raise wrong_input(
                "this world is calibrated already",
                key=key,
                expected="options of an economy: dt.calibrate(economy, ...)",
            )
        return given
    economy = load(given) if isinstance(given, str) else given
    of_kind(economy, Economy, "world", "a world, an economy, or the name of one")
    return economy.world(model or "ricardian", **options)


def calibrate(economy: Economy | str, model: str = "ricardian", *, tolerance: float = 1e-12, **options: Any) -> World:
    """Solves the base equilibrium of the economy under the model and calibrates to it."""
    chosen = load(economy) if isinstance(economy, str) else economy
    of_kind(chosen, Economy, "economy", "an economy, or the name of one")
    return chosen.world(model, tolerance=tolerance, **options)


def models() -> tuple[Record, ...]:
    """The models with their options, the default first."""
    return tuple(Record(row) for row in lib.models())
