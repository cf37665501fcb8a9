"""Paths over years: the numbers of a study, labelled."""

from __future__ import annotations

import math
import pickle
from pathlib import Path
from typing import Any

import detente as dt
import matplotlib.pyplot as plt
import numpy as np
import pytest


@pytest.fixture(scope="module")
def path(world: dt.World, war: dt.Policy) -> dt.Path:
    return dt.path(world, (2018, 2024), {2018: war, 2022: None}, growth={"*": 0.02, "CHN": 0.05}, share=0.4)


def test_a_path_is_that_of_a_study(world: dt.World, war: dt.Policy, path: dt.Path) -> None:
    assert 0 <= path.certificate["tail_error"] < 1e-8 and path.certificate["long_run_error"] < 1e-9
    assert path.years == tuple(range(2018, 2025))
    question = {
        "name": "years",
        "years": [2018, 2024],
        "phases": [{"from": 2018, "scenario": "war"}, {"from": 2022, "scenario": "base"}],
        "capital": {"share": 0.4},
        "growth": [{"region": "*", "rate": 0.02}, {"region": "CHN", "rate": 0.05}],
    }
    tariff = {"importer": "USA", "exporter": "CHN", "sector": "goods", "add": 0.25}
    study = {"title": "the same", "economy": {"name": "us-china-2017"}, "path": [question]}
    results = dt.run({**study, "scenario": [{"name": "war", "tariff": [tariff]}]})
    asked = results.paths["years"]
    assert asked.to_frame().equals(path.to_frame())
    assert asked.table("capital_percent").equals(path.table("capital_percent"))
    np.testing.assert_allclose(path.to_frame()["impact_percent"], dt.solve(world, war).welfare, atol=1e-9)
    assert list(results.to_xarray()["path_capital_percent"].dims) == ["path", "path_year", "region"]


def test_years_by_hand(path: dt.Path) -> None:
    consumption, capital = (1 + path.table(f"{key}_percent") / 100 for key in ("consumption", "capital"))
    assert list(capital.index) == list(path.years) and capital.columns.name == "region"
    np.testing.assert_allclose(capital.iloc[0], 1.0)
    law = consumption.iloc[:-1].to_numpy() ** 0.06 * capital.iloc[:-1].to_numpy() ** 0.94
    np.testing.assert_allclose(capital.iloc[1:], law, rtol=1e-12)
    logs = np.log1p(path.table("year_welfare_percent") / 100)
    weights = 0.02 * 0.98 ** np.arange(7)
    after = np.log1p(path.to_frame()["after_percent"] / 100)
    worth = 100 * np.expm1((logs.T * weights).sum(axis=1) + 0.98**7 * after)
    np.testing.assert_allclose(path.welfare, worth, atol=1e-10)


def test_a_path_prints_and_goes_into_tables(path: dt.Path, tmp_path: Path) -> None:
    assert "In force" in path.summary() and "residual" in path.summary()
    tidy = path.tidy()
    one = tidy[(tidy["region"] == "CHN") & (tidy["key"] == "capital_percent") & (tidy["year"] == 2020)]
    assert one["value"].item() == path.table("capital_percent").loc[2020, "CHN"]
    assert tidy[tidy["key"] == "welfare_percent"]["year"].isna().all()
    data = path.to_xarray()
    assert data["consumption_percent"].sel(region="USA", year=2024) == path.table("consumption_percent").iloc[-1]["USA"]
    assert data["ev"].attrs["units"] == path.world.unit
    path.to_excel(tmp_path / "path.xlsx")
    assert "welfare" in path.to_latex()
    back = pickle.loads(pickle.dumps(path))
    assert back.to_frame().equals(path.to_frame())


def test_lines_are_the_numbers(path: dt.Path, tmp_path: Path) -> None:
    axes = path.plot_years()
    drawn = {line.get_label(): line.get_ydata() for line in axes.lines}
    np.testing.assert_array_equal(drawn["CHN"], path.table("consumption_percent")["CHN"])
    path.plot_years(str(tmp_path / "years.png"), key="capital_percent", regions=["USA", "IND"])
    assert (tmp_path / "years.png").stat().st_size > 5000
    plt.close("all")


def test_draws_give_bands(world: dt.World, war: dt.Policy) -> None:
    drawn = dt.path(world, (2018, 2020), {2018: war}, draws=16)
    band = drawn.confint(0.9, "welfare_percent").loc["CHN"]
    assert band["low"] < band["high"] < 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"years": (2035, 2018)}, "before the first"),
        ({"years": (2018.5, 2020)}, "whole years"),
        ({"years": 2018}, "pair of numbers"),
        ({"phases": {2030: None}}, "2030"),
        ({"phases": {}}, "at least one phase"),
        ({"share": 1.0}, "share"),
        ({"growth": {"CHM": 0.05}}, 'did you mean "CHN"'),
        ({"labour": {"CHN": 5.0}}, "labour.rate"),
        ({"discount": math.nan}, "discount"),
        ({"years": (math.nan, 2005)}, "years.*not a year.*nan"),
        ({"years": (2000, math.inf)}, "years.*not a year.*inf"),
        ({"years": (2000, 10**30)}, "years.*not a year"),
        ({"years": (2000, 10**400)}, "years.*out of range"),
        ({"phases": {2018: None, "2019": None}}, "phases.*'2019'.*a number"),
        ({"phases": {2018: None, None: None}}, "phases.*None.*a number"),
        ({"phases": {10**30: None}}, "phases.*not a year"),
        ({"phases": {2018: "war"}}, "phases.*'war'.*a policy"),
        ({"progress": 3}, "progress.*3.*a function"),
    ],
)
def test_what_cannot_be_is_an_error(world: dt.World, arguments: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {"years": (2018, 2020), "phases": {2018: None}, **arguments}
    with pytest.raises(dt.InputError, match=words):
        dt.path(world, given.pop("years"), given.pop("phases"), **given)


def test_a_path_is_no_policy(world: dt.World, path: dt.Path) -> None:
    with pytest.raises(dt.InputError, match="phases.*ends in no tariffs"):
        dt.path(world, (2018, 2020), {2018: path})


def test_a_number_of_years_that_is_none(path: dt.Path) -> None:
    with pytest.raises(dt.InputError, match='did you mean "capital_percent"'):
        path.table("capitel_percent")
