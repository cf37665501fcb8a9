"""What is wrong is an exception with the command's text and its parts as fields."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import detente as dt
import numpy as np
import pandas as pd
import pytest


def error_of(act: Callable[[], object]) -> dt.DetenteError:
    with pytest.raises(dt.DetenteError) as caught:
        act()
    return caught.value


def test_a_misspelt_name(world: dt.World) -> None:
    error = error_of(lambda: dt.solve(world, dt.Policy(world).tariff(importer="CNH", add=0.1)))
    assert isinstance(error, dt.InputError) and isinstance(error, ValueError)
    assert error.key == "tariff[0].importer" and error.found == '"CNH"' and error.nearest == "CHN"
    assert str(error).endswith('did you mean "CHN"?')
    assert error_of(lambda: dt.load("us-chna-2017")).nearest == "us-china-2017"
    assert error_of(lambda: dt.calibrate("us-china-2017", "ricardan")).nearest == "ricardian"
    assert error_of(lambda: dt.tournament(strategies=["TFT", "GTFTT"])).key == "strategies"
    assert error_of(lambda: dt.solve(world).result("welfare_percnt")).nearest == "welfare_percent"


def test_the_same_text_as_the_command(tmp_path: Path, command: Callable[..., str]) -> None:
    study = tmp_path / "wrong.toml"
    study.write_text("title = 'x'\neconomy = { name = 'us-china-2017' }\n[[scenario]]\nname = 's'\ntarif = []\n")
    error = error_of(lambda: dt.run(study))
    assert error.file == str(study) and error.line == 5 and error.nearest == "tariff"
    import subprocess

    from conftest import ROOT

    program = ROOT / "build/release/detente"
    if program.exists():
        done = subprocess.run([program, "run", study], capture_output=True, text=True)
        assert done.returncode == 1 and str(error) in done.stderr


def test_kinds(world: dt.World, tmp_path: Path) -> None:
    assert isinstance(error_of(lambda: dt.load(tmp_path / "none.nc")), dt.FileError)
    assert isinstance(error_of(lambda: dt.load(tmp_path / "none.nc")), OSError)
    (tmp_path / "half.nc").write_bytes(world.economy._core.to_bytes()[:5000])
    assert isinstance(error_of(lambda: dt.load(tmp_path / "half.nc")), dt.FileError)
    assert isinstance(error_of(lambda: dt.solve(world, tolerance=1.0)), dt.InputError)
    closed = dt.Policy(world).trade_cost(importer="*", exporter="*", factor=1e-80)
    assert isinstance(error_of(lambda: dt.solve(world, closed)), dt.DetenteError)


def test_errors_go_through_pickles(world: dt.World) -> None:
    error = error_of(lambda: dt.load("us-chna-2017"))
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error) and str(back) == str(error) and back.nearest == error.nearest


def test_tables_that_are_wrong(economy: dt.Economy) -> None:
    trade = pd.DataFrame(
        {"exporter": ["A", "A", "B", "B"], "importer": ["A", "B", "A", "B"], "sector": "s", "value": 1.0}
    )
    assert dt.Economy.from_frames(trade, elasticities=4.0).year == 0
    assert "value" in error_of(lambda: dt.Economy.from_frames(trade.rename(columns={"value": "valu"}))).expected
    assert "stands twice" in str(error_of(lambda: dt.Economy.from_frames(pd.concat([trade, trade]))))
    bad = trade.assign(value=[1.0, np.nan, 1.0, 1.0])
    assert error_of(lambda: dt.Economy.from_frames(bad)).key == "trade.value"
    assert error_of(lambda: dt.Economy.from_frames(trade, elasticities={"t": 4.0})).found == '"t"'
    rates = pd.DataFrame({"importer": ["USB"], "exporter": ["CHN"], "sector": ["D26"], "rate": [0.1]})
    assert error_of(lambda: dt.Policy.from_frame(rates, economy)).nearest == "USA"
    game = pd.DataFrame({"a": ["C", "C"], "b": ["C", "D"], "u_a": [1.0, 2.0]})
    assert error_of(lambda: dt.game(game)).key == "payoffs"


def test_arguments_of_another_type(world: dt.World) -> None:
    assert error_of(lambda: dt.nash(world, ["USA", "CHN"], starts="many")).key == "starts"  # type: ignore[arg-type]
    assert error_of(lambda: dt.nash(world, ["USA"])).found == "1"
    with pytest.raises(dt.InputError, match="calibrated already"):
        dt.solve(world, closure="balanced")
    with pytest.raises(AttributeError, match="did you mean 'certificate'"):
        dt.nash(world, ["USA", "CHN"], form="uniform", exporter="players").data.certificat


def test_what_an_extra_brings_is_named(
    world: dt.World, war: dt.Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eq = dt.solve(world, war)
    for missing, act in (
        ("matplotlib", lambda: eq.plot_welfare()),
        ("openpyxl", lambda: eq.to_excel(tmp_path / "eq.xlsx")),
    ):
        with monkeypatch.context() as without:
            for name in [missing, f"{missing}.pyplot", "xlsxwriter"]:
                without.setitem(sys.modules, name, None)
            assert f"need {missing}: pip install 'detente[" in str(error_of(act))


def test_a_wrong_kind_reads_well(world: dt.World, war: dt.Policy) -> None:
    assert error_of(lambda: dt.solve(dt.solve(world, war), war)).found == "an Equilibrium"  # type: ignore[arg-type]
