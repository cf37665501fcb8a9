"""Many points at once: the same digits on any number of workers, and nothing computed twice."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import detente as dt
import pandas as pd
import pytest
from conftest import ROOT
from detente.sweep import clear


def function_of(world: dt.World, log: str = "") -> Any:
    def at(rate: float, partner: str = "CHN") -> pd.DataFrame:
        if log:
            with open(log, "a", encoding="ascii") as out:
                out.write(f"{rate} {partner}\n")
        policy = dt.Policy(world).tariff(importer="USA", exporter=partner, sector="goods", add=rate)
        return dt.solve(world, policy).to_frame()[["welfare_percent", "ev"]]

    return at


def test_a_grid(world: dt.World) -> None:
    swept = dt.sweep(function_of(world), {"rate": [0.0, 0.1, -2.0], "partner": ["CHN", "EU"]})
    table = swept.to_frame()
    ten = table[(table["rate"] == 0.1) & (table["partner"] == "EU")].set_index("region")["welfare_percent"]
    policy = dt.Policy(world).tariff(importer="USA", exporter="EU", sector="goods", add=0.1)
    assert ten.equals(dt.solve(world, policy).welfare)
    assert list(swept.failures["rate"]) == [-2.0, -2.0]
    assert "leaves the possible range" in swept.failures["reason"].iloc[0]
    assert swept.to_xarray()["welfare_percent"].sizes == {"point": 6, "region": 7}
    assert "2 points failed" in swept.summary()


def test_draws_and_their_bands(world: dt.World) -> None:
    points = dt.draws(64, rate=(0.0, 0.5))
    assert dt.draws(16, rate=(0.0, 0.5)).equals(points.head(16)) and points["rate"].between(0.0, 0.5).all()
    band = dt.sweep(function_of(world), points).confint(0.8, "welfare_percent")
    assert band.loc["CHN", "low"] < band.loc["CHN", "high"] < 0


@pytest.mark.parametrize("format", ["parquet", "zarr"])
def test_a_sweep_goes_on_where_it_was_ended(world: dt.World, tmp_path: Path, format: str) -> None:
    points, log = dt.draws(24, rate=(0.0, 0.5)), tmp_path / "log"
    whole = dt.sweep(function_of(world), points)
    folder = tmp_path / "sweep"
    at = function_of(world, str(log))

    def ended(what: str, done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dt.sweep(at, points, to=folder, format=format, chunk=4, threads=1, progress=ended)
    kept = len(list((folder / "chunks").glob("0*.[pj]*")))
    assert kept == 3
    log.write_text("")
    again = dt.sweep(at, points, to=folder, format=format, chunk=4)
    assert len(log.read_text().splitlines()) == 24 - 4 * kept
    assert again.to_frame().equals(whole.to_frame())
    log.write_text("")
    assert dt.sweep(at, points, to=folder, format=format, chunk=4).to_frame().equals(whole.to_frame())
    assert log.read_text() == ""
    with pytest.raises(dt.InputError, match="another sweep"):
        dt.sweep(at, dt.draws(24, rate=(0.0, 0.4)), to=folder, format=format, chunk=4)
    assert not list(folder.rglob("*.partial"))
    clear(folder)
    assert not folder.exists()
    with pytest.raises(dt.InputError):
        clear(tmp_path)


def test_any_executor_gives_the_same_digits(world: dt.World) -> None:
    points = dt.draws(40, rate=(0.0, 0.5))
    one = dt.sweep(function_of(world), points, threads=1)
    with ThreadPoolExecutor(3) as pool:
        assert dt.sweep(function_of(world), points, client=pool, chunk=3).to_frame().equals(one.to_frame())


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_processes_one_of_them_killed(world: dt.World, tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    points = dt.draws(400, rate=(0.0, 0.5))
    here = dt.sweep(function_of(world), points)
    killed: list[int] = []
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        workers = list(client.run(os.getpid).values())
        assert len(workers) == 2

        def kill(what: str, done: int, total: int) -> None:
            if done == 5 and not killed:
                os.kill(workers[0], signal.SIGKILL)
                killed.append(workers[0])

        there = dt.sweep(function_of(world), points, client=client, to=tmp_path / "sweep", chunk=10, progress=kill)
    assert killed and there.failures.empty
    assert there.to_frame().equals(here.to_frame())


@pytest.mark.filterwarnings("ignore")
def test_results_come_back_from_other_processes(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    study = ROOT / "studies/deficits.toml"
    here = dt.run(study)
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        there = client.submit(dt.run, str(study)).result()
        again = client.submit(dt.run, dt.read_study(study)).result()
        for results in (there, again):
            assert results.json_text() == here.json_text()
    there.save(tmp_path / "out")
    assert (tmp_path / "out/results.json").read_text() == here.json_text()


def test_a_study_is_swept_by_its_keys() -> None:
    swept = dt.sweep(ROOT / "studies/deficits.toml", {"scenario.half.deficit.0.scale": [0.5, 1.0]})
    table = swept.to_frame()
    half = table[table["outcome"] == "half"]
    unchanged = half[half["scenario.half.deficit.0.scale"] == 1.0]["welfare_percent"]
    assert unchanged.abs().max() < 1e-9 and half["welfare_percent"].abs().max() > 0.1
    failed = dt.sweep(ROOT / "studies/deficits.toml", {"scenario.hal.deficit.0.scale": [0.5]})
    assert 'no "hal"' in failed.failures["reason"].iloc[0]


def test_a_sweep_can_be_stopped_from_another_thread(world: dt.World) -> None:
    assert threading.active_count() < 20  # pools of ended sweeps are gone
