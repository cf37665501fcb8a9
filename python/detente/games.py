"""Games on bare payoffs: does an agreement hold, and strategies at play."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import mapping, names, number, shown, text
from ._checks import path as path_of
from ._labels import Numbers, frame, labelled, numbers
from ._record import Record
from ._tables import floats, table_given
from .errors import wrong_input
from .governments import AnyPolicy, policy_of
from .result import Result
from .study import telling
from .world import AnyWorld, Progress, world_of

if TYPE_CHECKING:
    import xarray as xr


class Payoffs(Result):
    """A stage game between two sides, A (rows) and B (columns): payoffs a period."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        kept = {key: np.ascontiguousarray(given[key], dtype=float) for key in ("payoff_a", "payoff_b")}
        others = [np.ascontiguousarray(values, dtype=float) for values in given["bystander_payoff"]]
        self._set(_given={**given, **kept, "bystander_payoff": others})

    _given: dict[str, Any]

    @property
    def sides(self) -> tuple[str, str]:
        """Names of A and B."""
        return self._given["player_a"], self._given["player_b"]

    @property
    def actions(self) -> tuple[list[str], list[str]]:
        """Of A and of B."""
        return list(self._given["actions_a"]), list(self._given["actions_b"])

    def of(self, side: str) -> pd.DataFrame:
        """Payoffs of one side or third party: A's actions by B's."""
        (a, b), shape = self.actions, tuple(map(len, self.actions))
        found = dict(zip(self.sides, (self._given["payoff_a"], self._given["payoff_b"])))
        found |= dict(zip(self._given["bystanders"], self._given["bystander_payoff"]))
        if side not in found:
            raise wrong_input("no such side", key="side", found=side, expected=", ".join(found))
        values = np.asarray(found[side], dtype=float).reshape(shape)
        return pd.DataFrame(values, index=pd.Index(a, name=self.sides[0]), columns=pd.Index(b, name=self.sides[1]))

    def to_frame(self) -> pd.DataFrame:
        """A pair of actions a row: u_a, u_b, and u_REGION of third parties."""
        index = pd.MultiIndex.from_product(self.actions, names=["a", "b"])
        out = pd.DataFrame({"u_a": self._given["payoff_a"], "u_b": self._given["payoff_b"]}, index=index)
        for name, values in zip(self._given["bystanders"], self._given["bystander_payoff"]):
            out[f"u_{name}"] = values
        return out

    def tidy(self) -> pd.DataFrame:
        return self.to_frame().reset_index().melt(id_vars=["a", "b"], var_name="key", value_name="value")

    @property
    def units(self) -> dict[str, str]:
        return dict.fromkeys(self.to_frame().columns, self._given["unit"])

    @property
    def title(self) -> str:
        return f"A game between {self.sides[0]} and {self.sides[1]}" + (f", {self.unit}" if self.unit else "")

    @property
    def unit(self) -> str:
        """Of payoffs."""
        return str(self._given["unit"])

    @staticmethod
    def from_frame(table: pd.DataFrame, *, players: tuple[str, str] = ("A", "B"), unit: str = "") -> Payoffs:
        """From columns a, b, u_a, u_b (and u_REGION of third parties), a row for every pair of actions."""
        table_given(table, "payoffs")
        table = table.reset_index() if "a" not in table else table
        for column in ("a", "b", "u_a", "u_b"):
            if column not in table:
                raise wrong_input(
                    f"the table has no column {column}", key="payoffs", found=", ".join(map(str, table.columns))
                )
        a, b = (list(dict.fromkeys(table[name].astype(str))) for name in "ab")
        indexed = table.assign(a=table["a"].astype(str), b=table["b"].astype(str)).set_index(["a", "b"])
        if not indexed.index.is_unique:
            raise wrong_input(
                "a pair of actions stands twice",
                key="payoffs",
                found=", ".join(indexed.index[indexed.index.duplicated()][0]),
            )
        full = pd.MultiIndex.from_product([a, b])
        if len(indexed) != len(full):
            raise wrong_input(
                "a pair of actions is missing", key="payoffs", found=f"{len(indexed)} rows", expected=f"{len(full)}"
            )
        numbers_of = indexed.loc[full]
        others = [str(name)[2:] for name in table.columns if str(name).startswith("u_") and name not in ("u_a", "u_b")]
        given: dict[str, Any] = {
            "player_a": players[0],
            "player_b": players[1],
            "actions_a": a,
            "actions_b": b,
            "unit": unit,
        }
        given |= {f"payoff_{side}": floats(numbers_of[f"u_{side}"], f"payoffs.u_{side}") for side in "ab"}
        given |= {"accuracy": 1e-12, "bystanders": others}
        given["bystander_payoff"] = [floats(numbers_of[f"u_{name}"], f"payoffs.u_{name}") for name in others]
        return Payoffs(given)


AnyPayoffs = Union[Payoffs, pd.DataFrame, str, Path]


def payoffs(
    world: AnyWorld,
    players: tuple[str, str] | Sequence[str],
    policies: Mapping[str, AnyPolicy],
    *,
    under: AnyPolicy = None,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> Payoffs:
    """The game between two regions: A's tariffs as under one policy, B's as under another, all else as `under` a
    policy (None: the base). Payoffs are money a year against the base."""
    base = world_of(world, None, options)
    a, b = _pair(players, "players")
    named = mapping(policies, "policies", "policies by name")
    cores = [(text(name, "policies"), policy_of(policy, base).core) for name, policy in named.items()]
    with telling(progress) as heard:
        return Payoffs(lib.game_of_policies(base._core, a, b, cores, policy_of(under, base).core, threads, heard))


def _pair(given: Sequence[str], key: str) -> list[str]:
    out = [] if isinstance(given, str) else names(given, key)
    if len(out) != 2:
        raise wrong_input("two are needed", key=key, found=shown(given), expected="two names")
    return out


def _payoffs_of(given: AnyPayoffs) -> Payoffs:
    if isinstance(given, Payoffs):
        return given
    if isinstance(given, pd.DataFrame):
        return Payoffs.from_frame(given)
    return Payoffs(lib.load_game(path_of(given, "payoffs")))


class Game(Result):
    """The verdict on a repeated game, with the keys of ``detente game --json``."""

    def __init__(self, data: Mapping[str, Any], played: Payoffs) -> None:
        self._set(data=Record(data), payoffs=played)

    data: Record
    payoffs: Payoffs

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or "data" not in self.__dict__:
            raise AttributeError(key)
        return getattr(self.data, key)

    @property
    def title(self) -> str:
        return self.payoffs.title

    def to_frame(self) -> pd.DataFrame:
        """What holds for each side."""
        sides = {
            key: dict(value)
            for key, value in self.data.items()
            if isinstance(value, Record) and set(value) == {"a", "b"}
        }
        flat = {
            key: value
            for key, value in sides.items()
            if not any(isinstance(v, (Record, tuple)) for v in value.values())
        }
        return (
            pd.DataFrame(flat, index=["a", "b"])
            .rename(index=dict(zip("ab", self.payoffs.sides)))
            .rename_axis(index="side")
        )

    def _footer(self) -> str:
        found = {
            key: self.data[key]
            for key in ("self_enforcing", "conflict_share", "fidelity_threshold")
            if key in self.data
        }
        return ", ".join(f"{key}: {value}" for key, value in found.items())


def game(
    payoffs: AnyPayoffs,
    *,
    discount: float = 0.95,
    discount_b: float | None = None,
    fidelity: float = 1.0,
    fidelity_b: float | None = None,
    accuracy: float | None = None,
    cooperate: tuple[str, str] | None = None,
    war: tuple[str, str] | None = None,
    progress: Progress = None,
) -> Game:
    """Does an agreement hold, on a bare payoff matrix? `payoffs`: a table with columns a, b, u_a, u_b, a CSV file of
    the same, or what `payoffs` makes of policies. `discount`, `fidelity`: of A, and of B where it has no own.
    `cooperate`, `war`: A's action and B's; None: found. `accuracy`: of a channel between the two."""
    played = _payoffs_of(payoffs)
    asked = {
        "discount_a": discount,
        "discount_b": discount if discount_b is None else discount_b,
        "fidelity_a": fidelity,
        "fidelity_b": fidelity if fidelity_b is None else fidelity_b,
        "accuracy": accuracy,
        "cooperate": None if cooperate is None else tuple(_pair(cooperate, "cooperate")),
        "war": None if war is None else tuple(_pair(war, "war")),
    }
    with telling(progress) as heard:
        return Game(json.loads(lib.verdict(played._given, asked, heard)), played)


class Tournament(Result):
    """Everyone against everyone: payoffs, cooperation, a ranking."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        tables: dict[str, Numbers] = {}
        facts: dict[str, Any] = {}
        for key, value in found.items():
            if isinstance(value, lib.Table):
                if not value.empty:
                    table = numbers(value)
                    tables[key] = table._replace(array=np.array(table.array, order="C"))
                    tables[key].array.flags.writeable = False
            else:
                facts[key] = tuple(value) if isinstance(value, list) else value
        self._set(_tables=tables, **facts)

    strategies: tuple[str, ...]
    ranking: tuple[str, ...]  #: best first
    stable: tuple[str, ...]  #: no rival invades
    neutrally_stable: tuple[str, ...]
    left_out: tuple[str, ...]  #: that the payoffs do not admit
    method: str
    _tables: dict[str, Numbers]

    @property
    def payoff(self) -> pd.DataFrame:
        """What the row gets from the column, mean over both seats."""
        return frame(self._tables["payoff"])

    @property
    def cooperation(self) -> pd.DataFrame:
        """Share of periods in which the row cooperates with the column."""
        return frame(self._tables["cooperation"])

    def table(self, name: str) -> Any:
        """Any of its tables: payoff_a, payoff_b, error_a, error_b, mean_payoff, replicator, moran."""
        if name not in self._tables:
            raise wrong_input("no such table", key="name", found=name, expected=", ".join(self._tables))
        return labelled(self._tables[name])

    @property
    def title(self) -> str:
        return f"A tournament of {len(self.strategies)} strategies, {self.method}"

    def to_frame(self) -> pd.DataFrame:
        """By rank: mean payoff, cooperation, payoff with itself, shares of the replicator and the Moran process."""
        own = pd.Series(np.diag(self._tables["payoff"].array), index=self.payoff.index)
        columns = {
            "mean_payoff": self.table("mean_payoff"),
            "cooperation": self.cooperation.mean(axis=1),
            "with_itself": own,
            "replicator": self.table("replicator"),
            "moran": self.table("moran"),
        }
        return pd.DataFrame(columns).loc[list(self.ranking)].rename_axis(index="strategy")

    def to_xarray(self) -> xr.Dataset:
        import xarray as xr

        from ._labels import data_array

        return xr.Dataset(
            {name: data_array(table) for name, table in self._tables.items()}, attrs={"title": self.title}
        )


def tournament(
    payoffs: AnyPayoffs | None = None,
    *,
    strategies: Sequence[str] = (),
    noise: float | tuple[float, float] = 0.05,
    perception_noise: float | tuple[float, float] = 0.0,
    cooperate: str = "",
    defect: str = "",
    discount: float | None = None,
    turns: int | None = None,
    repetitions: int = 10,
    seed: int = 1,
    population: int = 50,
    selection: float = 0.5,
    threads: int = 0,
    progress: Progress = None,
) -> Tournament:
    """Strategies at play, everyone against everyone, on a game of two actions (None: Axelrod's 3, 0, 5, 1). Exact
    (the Markov chain of every pair), or with `turns` simulated matches. `noise`: the chance that the other action than
    the intended is carried out, one or one a side. `strategies`: names (`dt.strategies()`) and .toml files."""
    played: dict[str, Any] = {} if payoffs is None else _payoffs_of(payoffs)._given
    how: dict[str, Any] = {"strategies": names(strategies, "strategies"), "cooperate": cooperate, "defect": defect}
    how["noise_a"], how["noise_b"] = _sides(noise, "noise")
    how["misreading_a"], how["misreading_b"] = _sides(perception_noise, "perception_noise")
    how |= {"discount": discount, "repetitions": repetitions, "seed": seed, "population": population}
    how |= {"selection": selection, "threads": threads, "simulate": turns is not None, "turns": turns}
    with telling(progress) as heard:
        return Tournament(lib.tournament(played, how, heard))


def _sides(given: float | Sequence[float], key: str) -> tuple[float, float]:
    if isinstance(given, Sequence) and not isinstance(given, str):
        if len(given) != 2:
            raise wrong_input("not one or one a side", key=key, found=len(given), expected="one number or two")
        return number(given[0], key), number(given[1], key)
    return number(given, key), number(given, key)


def strategies() -> pd.DataFrame:
    """Every strategy known by name, with its source."""
    return pd.DataFrame(lib.strategies()).set_index("name")
