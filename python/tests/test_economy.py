"""Economies go through frames, datasets, files and pickles; policies through tables and studies."""

from __future__ import annotations

import pickle
from typing import Any

import detente as dt
import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from detente.study import run_policies
from hypothesis import HealthCheck, given, settings

FEW = settings(
    database=None,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def frames_of(regions: int, sectors: int, seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    names, codes = [f"R{i}" for i in range(regions)], [f"S{s}" for s in range(sectors)]
    rows = [
        (
            a,
            b,
            s,
            random.uniform(50, 100) if a == b else random.uniform(1, 10),
            0.0 if a == b else random.uniform(0, 0.3),
        )
        for a in names
        for b in names
        for s in codes
    ]
    trade = pd.DataFrame(rows, columns=["exporter", "importer", "sector", "value", "tariff"])
    links = [(r, k, s, random.uniform(0, 0.4 / sectors)) for r in names for k in codes for s in codes]
    inputs = pd.DataFrame(links, columns=["region", "input", "sector", "share"])
    return {"trade": trade.sample(frac=1, random_state=seed), "inputs": inputs, "elasticities": {"*": 4.0, "S0": 6.0}}


@FEW
@given(regions=st.integers(2, 5), sectors=st.integers(1, 4), seed=st.integers(0, 10**6))
def test_an_economy_from_frames_goes_through_everything(regions: int, sectors: int, seed: int) -> None:
    given_frames = frames_of(regions, sectors, seed)
    economy = dt.Economy.from_frames(**given_frames, title="Made up", unit="bn", year=2020)
    back = economy.trade.to_series().rename("value").reset_index()
    merged = given_frames["trade"].merge(back, on=["exporter", "importer", "sector"], suffixes=("", "_back"))
    np.testing.assert_array_equal(merged["value"], merged["value_back"])
    assert economy.theta["S0"] == 6.0 and (economy.theta.drop("S0") == 4.0).all()
    np.testing.assert_allclose(economy.final_share.sum(axis=1), 1.0, rtol=1e-12)
    content = economy._core.to_bytes()
    assert dt.Economy.from_xarray(economy.to_xarray())._core.to_bytes() == content
    assert pickle.loads(pickle.dumps(economy))._core.to_bytes() == content
    assert dt.calibrate(economy, closure="balanced").certificate["residual"] < 1e-9


def test_datasets_may_come_in_any_order(economy: dt.Economy) -> None:
    data = economy.to_xarray()
    mixed = data.transpose("sector", "importer", "exporter", "region", "input", missing_dims="ignore")
    mixed = mixed.isel(region=slice(None, None, -1))
    assert dt.Economy.from_xarray(mixed)._core.to_bytes() == economy._core.to_bytes()


@FEW
@given(
    rates=st.lists(
        st.tuples(st.sampled_from(["USA", "CHN", "EU"]), st.sampled_from(["JPN", "IND", "ROW"]), st.floats(-0.2, 2.0)),
        min_size=1,
        max_size=4,
        unique_by=lambda row: row[:2],
    )
)
def test_a_table_of_tariffs_is_the_changes_one_by_one(world: dt.World, rates: list[tuple[str, str, float]]) -> None:
    rows = [(importer, exporter, "D26", rate) for importer, exporter, rate in rates]
    table = pd.DataFrame(rows, columns=["importer", "exporter", "sector", "rate"])
    chain = dt.Policy(world)
    for importer, exporter, rate in rates:
        chain = chain.tariff(importer=importer, exporter=exporter, sector="D26", rate=rate)
    one, other = dt.solve(world, dt.Policy.from_frame(table, world)), dt.solve(world, chain)
    assert one.tariff.equals(other.tariff) and one.to_frame().equals(other.to_frame())


@FEW
@given(
    add=st.floats(-0.01, 0.5),
    factor=st.floats(0.8, 1.25),
    productivity=st.floats(0.8, 1.25),
    supply=st.floats(0.8, 1.25),
    scale=st.floats(0.0, 2.0),
    balanced=st.booleans(),
)
def test_a_policy_is_the_same_in_a_call_and_in_a_study(
    world: dt.World, add: float, factor: float, productivity: float, supply: float, scale: float, balanced: bool
) -> None:
    policy = dt.Policy(world, groups={"Asia": ["CHN", "JPN", "IND"]}, closure="balanced" if balanced else "")
    policy = policy.tariff(importer="Asia", exporter="USA", add=add).tariff(importer="EU", exporter="Asia", scale=scale)
    policy = policy.trade_cost(importer="USA", exporter="EU", factor=factor)
    policy = policy.productivity(region="BRA", sector="D01T02", factor=productivity)
    policy = policy.factor_supply(region=["IND", "EU"], factor=supply)
    called = dt.solve(world, policy)
    study = run_policies(world, {"mine": policy}, {}).outcome("mine")
    assert called.to_frame().equals(study.to_frame()[list(called.keys)])  # a study has decompositions besides
    rates = dt.Policy(world, rates=called.tariff)  # as trade wars and talks give them
    np.testing.assert_array_equal(run_policies(world, {"mine": rates}, {}).outcome("mine").tariff, called.tariff)


def test_a_schedule_in_a_policy(economy: dt.Economy) -> None:
    policy = dt.Policy(economy).schedule("section-301-2019-12", exporter="CHN")
    rows = dt.schedule("section-301-2019-12").to_frame()
    row = rows[(rows["economy"] == "us-china-2017") & (rows["sector"] == "D26")].iloc[0]
    line = {"exporter": "CHN", "importer": "USA", "sector": "D26"}
    increase = dt.solve(economy, policy).tariff.sel(line) - economy.tariff.sel(line)
    assert float(increase) == pytest.approx(row["increase"], abs=1e-15)


def test_models_and_options(economy: dt.Economy) -> None:
    assert [row["name"] for row in dt.models()][0] == "ricardian"
    assert economy.world() is economy.world()
    assert economy.world(closure="balanced") is not economy.world()
    war = dt.Policy().tariff(importer="USA", exporter="CHN", add=0.1)
    fixed, balanced = (dt.solve(economy, war, closure=name).welfare["USA"] for name in ("fixed", "balanced"))
    assert fixed != balanced
    assert dt.solve("us-china-2017", war, model="krugman").certificate["residual"] < 1e-10
