"""Détente: what partnership and rivalry between powers cost, with numbers.

>>> import detente as dt
>>> world = dt.load("us-china-2017")
>>> war = dt.Policy(world).tariff(importer="USA", exporter="CHN", sector="goods", add=0.25)
>>> dt.solve(world, war).welfare
"""

from . import _cpu

_cpu.choose(__name__)

from . import cite  # noqa: E402
from ._core import instruction_set, version
from .answers import Answer, Challenge, CommonGround, OptimalTariffs, Path, Relation, Shape, Talks, TradeWar
from .economy import Economy, economies, load
from .equilibrium import Equilibrium, Gradient, gradient, solve
from .errors import Cancelled, DetenteError, FileError, InputError, SolveError
from .evidence import (
    ElasticitySet,
    Schedule,
    Track,
    Validation,
    elasticities,
    elasticity_sets,
    schedule,
    schedules,
    track,
    validate,
)
from .games import Game, Payoffs, Tournament, game, payoffs, strategies, tournament
from .governments import common_ground, nash, optimal, path, relation, talks
from .gtap import from_gtap
from .policy import Policy
from .reading import Study, read_study
from .result import Result
from .study import Results, run
from .sweep import Sweep, draws, grid, sweep
from .world import World, calibrate, models

__version__ = version

__all__ = [
    "Answer",
    "Cancelled",
    "Challenge",
    "CommonGround",
    "DetenteError",
    "Economy",
    "ElasticitySet",
    "Equilibrium",
    "FileError",
    "Game",
    "Gradient",
    "InputError",
    "OptimalTariffs",
    "Path",
    "Payoffs",
    "Policy",
    "Relation",
    "Result",
    "Results",
    "Schedule",
    "Shape",
    "SolveError",
    "Study",
    "Sweep",
    "Talks",
    "Tournament",
    "Track",
    "TradeWar",
    "Validation",
    "World",
    "calibrate",
    "cite",
    "common_ground",
    "draws",
    "economies",
    "elasticities",
    "elasticity_sets",
    "from_gtap",
    "game",
    "gradient",
    "instruction_set",
    "grid",
    "load",
    "models",
    "nash",
    "optimal",
    "path",
    "payoffs",
    "read_study",
    "relation",
    "run",
    "schedule",
    "schedules",
    "solve",
    "strategies",
    "sweep",
    "talks",
    "tournament",
    "track",
    "validate",
    "version",
]
