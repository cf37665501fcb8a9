"""Every study gives from Python what the command writes into results.json, to 1e-12."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import detente as dt
import pytest
from conftest import ROOT

# The outputs of the web tests, where they have run: no study is answered twice by the command.
OUTPUTS = Path(os.environ.get("DETENTE_OUTPUTS", ROOT / "build/release/web"))
STUDIES = [*sorted((ROOT / "studies").glob("*.toml")), *sorted((ROOT / "studies/replication").glob("*.toml"))]
STUDIES += [path for path in sorted((ROOT / "web/tests/studies").glob("*.toml")) if path.stem not in ("four", "one")]
SHARED = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))


def fresh(written: Path) -> bool:
    """Made by the command as it is now."""
    program = Path(os.environ.get("DETENTE_COMMAND", ROOT / "build/release/detente"))
    return written.exists() and program.exists() and written.stat().st_mtime >= program.stat().st_mtime


def differences(here: Any, there: Any, path: str = "") -> Iterator[str]:
    if isinstance(there, dict):
        if not isinstance(here, dict) or list(here) != list(there):
            yield f"{path}: keys differ"
            return
        for key in there:
            yield from differences(here[key], there[key], f"{path}.{key}")
    elif isinstance(there, list):
        if not isinstance(here, list) or len(here) != len(there):
            yield f"{path}: lengths differ"
            return
        for k, (a, b) in enumerate(zip(here, there)):
            yield from differences(a, b, f"{path}[{k}]")
    elif isinstance(there, float) and isinstance(here, (int, float)):
        if not (math.isclose(here, there, rel_tol=1e-12, abs_tol=1e-12) or (math.isnan(here) and math.isnan(there))):
            yield f"{path}: {here!r} is not {there!r}"
    elif here != there:
        yield f"{path}: {here!r} is not {there!r}"


@pytest.mark.parametrize("path", STUDIES, ids=[path.stem for path in STUDIES])
def test_every_study_is_answered_as_by_the_command(
    path: Path, command: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text(encoding="utf-8")
    if "DETENTE_SHARED" in text and not SHARED.is_dir():
        pytest.skip("the published data of this study are not here: DETENTE_SHARED names no folder")
    monkeypatch.setenv("DETENTE_SHARED", str(SHARED))
    written = OUTPUTS / path.stem / "results.json"
    study = path
    if "web/tests" in str(path):
        # These have paths relative to where the web tests put them, beside economies that those make.
        study = Path(path.name)
        monkeypatch.chdir(OUTPUTS)
        if not fresh(written):
            pytest.skip("the web tests have not made this study's economy (scripts/setup web)")
    elif not fresh(written):
        command("run", str(path), "--out", str(tmp_path / "out"), "--quiet")
        written = tmp_path / "out/results.json"
    there = json.loads(written.read_text(encoding="utf-8"))
    here = dt.run(study)
    assert list(differences(json.loads(here.json_text()), there)) == []
    for name, outcome in here.scenarios.items():
        regions = there["scenarios"][name]["regions"]
        for key in ("welfare_percent", "ev", "wage_hat", "tariff_revenue"):
            for region, value in outcome.result(key).items() if key in outcome.keys else ():
                assert math.isclose(value, regions[region][key], rel_tol=1e-12, abs_tol=1e-12), (name, key, region)


def test_a_call_gives_what_the_study_gives(world: dt.World) -> None:
    section_301 = (
        dt.Policy(world)
        .tariff(importer="USA", exporter="CHN", sector="goods", add_column="us_tariff_increase_on_chn")
        .tariff(importer="CHN", exporter="USA", sector="goods", add_column="chn_tariff_increase_on_usa")
    )
    there = dt.run(ROOT / "studies/busan.toml", only=["section-301"]).outcome("section-301")
    here = dt.solve(world, section_301)
    assert here.to_frame().equals(there.to_frame()[list(here.keys)])


def test_bare_games_are_those_of_the_command(command: Callable[..., str]) -> None:
    payoffs = ROOT / "studies/payoffs/prisoners-dilemma.csv"
    printed = command("game", "--payoffs", str(payoffs), "--discount", "0.9", "--fidelity", "0.95", "--json")
    game = dt.game(payoffs, discount=0.9, fidelity=0.95)
    assert list(differences(game.data.to_dict(), json.loads(printed))) == []


def test_a_tournament_is_that_of_the_command(command: Callable[..., str]) -> None:
    there = json.loads(command("tournament", "--noise", "0.05", "--strategies", "TFT,GTFT,WSLS,ALLD", "--json"))
    here = dt.tournament(noise=0.05, strategies=["TFT", "GTFT", "WSLS", "ALLD"])
    assert list(here.ranking) == there["ranking"]
    assert list(differences(here.payoff.to_numpy().tolist(), there["payoffs"])) == []
    assert list(differences(here.cooperation.to_numpy().tolist(), there["cooperation"])) == []
    assert list(differences(here.table("moran").tolist(), there["moran"])) == []


def test_a_ledger_and_an_episode_are_those_of_the_command(command: Callable[..., str]) -> None:
    ledger, day = "ledgers/phase-one.toml", "2022-02-08"
    printed = json.loads(command("track", ledger, "--as-of", day, "--json"))
    assert list(differences(dt.track(ROOT / ledger, as_of=day).data.to_dict(), printed)) == []
    episode = "episodes/us-china-2017/2017-19.toml"
    printed = json.loads(command("validate", episode, "--json"))
    assert list(differences(dt.validate(ROOT / episode).data.to_dict(), printed)) == []
