"""What the tests share. They run against the build's module (PYTHONPATH) or an installed one alike."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import detente as dt
import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def economy() -> dt.Economy:
    return dt.load("us-china-2017")


@pytest.fixture(scope="session")
def world(economy: dt.Economy) -> dt.World:
    return economy.world()


@pytest.fixture(scope="session")
def war(economy: dt.Economy) -> dt.Policy:
    return dt.Policy(economy).tariff(importer="USA", exporter="CHN", sector="goods", add=0.25)


@pytest.fixture(scope="session")
def trade_war(world: dt.World) -> dt.TradeWar:
    return dt.nash(world, ["USA", "CHN"], exporter="players", form="uniform")


@pytest.fixture(scope="session")
def deal(world: dt.World, trade_war: dt.TradeWar) -> dt.Talks:
    return dt.talks(world, threat=trade_war)


@pytest.fixture(scope="session")
def command() -> Callable[..., str]:
    """Runs the command `detente` and gives what it prints; skips where there is none."""
    program = Path(os.environ.get("DETENTE_COMMAND", ROOT / "build/release/detente"))

    def run(*arguments: str, allowed: tuple[int, ...] = (0,)) -> str:
        if not program.exists():
            pytest.skip("no command: DETENTE_COMMAND names none")
        done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode in allowed, done.stderr
        return done.stdout

    return run
