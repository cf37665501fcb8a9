"""Policies: what a counterfactual changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import known, mapping, names, number, of_kind, text
from ._tables import Floats, dense, line_array, table_given
from .economy import Economy
from .errors import wrong_input
from .result import Result

if TYPE_CHECKING:
    import xarray as xr

    from .world import World

Names = Union[str, Sequence[str]]

_KINDS = ("tariff", "trade_cost", "productivity", "factor_supply", "deficit")


class Policy(Result):
    """Changes in the order given; every method returns a new policy with one more.

    >>> war = dt.Policy(world).tariff(importer="USA", exporter="CHN", sector="goods", add=0.25)

    An empty policy is the base. Names are regions and sectors of the economy, ``"*"``, ``"goods"``, ``"services"`` and
    groups (``Policy(world, groups={"North": [...]})``); they are checked where the policy is used.
    """

    def __init__(
        self,
        world: Economy | World | None = None,
        *,
        closure: str = "",
        groups: Mapping[str, Sequence[str]] | None = None,
        rates: xr.DataArray | Floats | None = None,
        payment: Sequence[float] | None = None,
    ) -> None:
        """`closure`: of deficits, in place of the world's. `rates`: tariffs by exporter, importer and sector that
        changes begin from, in place of the base's (needs `world`). `payment`: money that changes hands, by region."""
        economy = None if world is None else economy_of(world)
        if rates is not None and economy is None:
            raise wrong_input(
                "rates by line need the economy that they are of", key="rates", expected="Policy(world, ...)"
            )
        self._set(
            _changes={kind: () for kind in _KINDS},
            _economy=economy,
            closure=text(closure, "closure"),
            groups=_groups(groups),
            _rates=None if rates is None or economy is None else line_array(economy, rates, "rates"),
            _payment=None if payment is None else np.array([number(one, "payment") for one in payment]),
            _made=None,
        )

    closure: str
    groups: dict[str, tuple[str, ...]]
    _changes: dict[str, tuple[dict[str, Any], ...]]
    _economy: Economy | None
    _rates: Floats | None
    _payment: Floats | None
    _made: lib.Policy | None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_made": None}

    @staticmethod
    def of_library(core: lib.Policy, world: World, groups: Mapping[str, Sequence[str]] | None = None) -> Policy:
        """What the library says is in force: tariffs by line, and changes of all else."""
        shape = (len(world.regions), len(world.regions), len(world.sectors))
        rates = core.tariff_rates.reshape(shape)
        out = Policy(world, closure=core.closure, groups=groups, rates=rates, payment=core.payment or None)
        changes = {name: tuple(dict(change) for change in getattr(core, name)) for name in _KINDS[1:]}
        out._set(_changes={"tariff": (), **changes}, _made=core)
        return out

    def _with(self, kind: str, change: dict[str, Any]) -> Policy:
        out = Policy.__new__(Policy)
        out._set(**{**self.__dict__, "_made": None})
        out._set(_changes={**self._changes, kind: (*self._changes[kind], change)})
        return out

    def tariff(
        self,
        *,
        importer: Names = "*",
        exporter: Names = "*",
        sector: Names = "*",
        rate: float | None = None,
        add: float | None = None,
        scale: float | None = None,
        rate_column: str | None = None,
        add_column: str | None = None,
        schedule: str | None = None,
        min: float | None = None,
        max: float | None = None,
        column_of: str = "exporter",
    ) -> Policy:
        """Tariffs of importers on exporters: exactly one of `rate` (0.10 is 10 %), `add` (points on the rate in force),
        `scale` (a factor on it), a column of the economy, or a dated `schedule` by name. The result is brought within
        `min` and `max`. `sector` "*" means where tariffs can apply; services must be named. A column by region is
        read at the exporter, or with `column_of="importer"` at the importer."""
        change: dict[str, Any] = _lines(importer, exporter, sector)
        figures = {"rate": rate, "add": add, "scale": scale, "min": min, "max": max}
        change |= {key: number(value, key) for key, value in figures.items() if value is not None}
        texts = {"rate_column": rate_column, "add_column": add_column, "schedule": schedule}
        change |= {key: text(value, key) for key, value in texts.items() if value is not None}
        if column_of not in ("exporter", "importer"):
            raise wrong_input("not a side of trade", key="column_of", found=column_of, expected="exporter or importer")
        if column_of == "importer":
            change["column_of_importer"] = True
        return self._with("tariff", change)

    def schedule(self, name: str, *, importer: Names = "*", exporter: Names = "*", sector: Names = "*") -> Policy:
        """The part of a dated schedule (`dt.schedules()`) on these lines: the base's tariff plus the increase."""
        return self.tariff(importer=importer, exporter=exporter, sector=sector, schedule=name)

    def trade_cost(self, *, importer: Names = "*", exporter: Names = "*", sector: Names = "*", factor: float) -> Policy:
        """Iceberg trade costs times `factor` (0.9: a tenth cheaper)."""
        return self._with("trade_cost", _lines(importer, exporter, sector) | {"factor": number(factor, "factor")})

    def productivity(self, *, region: Names = "*", sector: Names = "*", factor: float) -> Policy:
        """Productivity times `factor`: the T of Eaton and Kortum."""
        change = {"region": names(region, "region"), "sector": names(sector, "sector")}
        return self._with("productivity", change | {"factor": number(factor, "factor")})

    def factor_supply(self, *, region: Names = "*", factor: float) -> Policy:
        """How much there is to work with, labour and the capital that it works with, times `factor`."""
        return self._with("factor_supply", {"region": names(region, "region"), "factor": number(factor, "factor")})

    def deficit(self, *, region: Names = "*", rate: float | None = None, scale: float | None = None) -> Policy:
        """What regions receive from abroad: the level over base income (`rate`), or a factor on it (`scale`)."""
        given = {key: number(value, key) for key, value in (("rate", rate), ("scale", scale)) if value is not None}
        return self._with("deficit", {"region": names(region, "region"), **given})

    @staticmethod
    def from_frame(frame: pd.DataFrame, world: Economy | World, *, closure: str = "") -> Policy:
        """Tariffs from a long table: columns importer, exporter, sector and rate (or add: points on the base's). Lines
        that it does not have keep the base's tariff; a table without rows is the base."""
        economy = economy_of(world)
        table_given(frame, "frame")
        if "add" in frame and "rate" in frame:
            raise wrong_input("a table has one of rate and add", key="frame", found="both")
        column = "add" if "add" in frame else "rate"
        where = {"exporter": list(economy.regions), "importer": list(economy.regions), "sector": list(economy.sectors)}
        index = ("exporter", "importer", "sector")
        values = dense(frame, index, where, column, "frame")
        home = frame["exporter"].astype(str).eq(frame["importer"].astype(str))
        if home.any():
            raise wrong_input(
                "a region's trade with itself has no tariff", key="frame", found=frame["importer"][home].iloc[0]
            )
        base = economy._core.tariff().array
        if column == "add":
            return Policy(economy, closure=closure, rates=base + values)
        given = np.zeros(base.shape, dtype=bool)
        given[tuple(pd.Index(where[name]).get_indexer(pd.Index(frame[name].astype(str))) for name in index)] = True
        return Policy(economy, closure=closure, rates=np.where(given, values, base))

    @property
    def title(self) -> str:
        count = sum(map(len, self._changes.values()))
        begins = "" if self._rates is None else "tariffs by line, "
        return f"Policy: {begins}{count} {'change' if count == 1 else 'changes'}"

    def to_frame(self) -> pd.DataFrame:
        """One change a row, in order; tariffs by line first, a pair of regions a row where they are not the base's: the
        mean rate of the lines that differ."""
        rows = [*self._by_line(), *({"kind": kind, **change} for kind in _KINDS for change in self._changes[kind])]
        table = pd.DataFrame(rows if rows else {"kind": []}).rename_axis(index="change")
        return table.map(lambda cell: ", ".join(cell) if isinstance(cell, list) else cell)

    def _by_line(self) -> list[dict[str, Any]]:
        if self._rates is None or self._economy is None:
            return []
        economy, rates = self._economy, self._rates.reshape(self._economy._core.tariff().array.shape)
        differ = rates != economy._core.tariff().array
        return [
            {
                "kind": "tariffs by line",
                "importer": economy.regions[j],
                "exporter": economy.regions[i],
                "sector": f"{int(differ[i, j].sum())} sectors",
                "rate": float(rates[i, j][differ[i, j]].mean()),
            }
            for j, i in np.argwhere(differ.any(axis=2).T)
        ]

    def rates(self, world: Economy | World) -> xr.DataArray:
        """The tariffs in force under it, by exporter, importer and sector."""
        from .equilibrium import solve

        return solve(world, self).tariff

    @property
    def pays(self) -> bool:
        """Whether money changes hands under it."""
        return self._payment is not None and bool(np.any(self._payment))

    @property
    def core(self) -> lib.Policy:
        """The library's own, made once."""
        if self._made is None:
            given: dict[str, Any] = {kind: list(changes) for kind, changes in self._changes.items()}
            given |= {"closure": self.closure, "groups": {name: list(of) for name, of in self.groups.items()}}
            if self._rates is not None:
                given["tariff_rates"] = self._rates
            if self._payment is not None:
                given["payment"] = self._payment
            self._set(_made=lib.Policy(given))
        return self._made  # type: ignore[return-value]

    def scenario(self, name: str, column: str) -> tuple[dict[str, Any], Floats | None]:
        """The block of a study for it, and the rates by line that it names as `column`, if any."""
        if self.pays:
            raise wrong_input(
                "money that changes hands is no part of a scenario", key="policy", expected="a policy without payments"
            )
        block: dict[str, Any] = {"name": name}
        if self.closure:
            block["closure"] = self.closure
        tariffs = [_study_change(change) for change in self._changes["tariff"]]
        if self._rates is not None and self._economy is not None:
            everything = {"sector": list(self._economy.sectors), "rate_column": column}
            tariffs.insert(0, everything)
        if tariffs:
            block["tariff"] = tariffs
        for kind in _KINDS[1:]:
            if self._changes[kind]:
                block[kind] = list(self._changes[kind])
        return block, self._rates


def economy_of(world: Economy | World) -> Economy:
    """The economy that policies are about."""
    from .world import World

    if isinstance(world, World):
        return world.economy
    return of_kind(world, Economy, "world", "an economy or a world: dt.load(...)")


def _lines(importer: Names, exporter: Names, sector: Names) -> dict[str, list[str]]:
    return {
        "importer": names(importer, "importer"),
        "exporter": names(exporter, "exporter"),
        "sector": names(sector, "sector"),
    }


def _groups(given: Mapping[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    groups = {} if given is None else mapping(given, "groups", "lists of names by name")
    return {text(name, "groups"): tuple(names(members, f"groups.{name}")) for name, members in groups.items()}


def _study_change(change: dict[str, Any]) -> dict[str, Any]:
    out = {key: value for key, value in change.items() if key != "column_of_importer"}
    return out | ({"column_of": "importer"} if change.get("column_of_importer") else {})


def known_regions(economy: Economy, given: Names, key: str) -> list[str]:
    """Names of regions, checked."""
    return known(names(given, key), list(economy.regions), key, "region")
