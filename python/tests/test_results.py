"""Results have labels, do not change, print themselves and go into files."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import detente as dt
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from conftest import ROOT


def test_numbers_have_names(world: dt.World, war: dt.Policy) -> None:
    eq = dt.solve(world, war)
    assert list(eq.welfare.index) == list(world.regions) and eq.welfare.attrs["unit"] == "percent"
    assert eq.tariff.dims == ("exporter", "importer", "sector")
    base = float(world.tariff.sel(exporter="CHN", importer="USA", sector="D26"))
    assert float(eq.tariff.sel(exporter="CHN", importer="USA", sector="D26")) == pytest.approx(base + 0.25, abs=1e-15)
    assert list(eq.output.columns) == list(world.sectors)
    assert eq["ev"]["CHN"] < 0
    flows = eq.trade.sum("sector")
    assert float(flows.sel(exporter="CHN", importer="USA")) < float(
        world.trade.sum("sector").sel(exporter="CHN", importer="USA")
    )


def test_arrays_lie_where_the_library_has_them(world: dt.World, war: dt.Policy) -> None:
    eq = dt.solve(world, war)
    first, second = eq.core.tariff().array, eq.core.tariff().array
    assert np.shares_memory(first, second) and not first.flags.writeable and not first.flags.owndata
    assert np.shares_memory(eq.tariff.values, first)
    kept = eq.tariff
    del eq, first, second
    assert float(kept.sum()) > 0  # the array keeps its equilibrium alive
    with pytest.raises(ValueError):
        kept.values[0, 0, 0] = 1.0


def test_results_do_not_change(world: dt.World, war: dt.Policy, trade_war: dt.TradeWar) -> None:
    eq = dt.solve(world, war)
    for result in (world, world.economy, war, eq, trade_war):
        with pytest.raises(AttributeError):
            result.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        trade_war.data.players = ()
    longer = war.tariff(importer="CHN", add=0.1)
    assert len(war.to_frame()) == 1 and len(longer.to_frame()) == 2


def test_every_result_prints_itself(world: dt.World, war: dt.Policy, trade_war: dt.TradeWar, deal: dt.Talks) -> None:
    eq = dt.solve(world, war)
    results = [world.economy, world, war, eq, eq.gradient("USA"), trade_war, deal, dt.schedule("section-301-2019-12")]
    results += [dt.elasticities("uniform"), dt.tournament(strategies=["TFT", "ALLD"])]
    for result in results:
        assert len(result.summary().splitlines()) >= 2, type(result)
        assert "<table" in result._repr_html_(), type(result)
        assert isinstance(result.tidy(), pd.DataFrame), type(result)
        assert result.to_latex().startswith(r"\begin{tabular}"), type(result)
        assert "@software{Detente" in result.cite(), type(result)
    assert "CaliendoParro2015" in eq.cite() and "OECD" in eq.cite()
    assert any("closure" in sentence for sentence in eq.assumptions)


def test_tidy_and_wide_are_the_same_numbers(world: dt.World, war: dt.Policy) -> None:
    eq = dt.solve(world, war)
    tidy = eq.tidy()
    wide = tidy.pivot(index="region", columns="key", values="value")
    pd.testing.assert_frame_equal(wide[list(eq.keys)], eq.to_frame(), check_names=False)
    data = eq.to_xarray()
    assert data["welfare_percent"].attrs["units"] == "percent"
    np.testing.assert_array_equal(data["trade"].values, eq.trade.values)


def test_files(world: dt.World, war: dt.Policy, tmp_path: Path) -> None:
    eq = dt.solve(world, war)
    eq.to_excel(tmp_path / "eq.xlsx")
    back = pd.read_excel(tmp_path / "eq.xlsx", index_col=0)
    np.testing.assert_allclose(back["welfare_percent"], eq.welfare, rtol=1e-15)
    text = eq.to_latex(tmp_path / "eq.tex", columns=["welfare_percent"], digits=2)
    assert (tmp_path / "eq.tex").read_text() == text and r"welfare\_percent" in text and "-0.21" in text
    world.economy.save(tmp_path / "mine.nc")
    again = dt.load(tmp_path / "mine.nc")
    assert dt.solve(again, war).to_frame().equals(eq.to_frame())


def test_draws_give_bands(world: dt.World, war: dt.Policy) -> None:
    eq = dt.solve(world, war, draws=128, seed=3)
    assert eq.welfare.equals(dt.solve(world, war).welfare)
    band = eq.confint(0.9, "welfare_percent")
    half = eq.confint(0.5, "welfare_percent")
    assert ((band["low"] <= half["low"]) & (half["high"] <= band["high"])).all()
    assert band.loc["CHN", "low"] < eq.welfare["CHN"] < band.loc["CHN", "high"]
    assert eq.drivers("USA")["share"].iloc[0] > 0.3
    tidy = eq.tidy()
    assert {"low", "high"} <= set(tidy.columns)
    again = dt.solve(world, war, draws=128, seed=3)
    assert again.bands is not None and eq.bands is not None and again.bands.equals(eq.bands)
    with pytest.raises(dt.InputError, match=r"0\.9 or 0\.5"):
        eq.confint(0.8)
    with pytest.raises(dt.InputError, match="draws"):
        dt.solve(world, war).confint()


def test_a_gradient_is_the_slope(world: dt.World, war: dt.Policy) -> None:
    gradient = dt.gradient(world, war, of="USA")
    step = 1e-5
    ends = [
        dt.solve(
            world, war.tariff(importer="USA", exporter="CHN", sector="D26", add=side * step), tolerance=1e-13
        ).welfare["USA"]
        for side in (-1, 1)
    ]
    slope = (np.log1p(ends[1] / 100) - np.log1p(ends[0] / 100)) / (2 * step)
    assert float(gradient.tariff.sel(importer="USA", exporter="CHN", sector="D26")) == pytest.approx(slope, rel=1e-5)


def test_governments(world: dt.World, trade_war: dt.TradeWar, deal: dt.Talks) -> None:
    assert trade_war.gap < 1e-9
    best = dt.optimal(world, "USA", under=trade_war, exporter="CHN", form="uniform", starts=1)
    assert best["mean_tariff"] == pytest.approx(trade_war["players"]["USA"]["mean_tariff"], abs=1e-6)
    table = deal.to_frame()
    assert (table["utility_percent"] > table["threat_utility_percent"]).all() and deal["everyone_gains"]
    resolved = dt.solve(world, deal.policy)
    np.testing.assert_allclose(resolved.welfare, deal.welfare, atol=1e-9)
    frontier = deal.frontier()
    assert frontier["USA"].is_monotonic_decreasing or frontier["USA"].is_monotonic_increasing
    crossing = trade_war.best_responses()
    rate = trade_war["players"]["CHN"]["mean_tariff"]
    answer = np.interp(rate, crossing.index, crossing["USA"])
    assert answer == pytest.approx(trade_war["players"]["USA"]["mean_tariff"], abs=1e-4)


def test_the_relation(world: dt.World, trade_war: dt.TradeWar, deal: dt.Talks) -> None:
    relation = dt.relation(trade_war, cooperate=deal, fidelity=0.95)
    assert relation.self_enforcing is True
    assert 0 < relation["critical_discount"]["USA"] < relation["discount"]["USA"]
    sides = relation.region()
    assert int(sides.sel(discount=relation["discount"]["USA"], fidelity=0.95, method="nearest")) == 2
    # With promises carried out three times in ten no war deters, and answers in proportion to the harm still do.
    unreliable = dt.relation(trade_war, deal, fidelity=0.3)
    holds = {answer["name"]: answer["holds"] for answer in unreliable["answers"]}
    assert holds["war"] == "no" and holds["proportional"] == "yes" and unreliable["best_answer"] == "proportional"
    assert unreliable.self_enforcing is True
    drawn = dt.relation(trade_war, deal, fidelity=0.95, draws=64)
    chance = drawn.figures.loc[("relation", "self_enforcing"), "mean"]
    assert 0.9 < chance <= 1.0
    ledger = {"ledger": str(ROOT / "ledgers/busan.toml"), "as_of": "2026-07-24"}
    assert "ledger" in dt.relation(trade_war, deal, fidelity=ledger).data


def test_common_ground_and_games(world: dt.World, war: dt.Policy, deal: dt.Talks) -> None:
    ground = dt.common_ground(
        world, ["USA", "CHN"], settlement=deal, under=war, issues={"e": "D26", "c": ["D20", "D21"]}
    )
    assert ground["certificate"]["proved"] and set(ground.settled) <= {"e", "c"}
    payoffs = dt.payoffs(world, ("USA", "CHN"), {"peace": None, "war": war})
    assert payoffs.of("CHN").loc["war", "peace"] == pytest.approx(dt.solve(world, war).ev["CHN"])
    same = dt.Payoffs.from_frame(payoffs.to_frame(), players=("USA", "CHN"))
    assert dt.game(same)["conflict_share"] == dt.game(payoffs)["conflict_share"]


def test_a_study_from_its_text_and_as_a_dictionary() -> None:
    study = {
        "title": "Ten points",
        "economy": {"name": "us-china-2017"},
        "scenario": [{"name": "ten", "tariff": [{"importer": "USA", "exporter": "CHN", "add": 0.1}]}],
        "claim": [{"text": "China loses", "holds": "welfare('ten', 'CHN') < 0"}],
    }
    results = dt.run(study)
    assert results.complete and list(results.claims["verdict"]) == ["holds"]
    text = "title = 'x'\neconomy = { name = 'us-china-2017' }\n[[scenario]]\nname = 'ten'\n"
    text += "tariff = [{ importer = 'USA', exporter = 'CHN', add = 0.1 }]\n"
    assert dt.run(text).outcome("ten").welfare.equals(results.outcome("ten").welfare)
    assert isinstance(results.to_xarray(), xr.Dataset)
    assert set(results.tables()) >= {"regions", "trade", "sectors", "claims"}
    assert "<html" in results.report()
    steps: list[tuple[str, int, int]] = []
    dt.run(study, progress=lambda what, done, total: steps.append((what, done, total)))
    assert steps


# Every kind of answer, and a scenario that changes more than tariffs.
STUDY = {
    "title": "Everything",
    "economy": {"name": "us-china-2017"},
    "model": {"kind": "ricardian", "closure": "fixed"},
    "scenario": [
        {
            "name": "far",
            "trade_cost": [{"importer": ["USA", "EU"], "exporter": "CHN", "sector": "D26", "factor": 1.1}],
            "productivity": [{"region": "CHN", "sector": ["D26", "D27"], "factor": 1.2}],
            "factor_supply": [{"region": ["IND", "BRA"], "factor": 1.05}],
            "deficit": [{"region": "USA", "scale": 0.5}],
        }
    ],
    "nash": [{"name": "war", "players": ["USA", "CHN"], "from": "far", "instruments": {"form": "uniform"}}],
    "talks": [{"name": "deal", "players": ["USA", "CHN"], "threat": "war", "transfers": True}],
    "relation": {"players": ["USA", "CHN"], "cooperate": "deal", "war": "war"},
    "path": [{"name": "years", "years": [2018, 2020], "phases": [{"from": 2018, "scenario": "war"}]}],
    "claim": [{"text": "China loses", "holds": "welfare('war', 'CHN') < 0"}],
    "uncertainty": {"draws": 16, "elasticities": True},
}


def test_a_pickle_of_a_study_does_all_that_the_study_does(tmp_path: Path) -> None:
    results = dt.run(STUDY)
    results.raise_failures()
    back = pickle.loads(pickle.dumps(results))
    again = pickle.loads(pickle.dumps(back))
    for kept in (back, again, copy.deepcopy(back)):
        assert kept.complete is True and kept.failures == {} and list(kept) == list(results)
        assert kept.json == results.json and kept.text() == results.text() and kept.summary() == results.summary()
        assert kept.outcome("base").welfare.abs().max() == 0.0
        assert kept.to_frame().equals(results.to_frame()) and kept.tidy().equals(results.tidy())
        assert kept.to_xarray().identical(results.to_xarray()) and kept.cite() == results.cite()
        assert kept.claims.equals(results.claims) and kept.relation.self_enforcing == results.relation.self_enforcing
        assert kept.talks["deal"].to_frame().equals(results.talks["deal"].to_frame())
        assert kept["war"].policy.to_frame().equals(results["war"].policy.to_frame())
        with pytest.raises(dt.InputError, match='did you mean "deal"'):
            kept.outcome("dael")
    results.save(tmp_path / "here")
    back.save(tmp_path / "there")
    files = {path.relative_to(tmp_path / "here") for path in (tmp_path / "here").rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path / "there") for path in (tmp_path / "there").rglob("*") if path.is_file()}
    for name in files:
        if name.suffix != ".nc":  # its bytes have their own order of chunks
            assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name
    with (
        xr.open_dataset(tmp_path / "here/results.nc", engine="scipy") as one,
        xr.open_dataset(tmp_path / "there/results.nc", engine="scipy") as other,
    ):
        assert one.identical(other)
    with pytest.raises(dt.FileError):
        back.save("/dev/null")


def test_what_is_in_force_in_a_study_can_be_gone_on_from() -> None:
    results = dt.run(STUDY)
    for name in ("far", "war", "deal"):
        eq = results.outcome(name)
        solved = dt.solve(results.world, eq.policy)
        np.testing.assert_allclose(solved.welfare, eq.welfare, rtol=0, atol=1e-9)
        np.testing.assert_allclose(solved.transfer, eq.transfer, rtol=1e-9)
        slope = pickle.loads(pickle.dumps(eq)).gradient("USA").tariff
        np.testing.assert_allclose(slope, eq.gradient("USA").tariff, rtol=1e-7, atol=1e-12)
    assert results.outcome("deal").policy.pays and not results.outcome("war").policy.pays
    lines = results.outcome("war").policy.to_frame()
    assert set(lines.loc[lines["kind"] == "tariffs by line", "importer"]) == {"USA", "CHN"}
    assert set(results.outcome("far").policy.to_frame()["kind"]) == {
        "trade_cost",
        "productivity",
        "factor_supply",
        "deficit",
    }
    # From the answers of a study another question begins where they end: here the war is nobody's best answer any more.
    best = dt.optimal(results.world, "USA", under=results.nash["war"], form="uniform", starts=1)
    assert best["utility_percent"] == pytest.approx(best["start_utility_percent"], abs=1e-8)
    with pytest.raises(dt.InputError, match="money changes hands"):
        dt.relation(results.nash["war"], results.talks["deal"])


def test_an_agreement_with_transfers(world: dt.World) -> None:
    question: dict[str, Any] = {"players": ["USA", "CHN"]}
    study: dict[str, Any] = {
        "title": "t",
        "economy": {"name": "us-china-2017"},
        "nash": [question | {"name": "war", "instruments": {"exporter": "players", "form": "uniform"}}],
        "talks": [question | {"name": "deal", "threat": "war", "transfers": True, "power": {"USA": 2.0, "CHN": 1.0}}],
        "relation": question | {"cooperate": "deal", "war": "war", "fidelity": 0.95},
    }
    there = dt.run(study)
    there.raise_failures()
    war = dt.nash(world, ["USA", "CHN"], exporter="players", form="uniform")
    deal = dt.talks(world, threat=war, transfers=True, power={"USA": 2.0, "CHN": 1.0})
    assert deal.policy.pays and deal.to_frame()["transfer"].abs().max() > 1.0
    here = dt.relation(war, deal, fidelity=0.95)
    for key in ("critical_discount", "discount", "gain_from_agreement", "temptation", "slack"):
        if key in there.relation:
            for player in ("USA", "CHN"):
                assert here[key][player] == pytest.approx(there.relation[key][player], rel=1e-6, abs=1e-9), key
    assert here.payoffs().equals(there.relation.payoffs()) or np.allclose(
        here.payoffs(), there.relation.payoffs(), rtol=1e-6, atol=1e-6
    )


def test_what_governments_want_goes_into_further_questions(world: dt.World) -> None:
    """Politics and relative gains stay those of the war when it is asked for best responses, a frontier, a relation."""
    weights = {"USA": [1.0] * (len(world.sectors) - 1) + [3.0], "CHN": [1.0] * len(world.sectors)}
    war = dt.nash(
        world,
        ["USA", "CHN"],
        exporter="players",
        form="uniform",
        political_weights=weights,
        relative_gains={"USA": 0.3},
    )
    crossing = war.best_responses()
    answer = np.interp(war["players"]["CHN"]["mean_tariff"], crossing.index, crossing["USA"])
    assert answer == pytest.approx(war["players"]["USA"]["mean_tariff"], abs=1e-4)
    plain = dt.nash(world, ["USA", "CHN"], exporter="players", form="uniform")
    assert abs(war["players"]["USA"]["mean_tariff"] - plain["players"]["USA"]["mean_tariff"]) > 1e-3
    deal = dt.talks(world, threat=war)
    best = deal.frontier().max()
    assert (deal.to_frame()["utility_percent"] <= best + 1e-6).all()
    yearly = dt.relation(war, deal, fidelity_year=0.9, period_years=1.0, discount_rate={"USA": 0.03, "CHN": 0.05})
    assert yearly["discount"]["USA"] > yearly["discount"]["CHN"]


def test_talks_take_from_the_war_what_they_are_not_told(world: dt.World, trade_war: dt.TradeWar) -> None:
    wider = dt.talks(world, threat=trade_war, exporter="*", sector="goods", form="line")
    narrow = dt.talks(world, threat=trade_war)
    assert (wider.to_frame()["utility_percent"] >= narrow.to_frame()["utility_percent"] - 1e-7).any()
    assert wider.policy.rates(world).sel(importer="USA").std() > narrow.policy.rates(world).sel(importer="USA").std()
    with pytest.raises(dt.SolveError, match="no deal"):  # between others, who gain nothing by tariffs on each other
        dt.talks(world, ["EU", "JPN"], threat=trade_war)


def test_pickles_hold_the_same_numbers(world: dt.World, war: dt.Policy, trade_war: dt.TradeWar, deal: dt.Talks) -> None:
    eq = dt.solve(world, war, draws=64)
    back = pickle.loads(pickle.dumps(eq))
    assert back.to_frame().equals(eq.to_frame()) and back.bands.equals(eq.bands)
    assert back.certificate == eq.certificate and back.tariff.equals(eq.tariff)
    assert back.gradient("USA").tariff.equals(eq.gradient("USA").tariff)
    assert pickle.loads(pickle.dumps(back)).to_frame().equals(eq.to_frame())
    for answer in (trade_war, deal):
        again = pickle.loads(pickle.dumps(answer))
        assert again.data == answer.data and again.welfare.equals(answer.welfare)
    assert pickle.loads(pickle.dumps(world.economy)).to_xarray().identical(world.economy.to_xarray())
    assert dt.solve(pickle.loads(pickle.dumps(world)), pickle.loads(pickle.dumps(war))).welfare.equals(eq.welfare)
    results = dt.run({"title": "t", "economy": {"name": "us-china-2017"}, "scenario": [{"name": "base again"}]})
    kept = pickle.loads(pickle.dumps(results))
    assert (
        kept.json == results.json and kept.to_frame().equals(results.to_frame()) and kept.report() == results.report()
    )
    assert pickle.loads(pickle.dumps(dt.read_study(STUDY))).scenarios == dt.read_study(STUDY).scenarios
    tournament = dt.tournament(strategies=["TFT", "ALLD"])
    assert pickle.loads(pickle.dumps(tournament)).payoff.equals(tournament.payoff)
