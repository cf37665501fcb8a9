"""Governments: optimal tariffs, trade wars, talks, common ground, and whether an agreement lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Union

from . import _core as lib
from ._checks import count, known, mapping, names, number, shown, text, wrong_type
from ._record import Record
from .answers import Answer, CommonGround, OptimalTariffs, Path, Relation, Talks, TradeWar
from .equilibrium import Equilibrium, policy_given
from .errors import wrong_input
from .policy import Names, Policy, known_regions
from .study import run_policies, telling
from .world import AnyWorld, Progress, World, world_of

AnyPolicy = Union[Policy, Equilibrium, Answer, None]


def policy_of(given: AnyPolicy, world: World, key: str = "policy") -> Policy:
    """A policy from a policy, an equilibrium, an answer that ends in tariffs, or None (the base)."""
    return Policy(world) if given is None else policy_given(given, key)


# What a government sets where a call does not say: a rate for every exporter and good.
_SET: dict[str, Any] = {"exporter": "*", "sector": "goods", "form": "line", "bounds": (0.0, 10.0)}


def _governments(players: Sequence[str], given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Governments as the library has them, from the arguments of a call."""
    chosen = {key: otherwise if given.get(key) is None else given[key] for key, otherwise in _SET.items()}
    low, high = _pair(chosen["bounds"], "bounds")
    common: dict[str, Any] = {
        "exporter": names(chosen["exporter"], "exporter"),
        "sector": names(chosen["sector"], "sector"),
    }
    common |= {"form": text(chosen["form"], "form"), "lower": low, "upper": high}
    gains, weights = given.get("relative_gains"), given.get("political_weights")
    for key, values in (("relative_gains", gains), ("political_weights", weights)):
        if isinstance(values, Mapping):
            known(values, players, key, "player")
    out = []
    for player in players:
        own = gains.get(player) if isinstance(gains, Mapping) else gains
        government = {"region": player, **common, "relative_gains": number(own or 0.0, "relative_gains")}
        weight = weights.get(player) if isinstance(weights, Mapping) else weights
        if weight is not None:
            government["political_weight"] = [number(one, "political_weights") for one in weight]
        out.append(government)
    return out


def _pair(given: Any, key: str) -> tuple[float, float]:
    if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != 2:
        raise wrong_type(key, given, "a pair of numbers")
    return number(given[0], key), number(given[1], key)


def _players_given(given: Sequence[str]) -> list[str]:
    if isinstance(given, str):
        raise wrong_type("players", given, "a list of regions")
    return names(given, "players")


def _search(given: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """How a search is done, from the arguments of a call."""
    out: dict[str, Any] = {"tolerance": number(given["tolerance"], "tolerance")}
    return out | {key: count(given[key], key) for key in ("seed", "threads", *more)}


def _block_of(governments: Sequence[Mapping[str, Any]], sectors: Sequence[str]) -> dict[str, Any]:
    """The keys of a study's question for what governments set and want."""
    first = governments[0]
    block: dict[str, Any] = {"instruments": {key: first[key] for key in ("exporter", "sector", "form")}}
    block |= {"bounds": [first["lower"], first["upper"]], "players": [row["region"] for row in governments]}
    gains = {row["region"]: row["relative_gains"] for row in governments if row["relative_gains"]}
    weights = [
        {"region": row["region"], "sector": sector, "weight": weight}
        for row in governments
        for sector, weight in zip(sectors, row.get("political_weight", ()))
    ]
    return block | ({"relative_gains": gains} if gains else {}) | ({"political_weights": weights} if weights else {})


def _percent(utility: float) -> float:
    return 100.0 * (utility - 1.0)


def _player(found: Mapping[str, Any], welfare: float) -> dict[str, Any]:
    rates = {key: found[key] for key in ("mean_tariff", "trade_weighted_tariff", "median_tariff")}
    return {"welfare_percent": welfare, "utility_percent": _percent(found["utility"]), **rates}


def _ended(world: World, found: Mapping[str, Any], kind: str, under: Policy) -> Equilibrium:
    return Equilibrium(found["equilibrium"], world, Policy.of_library(found["policy"], world, under.groups), kind)


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
    given = locals()
    government = _governments(known_regions(base.economy, text(player, "player"), "player"), given)[0]
    government |= {"reciprocated": bool(reciprocated), "rivals": names(rivals, "rivals")}
    with telling(progress) as heard:
        found = lib.optimal(base._core, government, start.core, _search(given, "starts"), heard)
    equilibrium = _ended(base, found, "optimal", start)
    rates = {key: found[key] for key in ("mean_tariff", "trade_weighted_tariff", "median_tariff")}
    data = {
        "player": player,
        "welfare_percent": float(equilibrium.welfare[player]),
        "utility_percent": _percent(found["utility"]),
        "start_utility_percent": _percent(found["start_utility"]),
        **rates,
        "certificate": found["certificate"],
    }
    return OptimalTariffs(base, "optimal", data, equilibrium)


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
    governments = _governments(_players_given(players), given)
    with telling(progress) as heard:
        found = lib.nash(base._core, governments, start.core, _search(given, "starts", "deviations"), heard)
    equilibrium = _ended(base, found, "nash", start)
    welfare = equilibrium.welfare
    rows = {
        name: _player(row, float(welfare[name]))
        | {"start_utility_percent": _percent(row["start_utility"]), "gap": row["gap"]}
        for name, row in found["players"].items()
    }
    context = {"under": start, "governments": governments, "again": _nash_again}
    data = {"players": rows, "certificate": found["certificate"]}
    return TradeWar(base, "nash", data, equilibrium, None, context)


def _nash_again(war: Answer) -> Record:
    block = {"name": "question", "from": "under"} | _block_of(war._context["governments"], list(war.world.sectors))
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
    exporter: Names | None = None,
    sector: Names | None = None,
    form: str | None = None,
    bounds: tuple[float, float] | None = None,
    relative_gains: float | Mapping[str, float] | None = None,
    political_weights: Mapping[str, Sequence[float]] | None = None,
    tolerance: float = 1e-9,
    seed: int = 1,
    threads: int = 1,
    progress: Progress = None,
    **options: Any,
) -> Talks:
    """What governments agree on when all their tariffs are on the table, with `threat` as what happens without a deal
    (None: the base). Where the threat is a trade war of `nash`, players, instruments, what they want and `under` are
    its own unless given; else they are as in `nash`. `method`: "nash_bargaining", "efficient" or "kalai_smorodinsky".
    `transfers`: money may change hands."""
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    given = locals()
    war = threat._context if isinstance(threat, TradeWar) and "governments" in threat._context else None
    if war is not None:
        given |= {key: value for key, value in _of_war(war, players).items() if given[key] is None}
    if given["players"] is None:
        raise wrong_input(
            "talks need players", key="players", expected="names of regions, or a trade war as the threat"
        )
    governments = _governments(_players_given(given["players"]), given)
    start = war["under"] if war is not None and under is None else policy_of(under, base)
    without = _equilibrium_of(threat, base, "threat")
    how = _search(given) | {"method": text(method, "method"), "transfers": bool(transfers)}
    if power is not None:
        how["power"] = _power(power, given["players"])
    with telling(progress) as heard:
        found = lib.talks(base._core, governments, without.core, start.core, how, heard)
    equilibrium = _ended(base, found, "talks", start)
    welfare = equilibrium.welfare
    rows = {
        name: _player(row, float(welfare[name]))
        | {"threat_utility_percent": _percent(row["threat"]), "weight": row["weight"], "transfer": row["transfer"]}
        for name, row in found["players"].items()
    }
    data = {"players": rows, "everyone_gains": found["everyone_gains"], "method": method}
    data["certificate"] = found["certificate"]
    context = {"under": start, "governments": governments, "threat": without, "how": how, "again": _talks_again}
    return Talks(base, "talks", data, equilibrium, None, context)


def _of_war(war: Mapping[str, Any], players: Sequence[str] | None) -> dict[str, Any]:
    """What a trade war says of its governments (of `players` alone where these are given), as arguments of a call."""
    rows = [row for row in war["governments"] if players is None or row["region"] in players]
    first = war["governments"][0]
    out: dict[str, Any] = {key: first[key] for key in ("exporter", "sector", "form")}
    out |= {"players": [row["region"] for row in rows], "bounds": (first["lower"], first["upper"])}
    out["relative_gains"] = {row["region"]: row["relative_gains"] for row in rows}
    out["political_weights"] = {row["region"]: row.get("political_weight") for row in rows}
    return out


def _power(given: Mapping[str, float], players: Sequence[str]) -> list[float]:
    chosen = mapping(given, "power", "numbers by player")
    known(chosen, players, "power", "player")
    missing = [player for player in players if player not in chosen]
    if missing:
        raise wrong_input("a player has no power", key="power", found=missing[0], expected="a number for every player")
    return [number(chosen[player], f"power.{player}") for player in players]


def _talks_question(deal: Answer, name: str) -> tuple[dict[str, Any], dict[str, Policy]]:
    """Talks as a study's question, and the scenarios that it refers to."""
    kept = deal._context
    block = {"name": name, "from": "under", "threat": "threat"} | _block_of(
        kept["governments"], list(deal.world.sectors)
    )
    return block, {"under": kept["under"], "threat": policy_of(kept["threat"], deal.world)}


def _talks_again(deal: Answer) -> Record:
    block, scenarios = _talks_question(deal, "question")
    results = run_policies(deal.world, scenarios, {"talks": [block | {"method": "frontier"}]})
    results.raise_failures()
    return results.json["talks"]["question"]  # type: ignore[no-any-return]


def _equilibrium_of(given: Answer | Equilibrium | Policy | None, world: World, key: str) -> Equilibrium:
    from .equilibrium import solve

    if isinstance(given, Equilibrium):
        return given
    if isinstance(given, Answer):
        if given.equilibrium is None:
            raise wrong_input("this answer ends in no equilibrium", key=key, found=given.title)
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
    start, settled = policy_of(under, base), _equilibrium_of(settlement, base, "settlement")
    players = _players_given(players)
    how: dict[str, Any] = {"sides": text(sides, "sides"), "goal": text(goal, "goal"), "exact": bool(exact)}
    how["threads"] = count(threads, "threads")
    if issues is not None:
        given = mapping(issues, "issues", "sectors by name")
        how["issues"] = {text(name, "issues"): names(sectors, f"issues.{name}") for name, sectors in given.items()}
    if power is not None:
        how["power"] = _power(power, players)
    with telling(progress) as heard:
        found = lib.common_ground(base._core, players, settled.core, start.core, how, heard)
    equilibrium = _ended(base, found, "common ground", start)

    def by_player(row: Sequence[float]) -> dict[str, float]:
        return {name: _percent(value) for name, value in zip(players, row)}

    rows = [
        {"name": row["name"], "settled": row["settled"], "alone_utility_percent": by_player(row["alone"])}
        for row in found["issues"]
    ]
    data = {"players": players, "goal": goal, "found": found["found"], "issues": rows}
    data |= {
        f"{key}_percent": by_player(found[of])
        for key, of in (("status_quo_utility", "status_quo"), ("utility", "utility"), ("all_utility", "all"))
    }
    data["certificate"] = found["certificate"]
    return CommonGround(base, "common ground", data, equilibrium)


def relation(
    war: TradeWar | Equilibrium | Policy,
    cooperate: Talks | Equilibrium | Policy,
    *,
    world: AnyWorld | None = None,
    players: Sequence[str] | None = None,
    under: AnyPolicy = None,
    fidelity: float | Mapping[str, Any] | None = None,
    discount_rate: float | Mapping[str, float] | None = None,
    exit_hazard: float | Mapping[str, float] | None = None,
    period_years: float | None = None,
    relative_gains: float | Mapping[str, float] | None = None,
    prior: float | None = None,
    accuracy: float | None = None,
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
    (``{"ledger": "phase-one.toml", "as_of": "2026-07-24"}``); None: always. `discount_rate` (0.04 a year),
    `exit_hazard` (0.05 a period of half a year), `period_years` (0.5), `relative_gains` (0), `prior` (0.5) and
    `accuracy` (0.8) are those of [relation] in a study. `under`: what everyone else does (None: as under the
    agreement). `draws`: of what `uncertain` names (the keys of [uncertainty]; None: elasticities, and fidelity where
    a ledger is given): `figures` has the probability that it holds. `further`: other keys of [relation] in a study
    (fidelity_year, instruments, bounds, policies, steps, shocks, answer).

    Talks in which money changes hands are held anew, in the same way: it is paid while both sides keep the agreement.
    """
    base = _world_between(war, cooperate, world)
    found_players = _players_given(players) if players is not None else _players_between(war, cooperate)
    known_regions(base.economy, found_players, "players")
    blocks, scenarios = _agreement(cooperate, base)
    scenarios["war"] = policy_of(war, base)
    block: dict[str, Any] = {"players": found_players, "cooperate": "cooperate", "war": "war"}
    given = {"fidelity": fidelity, "discount_rate": discount_rate, "exit_hazard": exit_hazard, "prior": prior}
    given |= {"period_years": period_years, "relative_gains": relative_gains, "accuracy": accuracy}
    block |= {
        key: dict(value) if isinstance(value, Mapping) else value for key, value in given.items() if value is not None
    }
    if isinstance(war, TradeWar) and "governments" in war._context and "instruments" not in further:
        own = _block_of(war._context["governments"], ())
        block |= {"instruments": own["instruments"], "bounds": own["bounds"]}
    if under is not None:
        scenarios["others"] = policy_of(under, base)
        block["from"] = "others"
    blocks["relation"] = block | further
    if draws is not None:
        ledger = isinstance(fidelity, Mapping) and "ledger" in fidelity
        drawn = {"elasticities": True, **({"fidelity": True} if ledger else {})}
        chosen = drawn if uncertain is None else mapping(uncertain, "uncertain", "keys of [uncertainty]")
        blocks["uncertainty"] = {"draws": count(draws, "draws", 1), "seed": count(seed, "seed"), **chosen}
    results = run_policies(base, scenarios, blocks, threads=threads, progress=progress, today=today, folder=folder)
    results.raise_failures()
    return results.relation


def path(
    world: AnyWorld,
    years: tuple[int, int],
    phases: Mapping[int, AnyPolicy],
    *,
    share: float | None = None,
    transition: float | None = None,
    discount: float | None = None,
    growth: Mapping[str, float] | None = None,
    labour: Mapping[str, float] | None = None,
    draws: int | None = None,
    seed: int = 1,
    uncertain: Mapping[str, Any] | None = None,
    threads: int = 0,
    progress: Progress = None,
    **options: Any,
) -> Path:
    """Years from the first to the last of `years`, with capital that answers to policies (Anderson, Larch and Yotov
    2020; docs/growth.md): ``dt.path(world, (2018, 2035), {2018: war, 2026: None})``.

    `phases`: by the year from which it is in force, a policy, an equilibrium, an answer that ends in tariffs, or None
    (the base). `share` of capital (1/3), `transition` a year (0.06), `discount` (0.98). `growth` of productivity and
    `labour` by region, 0.05 for 5 % a year ("*" for all; a later one counts). After the last year what is in force
    stays. `draws`: of what `uncertain` names (the keys of [uncertainty]; None: elasticities): bands in `figures`.
    Needs `ricardian` or `krugman` with a fixed supply of labour.
    """
    base = world_of(world, None if isinstance(world, World) else options.pop("model", None), options)
    block: dict[str, Any] = {"name": "path", "years": _years(years)}
    scenarios: dict[str, Policy] = {}
    block["phases"] = []
    by_year = {_year(year, "phases"): policy for year, policy in mapping(phases, "phases", "policies by year").items()}
    for year, policy in sorted(by_year.items(), key=lambda one: one[0]):
        name = "base" if policy is None else f"from {year}"
        if policy is not None:
            scenarios[name] = policy_of(policy, base, "phases")
        block["phases"].append({"from": year, "scenario": name})
    rule = {"share": share, "transition": transition, "discount": discount}
    given = {key: number(value, key) for key, value in rule.items() if value is not None}
    if given:
        block["capital"] = given
    for key, rates in (("growth", growth), ("labour", labour)):
        if rates is not None:
            rows = mapping(rates, key, "rates by region").items()
            block[key] = [
                {"region": text(region, key), "rate": number(rate, f"{key}.{region}")} for region, rate in rows
            ]
    blocks: dict[str, Any] = {"path": [block]}
    if draws is not None:
        chosen = (
            {"elasticities": True} if uncertain is None else mapping(uncertain, "uncertain", "keys of [uncertainty]")
        )
        blocks["uncertainty"] = {"draws": count(draws, "draws", 1), "seed": count(seed, "seed"), **chosen}
    results = run_policies(base, scenarios, blocks, threads=threads, progress=progress)
    results.raise_failures()
    return results.paths["path"]


def _year(given: Any, key: str) -> int:
    """A whole year of four digits."""
    year = number(given, key)
    if not (1000 <= year <= 9999 and year == int(year)):
        raise wrong_input("not a year", key=key, found=shown(given), expected="whole years from 1000 to 9999")
    return int(year)


def _years(given: Any) -> list[int]:
    return [_year(year, "years") for year in _pair(given, "years")]


def _agreement(cooperate: Any, world: World) -> tuple[dict[str, Any], dict[str, Policy]]:
    """The agreement of a relation in a study: a scenario, or talks in which money changes hands."""
    policy = policy_of(cooperate, world)
    if not policy.pays:
        return {}, {"cooperate": policy}
    if not isinstance(cooperate, Talks) or "how" not in cooperate._context:
        raise wrong_input(
            "money changes hands under this agreement",
            key="cooperate",
            expected="what dt.talks(..., transfers=True) gave",
        )
    block, scenarios = _talks_question(cooperate, "cooperate")
    how = cooperate._context["how"]
    block |= {"method": how["method"], "transfers": True, "frontier": 0}
    if "power" in how:
        block["power"] = dict(zip(cooperate.players, how["power"]))
    return {"talks": [block]}, scenarios


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
