"""Answers about governments and their relation: with the keys of results.json, whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._record import Record
from .equilibrium import Equilibrium
from .policy import Policy
from .result import Result, bands_of
from .world import World

if TYPE_CHECKING:
    import xarray as xr


class Answer(Result):
    """An answer: its numbers by key (``answer["certificate"]`` or ``answer.certificate``), in sentences (`words`), and
    the equilibrium that it ends in, if any."""

    kind: str = "answer"

    def __init__(
        self,
        world: World,
        name: str,
        data: Mapping[str, Any],
        equilibrium: Equilibrium | None = None,
        bands: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        self._set(world=world, name=name, data=Record(data), equilibrium=equilibrium, _context=dict(context or {}))
        self._set(_figures=None if bands is None else Record(bands))

    world: World
    name: str
    data: Record
    equilibrium: Equilibrium | None
    _context: dict[str, Any]
    _figures: Record | None

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def __contains__(self, key: object) -> bool:
        return key in self.data

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or "data" not in self.__dict__:
            raise AttributeError(key)
        return getattr(self.data, key)

    @property
    def title(self) -> str:
        return str(self.data.get("title") or self.name or type(self).__name__)

    @property
    def words(self) -> tuple[str, ...]:
        """What came out, in sentences."""
        return tuple(self.data.get("words", ()))

    @property
    def policy(self) -> Policy:
        """What is in force under it: begin other counterfactuals from it."""
        if self.equilibrium is None:
            raise AttributeError(f"a {self.kind} ends in no tariffs")
        return self.equilibrium.policy

    @property
    def players(self) -> tuple[str, ...]:
        """Names of the players."""
        return tuple(self.data["players"])

    @property
    def certificate(self) -> Record:
        found = self.data.get("certificate", Record({}))
        return found if isinstance(found, Record) else Record({})

    def to_frame(self) -> pd.DataFrame:
        players = self.data.get("players")
        if isinstance(players, Record):
            table = pd.DataFrame.from_dict({name: dict(row) for name, row in players.items()}, orient="index")
        else:
            names = list(players or ())
            columns = {
                key: value
                for key, value in self.data.items()
                if isinstance(value, Record)
                and list(value) == names
                and not any(_nested(one) for one in value.values())
            }
            table = pd.DataFrame({key: [value[name] for name in names] for key, value in columns.items()}, index=names)
        return table.rename_axis(index="player")

    @property
    def units(self) -> dict[str, str]:
        table = self.to_frame()
        return {key: "percent" if key.endswith("_percent") else "" for key in table.columns}

    def summary(self) -> str:
        parts = [self.title, *self.words, self.to_frame().to_string(float_format="{:,.4f}".format), self._footer()]
        return "\n".join(part for part in parts if part)

    def _footer(self) -> str:
        shown = {k: v for k, v in self.certificate.items() if isinstance(v, (int, float, str)) and k != "seconds"}
        text = ", ".join(f"{k} {v:.2g}" if isinstance(v, float) else f"{k} {v}" for k, v in shown.items())
        return f"certificate: {text}" if text else ""

    @property
    def figures(self) -> pd.DataFrame:
        """Figures over draws of parameters, by name and key: of a player, or of the answer itself
        (``self_enforcing``: its mean is the probability that it holds)."""
        bands = self._bands()
        return pd.DataFrame() if bands is None else bands

    def _bands(self) -> pd.DataFrame | None:
        if self._figures is None or "figures" not in self._figures:
            return None
        sorted_by: dict[str, dict[str, Any]] = {}
        for figure, band in self._figures["figures"].items():
            key, _, name = figure.partition(".")
            sorted_by.setdefault(name or self.name, {})[key] = band
        return bands_of(sorted_by)

    @property
    def assumptions(self) -> tuple[str, ...]:
        given = self._context.get("assumptions")
        return tuple(given) if given is not None else self.world.assumptions

    def _citations(self) -> list[str]:
        return self.world._citations()

    # As an equilibrium has them.

    @property
    def welfare(self) -> pd.Series[Any]:
        """Percent change of real income by region."""
        if self.equilibrium is None:
            raise AttributeError(f"a {self.kind} ends in no equilibrium")
        return self.equilibrium.welfare

    def plot_welfare(self, path: str | None = None, **options: Any) -> Any:
        """Bars by region."""
        if self.equilibrium is None:
            raise AttributeError(f"a {self.kind} ends in no equilibrium")
        return self.equilibrium.plot_welfare(path, **options)


def _nested(value: Any) -> bool:
    return isinstance(value, (Record, tuple))


class OptimalTariffs(Answer):
    """One government's best tariffs."""

    kind = "optimal"

    @property
    def players(self) -> tuple[str, ...]:
        return (str(self.data["player"]),)

    def to_frame(self) -> pd.DataFrame:
        kept = {
            key: value for key, value in self.data.items() if isinstance(value, float) and not isinstance(value, bool)
        }
        return pd.DataFrame([kept], index=list(self.players)).rename_axis(index="player")


class TradeWar(Answer):
    """Best answers to best answers, with the Nash gap."""

    kind = "nash"

    @property
    def gap(self) -> float:
        """The most that a player gains by changing its own tariffs alone."""
        return float(self.certificate["gap"])

    def best_responses(self) -> pd.DataFrame:
        """Two players: each one's best uniform rate against every uniform rate of the other."""
        found = self.data.get("best_responses")
        if found is None:
            found = self._again("nash")["best_responses"]
        table = pd.DataFrame({player: found["response"][player] for player in found["response"]})
        return table.set_index(pd.Index(found["rate"], name="rate"))

    def plot_best_responses(self, path: str | None = None, **options: Any) -> Any:
        """Both best answers, and where they cross."""
        from . import plot

        return plot.best_responses(self.best_responses(), path, **options)

    def _again(self, kind: str) -> Record:
        return self._context["again"](self)  # type: ignore[no-any-return]


class Talks(Answer):
    """What governments agree on when their tariffs are on the table."""

    kind = "talks"

    def frontier(self) -> pd.DataFrame:
        """Two players: points of the Pareto frontier, changes of both objectives, percent."""
        found = self.data.get("frontier_percent")
        if found is None:
            found = self._context["again"](self)["frontier_percent"]
        return pd.DataFrame([list(point) for point in found], columns=list(self.players))

    def plot_frontier(self, path: str | None = None, **options: Any) -> Any:
        """The frontier, the threat and the deal."""
        from . import plot

        return plot.frontier(self, path, **options)


class CommonGround(Answer):
    """Which issues to settle, the rest as it is."""

    kind = "common_ground"

    @property
    def settled(self) -> tuple[str, ...]:
        """Names of the issues that are best settled."""
        return tuple(issue["name"] for issue in self.data["issues"] if issue["settled"])

    def to_frame(self) -> pd.DataFrame:
        rows = []
        for issue in self.data["issues"]:
            alone = {f"alone_{player}_percent": value for player, value in issue["alone_utility_percent"].items()}
            rows.append({"issue": issue["name"], "settled": issue["settled"], **alone})
        return pd.DataFrame(rows).set_index("issue")


class Shape(Answer):
    """The shape of a relation: a game between two whose actions are policies."""

    kind = "game"

    def to_frame(self) -> pd.DataFrame:
        players = [name for name in self.data.get("payoffs", {})][:2]
        columns = {
            key: dict(value)
            for key, value in self.data.items()
            if isinstance(value, Record) and set(value) == set(players) and not any(_nested(v) for v in value.values())
        }
        return pd.DataFrame(columns, index=players).rename_axis(index="player")

    def payoffs(self) -> xr.DataArray:
        """By player, action of the first side, action of the second; money a year against the base."""
        return _payoffs(self.data, "policies")


class Relation(Answer):
    """Does the agreement last? Patience needed and had, what lapses do to it, trust, dialogue."""

    kind = "relation"

    @property
    def self_enforcing(self) -> bool:
        """Whether it holds with the fidelity in use."""
        return bool(self.data["self_enforcing"])

    def payoffs(self) -> xr.DataArray:
        """By player, action of the first side, action of the second; money a year against the base."""
        return _payoffs(self.data, "actions")

    def region(self) -> xr.DataArray:
        """For whom the agreement holds if both sides were alike: sides (0, 1, 2) by what the next year counts for, of
        this one, and by fidelity, a chance a year."""
        import xarray as xr

        found = self.data["region_map"]
        a, b = pd.DataFrame(list(map(list, found["a"]))), pd.DataFrame(list(map(list, found["b"])))
        coordinates = {"discount": list(found["discount_year"]), "fidelity": list(found["fidelity_year"])}
        return xr.DataArray((a + b).to_numpy(), dims=("discount", "fidelity"), coords=coordinates, name="sides")

    def plot_region(self, path: str | None = None, **options: Any) -> Any:
        """Where it holds, over patience and fidelity, and where this relation stands."""
        from . import plot

        return plot.region(self, path, **options)

    def plot_ledger(self, path: str | None = None, **options: Any) -> Any:
        """What was promised and what was done, over time, where the fidelity is from a ledger."""
        from . import plot

        if "ledger" not in self.data:
            raise AttributeError("the fidelity of this relation is from no ledger")
        return plot.ledger(self.data["ledger"], path, **options)


class Path(Answer):
    """Years one after another: capital, consumption, and what they are worth."""

    kind = "path"

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(self.data["years"])

    @property
    def welfare(self) -> pd.Series[Any]:
        """The lasting change of consumption that is worth as much as the path, percent by region."""
        return self.to_frame()["welfare_percent"].rename("welfare")

    def to_frame(self) -> pd.DataFrame:
        """By region: what the path is worth (percent, and `ev` in money a year), its first year, its long run."""
        rows = {
            region: {key: value for key, value in numbers.items() if not _nested(value)}
            for region, numbers in self.data["regions"].items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="region")

    @property
    def units(self) -> dict[str, str]:
        return {**super().units, "ev": self.world.unit}

    def table(self, key: str) -> pd.DataFrame:
        """A number of every year, a row a year, a column a region: capital_percent, consumption_percent,
        real_wage_percent, factor_supply_percent (against the base), year_welfare_percent (against the same growth
        without these policies)."""
        return self._by_year(key).T

    def _by_year(self, key: str) -> pd.DataFrame:
        from ._checks import known, text

        regions = self.data["regions"]
        lists = [name for name, value in next(iter(regions.values())).items() if _nested(value)]
        known([text(key, "key")], lists, "key", "number of a year")
        rows = {region: list(numbers[key]) for region, numbers in regions.items()}
        return pd.DataFrame.from_dict(rows, orient="index", columns=pd.Index(self.years, name="year")).rename_axis(
            index="region"
        )

    def tidy(self) -> pd.DataFrame:
        """One number a row; those of a year have it in `year`."""
        whole = super().tidy()
        keys = [key for key, value in next(iter(self.data["regions"].values())).items() if _nested(value)]
        parts = [
            self._by_year(key)
            .reset_index()
            .melt(id_vars="region", var_name="year", value_name="value")
            .assign(key=key, unit="percent")
            for key in keys
        ]
        return pd.concat([whole, *parts], ignore_index=True).astype({"year": "Int64"})

    def to_xarray(self) -> xr.Dataset:
        """Everything by region, and by region and year, with units."""
        import xarray as xr

        out = super().to_xarray()
        for key, value in next(iter(self.data["regions"].values())).items():
            if _nested(value):
                out[key] = xr.DataArray(self._by_year(key), attrs={"units": "percent"})
        return out

    def plot_years(self, path: str | None = None, **options: Any) -> Any:
        """A line a region: `key` (default consumption_percent) by year, the phases marked."""
        from . import plot

        return plot.years(self, path, **options)


class Challenge(Answer):
    """A shared challenge in Barrett's types."""

    kind = "challenge"

    def to_frame(self) -> pd.DataFrame:
        rows = {
            key: value
            for key, value in self.data.items()
            if isinstance(value, (int, float)) and not isinstance(value, bool)
        }
        return pd.DataFrame([rows], index=[self.name]).rename_axis(index="challenge")


def _payoffs(data: Record, actions: str) -> xr.DataArray:
    import numpy as np
    import xarray as xr

    names = list(data[actions])
    values = np.array([[list(row) for row in table] for table in data["payoffs"].values()], dtype=float)
    rows = names[: values.shape[1]] if len(names) >= values.shape[1] else list(range(values.shape[1]))
    coordinates = {"region": list(data["payoffs"]), "a": rows, "b": rows[: values.shape[2]]}
    return xr.DataArray(values, dims=("region", "a", "b"), coords=coordinates, attrs={"units": data.get("unit", "")})


KINDS: dict[str, tuple[str, type[Answer]]] = {
    "optimal": ("optimal", OptimalTariffs),
    "nash": ("nash", TradeWar),
    "talks": ("talks", Talks),
    "common_ground": ("common_ground", CommonGround),
    "game": ("game", Shape),
    "relation": ("relations", Relation),
    "path": ("paths", Path),
    "challenge": ("challenge", Challenge),
}
"""By the kind of a question: where results.json has its answers, and what they are here."""
