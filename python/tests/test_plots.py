"""Charts show the numbers that they are of."""

from __future__ import annotations

from pathlib import Path

import detente as dt
import matplotlib.pyplot as plt
import numpy as np
import pytest
from conftest import ROOT
from detente import plot


def test_bars_and_bands(world: dt.World, war: dt.Policy, tmp_path: Path) -> None:
    eq = dt.solve(world, war, draws=64)
    axes = eq.plot_welfare()
    heights = [bar.get_height() for bar in axes.patches]
    np.testing.assert_allclose(heights, eq.welfare)
    assert [label.get_text() for label in axes.get_xticklabels()] == list(world.regions)
    assert len(axes.collections) == 1  # the bands
    eq.plot_welfare(str(tmp_path / "bars.png"))
    assert (tmp_path / "bars.png").stat().st_size > 5000
    eq.plot_tornado(str(tmp_path / "tornado.png"), region="USA")
    assert (tmp_path / "tornado.png").exists()
    plt.close("all")


def test_the_map_colours_countries_by_their_region(world: dt.World, war: dt.Policy) -> None:
    eq = dt.solve(world, war)
    axes = eq.plot_map()
    assert len(axes.collections[0].get_paths()) > 177
    belongs = plot.members(["USA", "CHN", "EU", "ROW"], ["USA", "CHN", "DEU", "GBR", "BRA", "ATA", "N. Cyprus"])
    assert belongs == {"USA": "USA", "CHN": "CHN", "DEU": "EU", "GBR": "ROW", "BRA": "ROW"}
    plt.close("all")


def test_every_chart_is_drawn(trade_war: dt.TradeWar, deal: dt.Talks, tmp_path: Path) -> None:
    fidelity = {"ledger": str(ROOT / "ledgers/busan.toml"), "as_of": "2026-07-24"}
    relation = dt.relation(trade_war, deal, fidelity=fidelity)
    charts = {
        "best": trade_war.plot_best_responses,
        "frontier": deal.plot_frontier,
        "region": relation.plot_region,
        "ledger": relation.plot_ledger,
        "timeline": dt.track(ROOT / "ledgers/phase-one.toml", as_of="2022-02-08").plot_timeline,
        "scatter": dt.validate(ROOT / "episodes/us-china-2017/2017-19.toml").plot_scatter,
    }
    for name, draw in charts.items():
        draw(str(tmp_path / f"{name}.png"))
        assert (tmp_path / f"{name}.png").stat().st_size > 5000, name
    axes = deal.plot_frontier()
    line = axes.lines[0]
    np.testing.assert_array_equal(line.get_xdata(), deal.frontier()["USA"])
    plt.close("all")


def test_nothing_to_draw() -> None:
    with pytest.raises(dt.InputError):
        plot.welfare({})
