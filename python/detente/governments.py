"""Governments: optimal tariffs, trade wars, talks, common ground, and whether an agreement lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Union

from . import _core as lib
from ._labels import names
from ._record import Record
from .answers import Answer, CommonGround, OptimalTariffs, Relation, Talks, TradeWar
from .errors import wrong_input
from .policy import Names, Policy, known_regions
from .study import run_policies, telling
from .world import AnyWorld, Equilibrium, Progress, World, world_of

AnyPolicy = Union[Policy, Equilibrium, Answer, None]


def policy_of(given: AnyPolicy, world: World) -> Policy:
    """A policy from a policy, an equilibrium, an answer that ends in tariffs, or None (the base)."""
    if given is None:
        return Policy(world)
    if isinstance(given, Policy):
        return given
    if isinstance(given, Answer):
        return given.policy
    return given.policy if given.policy is not None else Policy(world, rates=given.tariff)


def _government(region: str, given: Mapping[str, Any]) -> dict[str, Any]:
    low, high = given["bounds"]
    government = {
        "region": region,
        "exporter": names(given["exporter"]),
        "sector": names(given["sector"]),
        "form": given["form"],
        "lower": float(low),
        "upper": float(high),
    }
    gains = given.get("relative_gains") or 0.0
    government["relative_gains"] = float(gains.get(region, 0.0) if isinstance(gains, Mapping) else gains)
    weights = given.get("political_weights")
    if weights is not None:
        chosen = weights.get(region) if isinstance(weights, Mapping) else weights
        if chosen is not None:
            government["political_weight"] = [float(weight) for weight in chosen]
    return government


def _percent(utility: float) -> float:
    return 100.0 * (utility - 1.0)


def _instruments(given: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {"exporter": names(given["exporter"]), "sector": names(given["sector"]), "form": given["form"]}
    return {"instruments": chosen, "bounds": [float(bound) for bound in given["bounds"]]}


def _player(found: Mapping[str, Any], welfare: float) -> dict[str, Any]:
    rates = {key: found[key] for key in ("mean_tariff", "trade_weighted_tariff", "median_tariff")}
    return {"welfare_percent": welfare, "utility_percent": _percent(found["utility"]), **rates}


def _ended(world: World, found: Mapping[str, Any], kind: str, under: Policy) -> tuple[Policy, Equilibrium]:
    core = found["policy"]
    rates = core.tariff_rates.reshape(len(world.regions), len(world.regions), len(world.sectors))
    policy = Policy(world, closure=core.closure, groups=under.groups, rates=rates, payment=core.payment or None)
    others = {key: changes for key, changes in under._changes.items() if key != "tariff"}
    policy._set(_changes={**policy._changes, **others}, _made=core)
    return policy, Equilibrium(found["equilibrium"], world, policy, kind)


def optimal(
    world: AnyWorld,
    player: str,
    *,
    under: AnyPolicy = None,
    exporter: Names = "*",
    sector: Names = "goods",
    form: str = "line",
    bounds: tuple[float, float] = (0.0, 10.0),
    political_weights: Sequence[float] | None = None,
    relative_gains: float = 0.0,
    rivals: Sequence[str] = (),
    reciprocated: bool = False,
    starts: int = 3,
    tolerance: float = 1e-9,
    seed: int = 1,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> OptimalTariffs:
    """The tariffs that serve a government best, everyone else's as they are `under` a policy (None: the base).

    `form`: "line" (a rate for each exporter and sector), "mfn" (one a sector), "uniform". `political_weights`: lambda
    by sector (Ossa 2014). `reciprocated`: exporters answer with the same rate.
    """
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    start = policy_of(under, base)
    government = _government(player, locals())
    government |= {"reciprocated": reciprocated, "rivals": list(rivals)}
    search = {"tolerance": tolerance, "starts": starts, "seed": seed, "threads": threads}
    with telling(progress) as heard:
        found = lib.optimal(base._core, government, start.core, search, heard)
    policy, equilibrium = _ended(base, found, "optimal", start)
    rates = {key: found[key] for key in ("mean_tariff", "trade_weighted_tariff", "median_tariff")}
    data = {
        "player": player,
        "welfare_percent": float(equilibrium.welfare[player]),
        "utility_percent": _percent(found["utility"]),
        "start_utility_percent": _percent(found["start_utility"]),
        **rates,
        "certificate": found["certificate"],
    }
    return OptimalTariffs(base, "optimal", data, equilibrium, None, {"policy": policy})


def nash(
    world: AnyWorld,
    players: Sequence[str],
    *,
    under: AnyPolicy = None,
    exporter: Names = "*",
    sector: Names = "goods",
    form: str = "line",
    bounds: tuple[float, float] = (0.0, 10.0),
    political_weights: Mapping[str, Sequence[float]] | None = None,
    relative_gains: float | Mapping[str, float] = 0.0,
    starts: int = 1,
    deviations: int = 6,
    tolerance: float = 1e-9,
    seed: int = 1,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> TradeWar:
    """A trade war: tariffs such that no government gains by changing its own (`TradeWar.gap` says how nearly).

    `exporter="players"`: tariffs only on each other.
    """
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    start = policy_of(under, base)
    given = locals()
    governments = [_government(player, given) for player in players]
    search = {"tolerance": tolerance, "starts": starts, "deviations": deviations, "seed": seed, "threads": threads}
    with telling(progress) as heard:
        found = lib.nash(base._core, governments, start.core, search, heard)
    policy, equilibrium = _ended(base, found, "nash", start)
    welfare = equilibrium.welfare
    rows = {
        name: _player(row, float(welfare[name]))
        | {"start_utility_percent": _percent(row["start_utility"]), "gap": row["gap"]}
        for name, row in found["players"].items()
    }
    context = {"policy": policy, "under": start, "governments": governments, "instruments": _instruments(given)}
    data = {"players": rows, "certificate": found["certificate"]}
    return TradeWar(base, "nash", data, equilibrium, None, context | {"again": _nash_again})


def _nash_again(war: Answer) -> Record:
    block = {"name": "question", "players": list(war.players), "from": "under", **war._context["instruments"]}
    gains = {row["region"]: row["relative_gains"] for row in war._context["governments"] if row["relative_gains"]}
    if gains:
        block["relative_gains"] = gains
    results = run_policies(war.world, {"under": war._context["under"]}, {"nash": [block]})
    results.raise_failures()
    return results.json["nash"]["question"]  # type: ignore[no-any-return]


def talks(
    world: AnyWorld,
    players: Sequence[str] | None = None,
    *,
    threat: TradeWar | Equilibrium | Policy | None = None,
    under: AnyPolicy = None,
    method: str = "nash_bargaining",
    power: Mapping[str, float] | None = None,
    transfers: bool = False,
    exporter: Names = "*",
    sector: Names = "goods",
    form: str = "line",
    bounds: tuple[float, float] = (0.0, 10.0),
    relative_gains: float | Mapping[str, float] = 0.0,
    political_weights: Mapping[str, Sequence[float]] | None = None,
    tolerance: float = 1e-9,
    seed: int = 1,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> Talks:
    """What governments agree on when all their tariffs are on the table, with `threat` as what happens without a deal
    (None: the base). Where the threat is a trade war of `nash`, players, instruments, what they want and `under` are
    its own. `method`: "nash_bargaining", "efficient" or "kalai_smorodinsky"."""
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    given = locals()
    at_war = isinstance(threat, TradeWar) and "governments" in threat._context
    if players is None and not at_war:
        raise wrong_input(
            "talks need players", key="players", expected="names of regions, or a trade war as the threat"
        )
    if at_war and isinstance(threat, TradeWar):
        governments = threat._context["governments"]
        start = policy_of(under, base) if under is not None else threat._context["under"]
        instruments = threat._context["instruments"]
    else:
        governments = [_government(player, given) for player in players or ()]
        start, instruments = policy_of(under, base), _instruments(given)
    without = _equilibrium_of(threat, base)
    list_of = [row["region"] for row in governments]
    how = {"method": method, "transfers": transfers, "tolerance": tolerance, "seed": seed, "threads": threads}
    if power is not None:
        how["power"] = [float(power[name]) for name in list_of]
    with telling(progress) as heard:
        found = lib.talks(base._core, governments, without.core, start.core, how, heard)
    policy, equilibrium = _ended(base, found, "talks", start)
    welfare = equilibrium.welfare
    rows = {
        name: _player(row, float(welfare[name]))
        | {"threat_utility_percent": _percent(row["threat"]), "weight": row["weight"], "transfer": row["transfer"]}
        for name, row in found["players"].items()
    }
    data = {"players": rows, "everyone_gains": found["everyone_gains"], "method": method}
    data["certificate"] = found["certificate"]
    context = {"policy": policy, "under": start, "governments": governments, "instruments": instruments}
    context |= {"threat": without, "again": _talks_again}
    return Talks(base, "talks", data, equilibrium, None, context)


def _talks_again(deal: Answer) -> Record:
    kept = deal._context
    block = {"name": "question", "players": list(deal.players), "from": "under", "threat": "threat"}
    block |= {"method": "frontier", **kept["instruments"]}
    threat = kept["threat"]
    scenarios = {"under": kept["under"], "threat": policy_of(threat, deal.world)}
    results = run_policies(deal.world, scenarios, {"talks": [block]})
    results.raise_failures()
    return results.json["talks"]["question"]  # type: ignore[no-any-return]


def _equilibrium_of(given: Answer | Equilibrium | Policy | None, world: World) -> Equilibrium:
    from .world import solve

    if isinstance(given, Equilibrium):
        return given
    if isinstance(given, Answer):
        if given.equilibrium is None:
            raise wrong_input("this answer ends in no equilibrium", key="threat", found=given.title)
        return given.equilibrium
    return solve(world, given)


def common_ground(
    world: AnyWorld,
    players: Sequence[str],
    *,
    settlement: Talks | Equilibrium | Policy | None,
    under: AnyPolicy = None,
    issues: Mapping[str, Names] | None = None,
    sides: str = "both",
    goal: str = "nash_product",
    power: Mapping[str, float] | None = None,
    exact: bool = False,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> CommonGround:
    """Which issues to settle, the rest as it is `under` a policy: a settled issue gets the tariffs of `settlement`
    (None: of the base). `issues`: names and their sectors; None: one for each sector of goods. `sides`: "both", or
    "each" for the two directions apart. `goal`: "nash_product" or "most_issues"."""
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    start, settled = policy_of(under, base), _equilibrium_of(settlement, base)
    how: dict[str, Any] = {"sides": sides, "goal": goal, "exact": exact, "threads": threads}
    if issues is not None:
        how["issues"] = {name: names(sectors) for name, sectors in issues.items()}
    if power is not None:
        how["power"] = [float(power[name]) for name in players]
    with telling(progress) as heard:
        found = lib.common_ground(base._core, list(players), settled.core, start.core, how, heard)
    policy, equilibrium = _ended(base, found, "common ground", start)

    def by_player(row: Sequence[float]) -> dict[str, float]:
        return {name: _percent(value) for name, value in zip(players, row)}

    rows = [
        {"name": row["name"], "settled": row["settled"], "alone_utility_percent": by_player(row["alone"])}
        for row in found["issues"]
    ]
    data = {"players": list(players), "goal": goal, "found": found["found"], "issues": rows}
    data |= {
        f"{key}_percent": by_player(found[of])
        for key, of in (("status_quo_utility", "status_quo"), ("utility", "utility"), ("all_utility", "all"))
    }
    data["certificate"] = found["certificate"]
    return CommonGround(base, "common ground", data, equilibrium, None, {"policy": policy})


def relation(
    war: TradeWar | Equilibrium | Policy,
    cooperate: Talks | Equilibrium | Policy,
    *,
    world: AnyWorld | None = None,
    players: Sequence[str] | None = None,
    under: AnyPolicy = None,
    fidelity: float | Mapping[str, Any] = 1.0,
    discount_rate: float | Mapping[str, float] = 0.04,
    exit_hazard: float | Mapping[str, float] = 0.05,
    period_years: float = 0.5,
    relative_gains: float | Mapping[str, float] = 0.0,
    prior: float = 0.5,
    accuracy: float = 0.8,
    draws: int | None = None,
    seed: int = 1,
    uncertain: Mapping[str, Any] | None = None,
    threads: int = 0,
    today: str = "",
    folder: str = ".",
    progress: Progress = None,
    **further: Any,
) -> Relation:
    """Does an agreement last when nobody enforces it? `cooperate` against `war`; deviations are solved for.

    `fidelity`: the chance a period that a promise is carried out, a number, by player, or of a ledger
    (``{"ledger": "phase-one.toml", "as_of": "2026-07-24"}``). `under`: what everyone else does (None: as under the
    agreement). `draws`: of what `uncertain` names (the keys of [uncertainty]; None: elasticities, and fidelity where
    a ledger is given): `figures` has the probability that it holds. `further`: other keys of [relation] in a study
    (instruments, bounds, policies, steps, shocks).
    """
    base = _world_between(war, cooperate, world)
    found_players = list(players) if players is not None else _players_between(war, cooperate)
    known_regions(base.economy, found_players, "players")
    scenarios = {"cooperate": policy_of(cooperate, base), "war": policy_of(war, base)}
    block: dict[str, Any] = {
        "players": found_players,
        "cooperate": "cooperate",
        "war": "war",
        "fidelity": dict(fidelity) if isinstance(fidelity, Mapping) else fidelity,
        "discount_rate": _plain(discount_rate),
        "exit_hazard": _plain(exit_hazard),
        "period_years": period_years,
        "relative_gains": _plain(relative_gains),
        "prior": prior,
        "accuracy": accuracy,
    }
    if isinstance(war, TradeWar) and "instruments" in war._context and "instruments" not in further:
        block |= war._context["instruments"]
    if under is not None:
        scenarios["under"] = policy_of(under, base)
        block["from"] = "under"
    blocks: dict[str, Any] = {"relation": block | further}
    if draws is not None:
        ledger = isinstance(fidelity, Mapping) and "ledger" in fidelity
        drawn = (
            dict(uncertain)
            if uncertain is not None
            else {"elasticities": True, **({"fidelity": True} if ledger else {})}
        )
        blocks["uncertainty"] = {"draws": draws, "seed": seed, **drawn}
    results = run_policies(base, scenarios, blocks, threads=threads, progress=progress, today=today, folder=folder)
    results.raise_failures()
    return results.relation


def _plain(given: float | Mapping[str, float]) -> Any:
    return dict(given) if isinstance(given, Mapping) else given


def _world_between(war: Any, cooperate: Any, world: AnyWorld | None) -> World:
    if world is not None:
        return world_of(world)
    for given in (war, cooperate):
        if isinstance(given, (Answer, Equilibrium)):
            return given.world
    raise wrong_input(
        "two policies need the world that they are in", key="world", expected="relation(..., world=world)"
    )


def _players_between(war: Any, cooperate: Any) -> list[str]:
    for given in (war, cooperate):
        if isinstance(given, Answer):
            return list(given.players)
    raise wrong_input("a relation has two players", key="players", expected='players=["USA", "CHN"]')
