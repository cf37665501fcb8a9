"""Counterfactual equilibria and their gradients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import count, mapping, number, of_kind, text
from ._labels import Numbers, data_array, frame, labelled, numbers, series
from ._record import Record
from .errors import wrong_input
from .policy import Policy
from .result import Result, bands_of
from .world import AnyWorld, Progress, World, world_of

if TYPE_CHECKING:
    import xarray as xr

    from .answers import Answer

_LINES = ("trade", "trade_share", "tariff")
_TABLES = ("price_hat", "cost_hat", "expenditure", "output")
_LISTS = ("wage_hat", "consumer_price_hat", "income", "revenue", "transfer")


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
        self.__dict__.update(_core=core, world=world, _policy=policy, name=name, bands=bands, drawn=drawn, _kept=None)

    world: World
    name: str  #: of the scenario; empty: of a call
    bands: pd.DataFrame | None  #: over draws of parameters, by region and key; None: nothing was drawn
    drawn: Record | None  #: what was drawn, and its drivers

    _core: lib.Equilibrium | None
    _policy: Policy | None
    _kept: dict[str, Any] | None

    @property
    def policy(self) -> Policy:
        """What is in force in it: the policy that was solved, or all that a study changed, by line."""
        if self._policy is None:
            self._set(_policy=Policy.of_library(self.core.policy(), self.world))
        return self._policy  # type: ignore[return-value]

    # A pickle holds the numbers: they come out as they went in, with no solve.

    def __getstate__(self) -> dict[str, Any]:
        if self._kept is not None:
            kept = self._kept
        else:
            core = self.core
            kept = {name: _owned(getattr(core, name)()) for name in (*_LINES, *_TABLES, *_LISTS)}
            kept["results"] = {key: _owned(core.result(key)) for key in core.result_keys()}
            kept["certificate"] = core.certificate()
        return {**self.__dict__, "_core": None, "_kept": kept, "_policy": self.policy}

    @property
    def core(self) -> lib.Equilibrium:
        """The library's own; after a pickle it is solved anew where somebody needs it."""
        if self._core is None:
            self._set(_core=lib.solve(self.world._core, self.policy.core, self.world.tolerance))
        return self._core  # type: ignore[return-value]

    def _numbers(self, name: str) -> Numbers:
        if self._kept is not None:
            return self._named(self._kept[name])
        return numbers(getattr(self.core, name)(), self.world._labels)

    # A result by region; some have the name of a table by region and sector.
    def _result(self, key: str) -> Numbers:
        text(key, "key", "the key of a result")
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

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)

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
        given = {of: 1.0} if isinstance(of, str) else mapping(of, "of", "a region, or weights by region")
        weight = {text(name, "of"): number(value, f"of.{name}") for name, value in given.items()}
        if not weight:
            raise wrong_input("there are no weights", key="of", expected="a region, or weights by region")
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
        tables = ("tariff", "trade_cost", "productivity", "factor_supply", "transfer", "theta")
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
        """One of tariff, trade_cost, productivity, factor_supply, transfer, theta, labelled."""
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
    policy: Policy | Equilibrium | Answer | None = None,
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

    `policy`: or an equilibrium, or an answer that ends in tariffs: what is in force in it (None: the base).
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
    elif type(policy) is not Policy:
        policy = policy_given(policy)
    if draws is not None:
        return _drawn(world, policy, count(draws, "draws", 1), count(seed, "seed"), uncertain, progress)
    core = lib.solve(
        world._core,
        policy.core,
        world.tolerance if tolerance is None else number(tolerance, "tolerance"),
        bool(certificate),
        None if start is None else of_kind(start, Equilibrium, "start", "an equilibrium of the same world").core,
    )
    return Equilibrium(core, world, policy)


def policy_given(given: object, key: str = "policy") -> Policy:
    """A policy from a policy, an equilibrium, or an answer that ends in tariffs."""
    from .answers import Answer

    if isinstance(given, Answer) and given.equilibrium is None:
        raise wrong_input(f"a {given.kind} ends in no tariffs", key=key, expected="a policy, or what ends in tariffs")
    if isinstance(given, (Equilibrium, Answer)):
        return given.policy
    return of_kind(given, Policy, key, "a policy: dt.Policy(world).tariff(...)")


def _drawn(
    world: World, policy: Policy, draws: int, seed: int, uncertain: Mapping[str, Any] | None, progress: Progress
) -> Equilibrium:
    from .study import run_policies

    chosen = {"elasticities": True} if uncertain is None else mapping(uncertain, "uncertain", "keys of [uncertainty]")
    settings = {"draws": draws, "seed": seed, **chosen}
    results = run_policies(world, {"policy": policy}, {"uncertainty": settings}, progress=progress)
    results.raise_failures()
    found = results.outcome("policy")
    bands = bands_of(results.json["uncertainty"]["outcomes"]["policy"]["regions"])
    return Equilibrium(found.core, world, policy, "", bands, found.drawn)


def gradient(
    world: AnyWorld | Equilibrium,
    policy: Policy | Equilibrium | Answer | None = None,
    *,
    of: str | Mapping[str, float],
    **options: Any,
) -> Gradient:
    """Derivatives of ln welfare of a region (or of a weighted sum) with respect to every tariff, trade cost and
    productivity, by one adjoint solve: at an equilibrium, or at the one of a policy."""
    if isinstance(world, Equilibrium) and (policy is not None or options):
        raise wrong_input("this equilibrium is solved already", key="policy", expected="a world and a policy")
    at = world if isinstance(world, Equilibrium) else solve(world, policy, **options)
    return at.gradient(of)
