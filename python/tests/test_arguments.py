"""Arguments that cannot be: one error each, of the kind that says which argument, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import detente as dt
import numpy as np
import pandas as pd
import pytest
import xarray as xr

STUDY: dict[str, Any] = {"title": "t", "economy": {"name": "us-china-2017"}, "scenario": [{"name": "s"}]}
TRADE = pd.DataFrame(
    {"exporter": ["A", "A", "B", "B"], "importer": ["A", "B", "A", "B"], "sector": "s", "value": [9.0, 1.0, 1.0, 9.0]}
)
LINE = ("exporter", "importer", "sector")
GAME = pd.DataFrame({"a": list("CCDD"), "b": list("CDCD"), "u_a": [3.0, 0.0, 5.0, 1.0], "u_b": [3.0, 5.0, 0.0, 1.0]})
NAN = float("nan")


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"importer": ["USA"], "exporter": ["CHN"], "sector": ["D26"], "rate": [0.1], **columns})


def with_one(**change: Any) -> dict[str, Any]:
    line = {"importer": "USA", "exporter": "CHN", "add": 0.1}
    return STUDY | {"scenario": [{"name": "s", "tariff": [line | change]}]}


P, E = dt.Policy, dt.Economy.from_frames
# What is asked of a world, and the argument that the error names.
CASES: dict[str, tuple[str, Callable[[dt.World], object]]] = {
    "a number for a name": ("name_or_path", lambda w: dt.load(5)),  # type: ignore[arg-type]
    "nothing for a name": ("name_or_path", lambda w: dt.load(None)),  # type: ignore[arg-type]
    "no economy": ("economy", lambda w: dt.calibrate(None)),  # type: ignore[arg-type]
    "a model by number": ("model", lambda w: dt.calibrate(w.economy, 5)),  # type: ignore[arg-type]
    "an option that is a list": ("labour_supply", lambda w: dt.calibrate(w.economy, labour_supply=[1])),
    "a text for a tolerance": ("tolerance", lambda w: dt.calibrate(w.economy, tolerance="x")),  # type: ignore[arg-type]
    "a dictionary for a policy": ("policy", lambda w: dt.solve(w, {"importer": "USA"})),  # type: ignore[arg-type]
    "a table for a world": ("world", lambda w: dt.solve(TRADE)),  # type: ignore[arg-type]
    "no world": ("world", lambda w: dt.solve(None)),  # type: ignore[arg-type]
    "a number for a start": ("start", lambda w: dt.solve(w, start=5)),  # type: ignore[arg-type]
    "no draws": ("draws", lambda w: dt.solve(w, draws=0)),
    "draws by half": ("draws", lambda w: dt.solve(w, draws=1.5)),  # type: ignore[arg-type]
    "a negative seed": ("seed", lambda w: dt.solve(w, draws=8, seed=-1)),
    "a rate that is a text": ("add", lambda w: P(w).tariff(add="0.1")),  # type: ignore[arg-type]
    "a rate that is true": ("add", lambda w: P(w).tariff(add=True)),
    "no importer": ("importer", lambda w: P(w).tariff(importer=None, add=0.1)),  # type: ignore[arg-type]
    "an importer by number": ("importer", lambda w: P(w).tariff(importer=5, add=0.1)),  # type: ignore[arg-type]
    "bounds the wrong way": ("tariff[0].min", lambda w: dt.solve(w, P(w).tariff(rate=0.2, min=0.5, max=0.1))),
    "a bound that no tariff has": ("tariff[0].max", lambda w: dt.solve(w, P(w).tariff(rate=0.2, max=-2.0))),
    "no factor": ("factor", lambda w: P(w).trade_cost(factor=None)),  # type: ignore[arg-type]
    "a group that is a number": ("groups.N", lambda w: P(w, groups={"N": 5})),  # type: ignore[dict-item]
    "groups in a list": ("groups", lambda w: P(w, groups=["N"])),  # type: ignore[arg-type]
    "a policy of a name": ("world", lambda w: P("us-china-2017")),  # type: ignore[arg-type]
    "rates that are a text": ("rates", lambda w: P(w, rates="x")),  # type: ignore[arg-type]
    "rates by other dimensions": ("rates", lambda w: P(w, rates=w.tariff.rename(exporter="from"))),
    "rates of some regions": ("rates.exporter", lambda w: P(w, rates=w.tariff.isel(exporter=[0, 1]))),
    "no table": ("frame", lambda w: P.from_frame(None, w)),  # type: ignore[arg-type]
    "a dictionary for a table": ("frame", lambda w: P.from_frame({"rate": [0.1]}, w)),  # type: ignore[arg-type]
    "a rate in words": ("frame.rate", lambda w: P.from_frame(table(rate=["10%"]), w)),
    "a rate that is missing": ("frame.rate", lambda w: P.from_frame(table(rate=[NAN]), w)),
    "an importer that is missing": ("frame.importer", lambda w: P.from_frame(table(importer=[None]), w)),
    "rates and points": ("frame", lambda w: P.from_frame(table(add=[0.1]), w)),
    "no flows": ("trade", lambda w: E(TRADE.iloc[:0])),
    "flows in words": ("trade.value", lambda w: E(TRADE.assign(value=list("abcd")))),
    "a flow without end": ("trade.value", lambda w: E(TRADE.assign(value=[9.0, float("inf"), 1.0, 9.0]))),
    "a sector without a name": ("trade.sector", lambda w: E(TRADE.assign(sector=["s", "s", None, "s"]))),
    "an elasticity in words": ("elasticities", lambda w: E(TRADE, elasticities="4")),  # type: ignore[arg-type]
    "a year in words": ("year", lambda w: E(TRADE, elasticities=4.0, year="2017")),  # type: ignore[arg-type]
    "no dataset": ("data", lambda w: dt.Economy.from_xarray(None)),  # type: ignore[arg-type]
    "a dataset without labels": (
        "trade",
        lambda w: dt.Economy.from_xarray(
            xr.Dataset({"trade": (("exporter", "importer", "sector"), np.ones((1, 1, 1)))})
        ),
    ),
    "the name of a table": ("name", lambda w: w.economy.with_rates("trade", w.tariff)),
    "nowhere to write": ("path", lambda w: w.economy.save(None)),  # type: ignore[arg-type]
    "the gradient of nothing": ("of", lambda w: dt.gradient(w, of=None)),  # type: ignore[arg-type]
    "no weights": ("of", lambda w: dt.gradient(w, of={})),
    "a result by number": ("key", lambda w: dt.solve(w)[0]),  # type: ignore[index]
    "columns that are not there": ("columns", lambda w: dt.solve(w).to_latex(columns=["welfare"])),
    "players in one text": ("players", lambda w: dt.nash(w, "USA")),
    "one bound": ("bounds", lambda w: dt.nash(w, ["USA", "CHN"], bounds=1)),  # type: ignore[arg-type]
    "what somebody else wants": ("relative_gains", lambda w: dt.nash(w, ["USA", "CHN"], relative_gains={"EU": 0.5})),
    "weights of somebody else": (
        "political_weights",
        lambda w: dt.nash(w, ["USA", "CHN"], political_weights={"EU": [1.0]}),
    ),
    "a policy of another kind": ("policy", lambda w: dt.optimal(w, "USA", under=5)),  # type: ignore[arg-type]
    "nobody": ("player", lambda w: dt.optimal(w, None)),  # type: ignore[arg-type]
    "power of one alone": ("power", lambda w: dt.talks(w, ["USA", "CHN"], power={"USA": 1.0})),
    "a game in words": ("payoffs.u_a", lambda w: dt.game(GAME.assign(u_a=list("abcd")))),
    "a game of one": ("players", lambda w: dt.payoffs(w, ["USA"], {"a": None})),
    "one noise too many": ("noise", lambda w: dt.tournament(noise=(0.1, 0.1, 0.1))),  # type: ignore[arg-type]
    "no study": ("study", lambda w: dt.run(None)),  # type: ignore[arg-type]
    "a list of studies": ("study", lambda w: dt.run([STUDY])),  # type: ignore[arg-type]
    "nothing in a study": ("title", lambda w: dt.run(STUDY | {"title": None})),
    "a policy in a study": ("scenario[0]", lambda w: dt.run(STUDY | {"scenario": [P(w)]})),
    "no economy in memory": ("economies.mine", lambda w: dt.run(STUDY, economies={"mine": 5})),  # type: ignore[dict-item]
    "no file in memory": ("files.x", lambda w: dt.run(STUDY, files={"x": 5})),  # type: ignore[dict-item]
    "threads in words": ("threads", lambda w: dt.run(STUDY, threads="x")),  # type: ignore[arg-type]
    "a study read already": ("folder", lambda w: dt.run(dt.read_study(STUDY), folder=".")),
    "nothing to sweep": ("what", lambda w: dt.sweep(None, {"a": [1]})),  # type: ignore[arg-type]
    "a value for values": ("a", lambda w: dt.sweep(lambda a: a, {"a": 5})),  # type: ignore[dict-item]
    "no executor": ("client", lambda w: dt.sweep(lambda a: a, {"a": [1]}, client=5)),
    "chunks of nothing": ("chunk", lambda w: dt.sweep(lambda a: a, {"a": [1]}, chunk=0)),
    "draws of nothing": ("inputs", lambda w: dt.draws(8)),
    "a bound for bounds": ("a", lambda w: dt.draws(8, a=5)),
    "no ledger": ("ledger", lambda w: dt.track(None)),  # type: ignore[arg-type]
    "no episode": ("episode", lambda w: dt.validate(None)),  # type: ignore[arg-type]
    "no base data": ("basedata", lambda w: dt.from_gtap(None, "sets.har")),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("case", CASES)
def test_an_argument_that_cannot_be(world: dt.World, case: str) -> None:
    key, act = CASES[case]
    with pytest.raises(dt.InputError) as caught:
        act(world)
    assert caught.value.key == key, str(caught.value)
    assert "\n" not in str(caught.value) and "_core" not in str(caught.value)


def test_what_numpy_and_pandas_give_is_taken(world: dt.World) -> None:
    plain = dt.solve(world, P(world).tariff(importer=["USA", "EU"], exporter="CHN", add=0.25)).welfare
    for importer in (np.array(["USA", "EU"]), pd.Index(["USA", "EU"]), pd.Series(["USA", "EU"]), ("USA", "EU")):
        policy = P(world).tariff(importer=importer, exporter="CHN", add=np.float32(0.25))  # type: ignore[arg-type]
        assert dt.solve(world, policy).welfare.equals(plain)
    numbers = table(rate=np.array([1], dtype=np.int8)).astype({"importer": "category", "sector": "string"})
    assert dt.solve(world, P.from_frame(numbers, world)).tariff.max() == 1.0
    assert dt.solve(world, P.from_frame(table().iloc[:0], world)).welfare.abs().max() == 0.0
    elasticities = pd.Series({"s": 4.0})
    assert E(TRADE, elasticities=elasticities).theta["s"] == 4.0  # type: ignore[arg-type]
    study = with_one(importer=np.array(["USA", "EU"]), add=np.float32(0.25)) | {"title": np.str_("t")}
    assert dt.run(study, only="s").outcome("s").welfare.equals(plain)


def test_names_are_there_or_not(world: dt.World) -> None:
    eq = dt.solve(world)
    assert "ev" in eq and "evs" not in eq and list(eq) == list(eq.keys)
    results = dt.run(STUDY)
    assert "s" in results and "t" not in results and list(results) == ["s"]


def test_a_day_may_be_a_date() -> None:
    import datetime

    from conftest import ROOT

    ledger = Path(ROOT / "ledgers/phase-one.toml")
    assert dt.track(ledger, as_of=datetime.date(2022, 2, 8)).as_of == "2022-02-08"
