"""Worlds, counterfactual equilibria and their gradients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import pandas as pd

from . import _core as lib
from ._labels import Numbers, data_array, frame, labelled, labels_of, numbers, series
from ._record import Record
from .economy import Economy, load
from .errors import wrong_input
from .policy import Policy
from .result import Result, bands_of

if TYPE_CHECKING:
    import xarray as xr

Progress = Union[bool, Callable[[str, int, int], None], None]

_LINES = ("trade", "trade_share", "tariff")
_TABLES = ("price_hat", "cost_hat", "expenditure", "output")
_LISTS = ("wage_hat", "consumer_price_hat", "income", "revenue", "transfer")


class World(Result):
    """An economy calibrated to a model: the base equilibrium from which counterfactuals depart. ``economy.world(...)``
    or `dt.calibrate`. Options are those of [model] in a study: ``closure="balanced"``, ``labour_supply=0.5``, ..."""

    def __init__(self, economy: Economy, model: str = "ricardian", *, tolerance: float = 1e-12, **options: Any) -> None:
        self._set(economy=economy, model=model, options=dict(options), tolerance=tolerance, _core_world=None)
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
    return economy.world(model or "ricardian", **options)


def calibrate(economy: Economy | str, model: str = "ricardian", *, tolerance: float = 1e-12, **options: Any) -> World:
    """Solves the base equilibrium of the economy under the model and calibrates to it."""
    chosen = load(economy) if isinstance(economy, str) else economy
    return chosen.world(model, tolerance=tolerance, **options)


def models() -> tuple[Record, ...]:
    """The models with their options, the default first."""
    return tuple(Record(row) for row in lib.models())


class Equilibrium(Result):
    """A counterfactual equilibrium relative to its base: hats are ratios, ``_percent`` are percent, money is in the
    economy's unit."""

    def __init__(
        self,
        core: lib.Equilibrium | None,
        world: World,
        policy: Policy | None,
        name: str = "",
        bands: pd.DataFrame | None = None,
        drawn: Record | None = None,
    ) -> None:
        self.__dict__.update(_core=core, world=world, policy=policy, name=name, bands=bands, drawn=drawn, _kept=None)

    world: World
    policy: Policy | None  #: what was changed; None: of a study
    name: str  #: of the scenario; empty: of a call
    bands: pd.DataFrame | None  #: over draws of parameters, by region and key; None: nothing was drawn
    drawn: Record | None  #: what was drawn, and its drivers

    _core: lib.Equilibrium | None
    _kept: dict[str, Any] | None

    # A pickle holds the numbers: they come out as they went in, with no solve.

    def __getstate__(self) -> dict[str, Any]:
        if self._kept is not None:
            kept = self._kept
        else:
            core = self.core
            kept = {name: _owned(getattr(core, name)()) for name in (*_LINES, *_TABLES, *_LISTS)}
            kept["results"] = {key: _owned(core.result(key)) for key in core.result_keys()}
            kept["certificate"] = core.certificate()
        return {**self.__dict__, "_core": None, "_kept": kept}

    @property
    def core(self) -> lib.Equilibrium:
        """The library's own; after a pickle it is solved anew where somebody needs it."""
        if self._core is None:
            policy = self.policy or Policy(self.world, rates=self.tariff)
            self._set(_core=lib.solve(self.world._core, policy.core, self.world.tolerance))
        return self._core  # type: ignore[return-value]

    def _numbers(self, name: str) -> Numbers:
        if self._kept is not None:
            return self._named(self._kept[name])
        return numbers(getattr(self.core, name)(), self.world._labels)

    # A result by region; some have the name of a table by region and sector.
    def _result(self, key: str) -> Numbers:
        if self._kept is not None and key in self._kept["results"]:
            return self._named(self._kept["results"][key])
        return numbers(self.core.result(key), self.world._labels)

    def _named(self, kept: Numbers) -> Numbers:
        return kept._replace(labels=tuple(self.world._labels[dimension] for dimension in kept.dimensions))

    @property
    def title(self) -> str:
        return self.name or "Equilibrium"

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the results by region that this model has, as in results.json."""
        return tuple(self._kept["results"] if self._kept is not None else self.core.result_keys())

    def result(self, key: str) -> pd.Series[Any]:
        """One of them, by region; a region for which it is not defined has NaN."""
        return series(self._result(key))

    def __getitem__(self, key: str) -> pd.Series[Any]:
        return self.result(key)

    @property
    def welfare(self) -> pd.Series[Any]:
        """Percent change of real income by region, net of the cost of work; exact, not first-order."""
        if self._core is None:
            return series(self._result("welfare_percent"))
        return series(numbers(self._core.welfare_percent(), self.world._labels))  # asked for in loops

    @property
    def real_wage(self) -> pd.Series[Any]:
        """Percent change of the real wage, by region."""
        return series(self._result("real_wage_percent"))

    @property
    def ev(self) -> pd.Series[Any]:
        """Equivalent variation by region, money a year."""
        return series(self._result("ev"))

    @property
    def wage_hat(self) -> pd.Series[Any]:
        """Ratio to the base, by region."""
        return series(self._numbers("wage_hat"))

    @property
    def consumer_price_hat(self) -> pd.Series[Any]:
        """Ratio to the base, by region."""
        return series(self._numbers("consumer_price_hat"))

    @property
    def income(self) -> pd.Series[Any]:
        """By region, money."""
        return series(self._numbers("income"))

    @property
    def revenue(self) -> pd.Series[Any]:
        """Of tariffs, by region, money."""
        return series(self._numbers("revenue"))

    @property
    def transfer(self) -> pd.Series[Any]:
        """Received from abroad, by region, money."""
        return series(self._numbers("transfer"))

    @property
    def price_hat(self) -> pd.DataFrame:
        """Of what a sector's goods cost in a region, ratio to the base."""
        return frame(self._numbers("price_hat"))

    @property
    def cost_hat(self) -> pd.DataFrame:
        """Unit cost by region and sector, productivity and scale aside, ratio to the base."""
        return frame(self._numbers("cost_hat"))

    @property
    def expenditure(self) -> pd.DataFrame:
        """By region and sector, with tariffs, money."""
        return frame(self._numbers("expenditure"))

    @property
    def output(self) -> pd.DataFrame:
        """Sales by region and sector, net of tariffs, money."""
        return frame(self._numbers("output"))

    @property
    def trade(self) -> xr.DataArray:
        """Flows by exporter, importer and sector, net of tariffs, money."""
        return data_array(self._numbers("trade"))

    @property
    def trade_share(self) -> xr.DataArray:
        """Of the importer's spending, by exporter, importer and sector."""
        return data_array(self._numbers("trade_share"))

    @property
    def tariff(self) -> xr.DataArray:
        """Rates in force by exporter, importer and sector."""
        return data_array(self._numbers("tariff"))

    @property
    def certificate(self) -> Record:
        return Record(self._kept["certificate"] if self._kept is not None else self.core.certificate())

    def to_frame(self) -> pd.DataFrame:
        """Every result by region."""
        return pd.DataFrame({key: series(self._result(key)) for key in self.keys})

    @property
    def units(self) -> dict[str, str]:
        return {key: self._result(key).unit for key in self.keys}

    def to_xarray(self) -> xr.Dataset:
        """Results by region, prices and costs by sector, flows and tariffs by line."""
        import xarray as xr

        out = xr.Dataset({key: data_array(self._result(key)) for key in self.keys})
        for name in (*_TABLES, *_LINES):
            found = self._numbers(name)
            if found.array.size:
                out[f"{name}_by_sector" if name in out else name] = data_array(found)
        out.attrs.update(title=self.title, economy=self.world.economy.title, model=self.world.model)
        return out

    def summary(self) -> str:
        chosen = [
            key
            for key in ("welfare_percent", "ev", "real_wage_percent", "exports_percent", "imports_percent")
            if key in self.keys
        ]
        table = self.to_frame()[chosen]
        if self.bands is not None:
            band = self.confint(0.9, "welfare_percent") if "p05" in self.bands else None
            if band is not None:
                table = table.assign(welfare_p05=band["low"], welfare_p95=band["high"])
        return f"{self.title} ({self.world.unit})\n{table.to_string(float_format='{:,.4f}'.format)}\n{self._footer()}"

    def _footer(self) -> str:
        c = self.certificate
        drawn = "" if self.drawn is None else f"; {self.drawn['draws']} draws, {self.drawn['failed']} failed"
        return f"certificate: residual {c['residual']:.1e}, Walras {c['walras']:.1e}, {c['passes']} passes{drawn}"

    def _bands(self) -> pd.DataFrame | None:
        return self.bands

    @property
    def assumptions(self) -> tuple[str, ...]:
        words = () if self.drawn is None else tuple(self.drawn.get("words", ()))
        return (*self.world.assumptions, *words)

    def _citations(self) -> list[str]:
        return self.world._citations()

    def gradient(self, of: str | Mapping[str, float]) -> Gradient:
        """Derivatives of ln welfare of a region, or of a weighted sum, at this equilibrium."""
        weight = {of: 1.0} if isinstance(of, str) else {name: float(value) for name, value in of.items()}
        return Gradient(lib.gradient(self.core, weight), self.world, of if isinstance(of, str) else "weighted sum")

    def plot_welfare(self, path: str | None = None, *, key: str = "welfare_percent", **options: Any) -> Any:
        """Bars by region, with the bands of draws where there are any."""
        from . import plot

        return plot.welfare({self.title: self}, path, key=key, **options)

    def plot_map(self, path: str | None = None, *, key: str = "welfare_percent", **options: Any) -> Any:
        """A map of the world: every country in the colour of the region that it belongs to."""
        from . import plot

        return plot.world_map(self.result(key), path, **options)

    def plot_tornado(self, path: str | None = None, *, region: str, most: int = 10, **options: Any) -> Any:
        """What of the variance of a region's welfare over draws each parameter explains."""
        from . import plot

        return plot.tornado(self, path, region=region, most=most, **options)

    def drivers(self, region: str) -> pd.DataFrame:
        """The same as a table."""
        from . import plot

        return plot.drivers(self, region)


def _owned(table: lib.Table) -> Numbers:
    found = numbers(table)
    kept = np.array(found.array, copy=True, order="K")
    kept.flags.writeable = False
    return found._replace(array=kept, labels=())


class Gradient(Result):
    """Derivatives of ln welfare with respect to everything at once."""

    def __init__(self, found: dict[str, Any], world: World, of: str) -> None:
        tables = ("tariff", "trade_cost", "productivity", "transfer", "theta")
        kept = {name: _owned(found[name]) for name in tables if not found[name].empty}
        self._set(
            _tables=kept, world=world, of=of, value=found["value"], _residual=found["residual"], _passes=found["passes"]
        )

    world: World
    of: str  #: the region
    value: float  #: ln welfare itself

    _tables: dict[str, Numbers]
    _residual: float
    _passes: int

    def _numbers(self, name: str) -> Numbers:
        found = self._tables[name]
        return found._replace(labels=tuple(self.world._labels[dimension] for dimension in found.dimensions))

    @property
    def title(self) -> str:
        return f"Gradient of ln welfare: {self.of}"

    @property
    def tariff(self) -> xr.DataArray:
        """Per unit of the ad valorem rate, by exporter, importer and sector."""
        return data_array(self._numbers("tariff"))

    @property
    def trade_cost(self) -> xr.DataArray:
        """Per unit of the log of an iceberg factor, by exporter, importer and sector."""
        return data_array(self._numbers("trade_cost"))

    @property
    def productivity(self) -> pd.DataFrame:
        """Per unit of ln T, by region and sector."""
        return frame(self._numbers("productivity"))

    def table(self, name: str) -> Any:
        """One of tariff, trade_cost, productivity, transfer, theta, labelled."""
        if name not in self._tables:
            raise wrong_input("no such derivative", key="name", found=name, expected=", ".join(self._tables))
        return labelled(self._numbers(name))

    def to_frame(self) -> pd.DataFrame:
        """Derivatives with respect to tariffs, by importer and exporter, summed over sectors."""
        found = self._tables["tariff"].array.sum(axis=2)
        return pd.DataFrame(found, index=self.world._labels["exporter"], columns=self.world._labels["importer"])

    def to_xarray(self) -> xr.Dataset:
        import xarray as xr

        return xr.Dataset({name: data_array(self._numbers(name)) for name in self._tables}, attrs={"title": self.title})

    def tidy(self) -> pd.DataFrame:
        """Derivatives with respect to tariffs, a line a row."""
        return self.tariff.to_series().rename("value").reset_index()

    @property
    def certificate(self) -> Record:
        return Record({"residual": self._residual, "passes": self._passes})

    @property
    def assumptions(self) -> tuple[str, ...]:
        return self.world.assumptions

    def _citations(self) -> list[str]:
        return self.world._citations()


def solve(
    world: AnyWorld,
    policy: Policy | None = None,
    *,
    model: str | None = None,
    tolerance: float | None = None,
    certificate: bool = True,
    start: Equilibrium | None = None,
    draws: int | None = None,
    seed: int = 1,
    uncertain: Mapping[str, Any] | None = None,
    progress: Progress = None,
    **options: Any,
) -> Equilibrium:
    """Solves a counterfactual.

    `world`: a world, an economy (calibrated to `model` with `options` as in a study: ``closure="fixed"``), or a name.
    `certificate`: residuals by the equations as printed, apart from the solver; off, the solver's own. `start`: an
    equilibrium to begin from. `draws`: of the parameters that `uncertain` names (the keys of [uncertainty] in a study;
    the trade elasticities where it is None): the result then has bands.
    """
    if type(world) is not World:
        world = world_of(world, model, options)
    elif model is not None or options:
        world_of(world, model, options)
    if policy is None:
        policy = Policy(world)
    if draws is not None:
        return _drawn(world, policy, draws, seed, uncertain, progress)
    core = lib.solve(
        world._core,
        policy.core,
        world.tolerance if tolerance is None else tolerance,
        certificate,
        None if start is None else start.core,
    )
    return Equilibrium(core, world, policy)


def _drawn(
    world: World, policy: Policy, draws: int, seed: int, uncertain: Mapping[str, Any] | None, progress: Progress
) -> Equilibrium:
    from .study import run_policies

    settings = {"draws": draws, "seed": seed, **(dict(uncertain) if uncertain is not None else {"elasticities": True})}
    results = run_policies(world, {"policy": policy}, {"uncertainty": settings}, progress=progress)
    results.raise_failures()
    found = results.outcome("policy")
    bands = bands_of(results.json["uncertainty"]["outcomes"]["policy"]["regions"])
    return Equilibrium(found.core, world, policy, "", bands, found.drawn)


def gradient(
    world: AnyWorld | Equilibrium, policy: Policy | None = None, *, of: str | Mapping[str, float], **options: Any
) -> Gradient:
    """Derivatives of ln welfare of a region (or of a weighted sum) with respect to every tariff, trade cost and
    productivity, by one adjoint solve: at an equilibrium, or at the one of a policy."""
    at = world if isinstance(world, Equilibrium) else solve(world, policy, **options)
    return at.gradient(of)


def labels_for(world: World) -> dict[str, pd.Index[Any]]:
    """Indices by the names of dimensions."""
    return labels_of(list(world.regions), list(world.sectors))
