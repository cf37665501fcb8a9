"""Charts (matplotlib). Every function returns the axes, and with `path` writes the figure there."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._checks import known, names
from .errors import InputError, wrong_input

if TYPE_CHECKING:
    from ._record import Record
    from .answers import Path as YearsPath
    from .answers import Relation, Talks
    from .equilibrium import Equilibrium
    from .evidence import Validation

_COLOURS = ("#1f6f8b", "#c8553d", "#7a9e7e", "#8e6c8a", "#d9a441", "#4a4e69", "#99b2dd")
_EU = (
    "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE"
).split()


def _axes(ax: Any, size: tuple[float, float]) -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise InputError("charts need matplotlib: pip install 'detente[plot]'") from None
    return ax if ax is not None else plt.subplots(figsize=size, layout="constrained")[1]


def _done(ax: Any, path: str | Path | None) -> Any:
    if path is not None:
        import matplotlib.pyplot as plt

        ax.figure.savefig(path, dpi=150)
        plt.close(ax.figure)
    return ax


def welfare(
    equilibria: Mapping[str, Equilibrium],
    path: str | Path | None = None,
    *,
    key: str = "welfare_percent",
    regions: list[str] | None = None,
    ax: Any = None,
) -> Any:
    """Bars by region, one a scenario, with the band of 90 % of the draws where parameters were drawn."""
    if not equilibria:
        raise wrong_input("there is nothing to draw", key="equilibria")
    table = pd.DataFrame({name: equilibrium.result(key) for name, equilibrium in equilibria.items()})
    if regions is not None:
        table = table.loc[known(names(regions, "regions"), [str(name) for name in table.index], "regions", "region")]
    ax = _axes(ax, (max(6.0, 0.35 * table.size + 2.0), 4.0))
    width, places = 0.8 / len(table.columns), np.arange(len(table))
    for k, (name, values) in enumerate(table.items()):
        at = places + (k - (len(table.columns) - 1) / 2) * width
        ax.bar(at, values, width, label=name, color=_COLOURS[k % len(_COLOURS)])
        equilibrium = equilibria[str(name)]
        if equilibrium.bands is not None and "p05" in equilibrium.bands:
            band = equilibrium.confint(0.9, key).loc[table.index]
            ends = np.vstack([values - band["low"], band["high"] - values]).clip(min=0)
            ax.errorbar(at, values, yerr=ends, fmt="none", ecolor="#222222", capsize=2, linewidth=1)
    ax.axhline(0.0, color="#222222", linewidth=0.8)
    ax.set_xticks(places, table.index)
    ax.set_ylabel(_named(key, next(iter(equilibria.values()))))
    if len(table.columns) > 1:
        ax.legend(frameon=False)
    return _done(ax, path)


def _named(key: str, equilibrium: Equilibrium) -> str:
    words = {"welfare_percent": "real income", "ev": "equivalent variation", "real_wage_percent": "real wage"}
    unit = equilibrium.units.get(key, "")
    return f"{words.get(key, key.replace('_percent', '').replace('_', ' '))}, {unit}"


def members(regions: list[str], countries: list[str], given: Mapping[str, list[str]] | None = None) -> dict[str, str]:
    """The region that each country belongs to: the one of its name, one that names it (`given`; "EU": its 27), or the
    rest of the world (ROW, RoW, ROTW)."""
    out = {country: country for country in countries if country in regions}
    groups = {"EU": _EU, **(given or {})}
    for region in regions:
        for country in groups.get(region, ()):
            if country in countries:
                out.setdefault(country, region)
    rest = next((name for name in ("ROW", "RoW", "ROTW", "ROW*") if name in regions), None)
    if rest is not None:
        for country in countries:
            if len(country) == 3 and country != "ATA":
                out.setdefault(country, rest)
    return out


def world_map(
    values: pd.Series[Any],
    path: str | Path | None = None,
    *,
    groups: Mapping[str, list[str]] | None = None,
    limit: float | None = None,
    cmap: str = "RdBu",
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Every country in the colour of its region's number; grey: no number. Borders are Natural Earth's (public
    domain), as they are held in fact. `limit`: the end of the colour scale on both sides of 0."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import Normalize

    shapes = json.loads((Path(__file__).parent / "data" / "world.json").read_text(encoding="utf-8"))["countries"]
    belongs = members([str(name) for name in values.index], list(shapes), groups)
    end = limit if limit is not None else float(np.nanmax(np.abs(values.to_numpy(dtype=float)))) or 1.0
    colours = ScalarMappable(Normalize(-end, end), cmap)
    polygons, faces = [], []
    for country, rings in shapes.items():
        value = float(values[belongs[country]]) if country in belongs else float("nan")
        face: Any = "#d9d9d9" if np.isnan(value) else colours.to_rgba(np.array(value))
        polygons += rings
        faces += [face] * len(rings)
    ax = _axes(ax, (9.0, 4.8))
    ax.add_collection(PolyCollection(polygons, facecolors=faces, edgecolors="white", linewidths=0.3))
    ax.set(xlim=(-180, 180), ylim=(-58, 84), aspect=1.2, xticks=[], yticks=[])
    for side in ax.spines.values():
        side.set_visible(False)
    unit = str(values.attrs.get("unit", ""))
    label = title or ", ".join(
        word for word in (str(values.name or "").replace("_percent", "").replace("_", " "), unit) if word
    )
    ax.figure.colorbar(colours, ax=ax, shrink=0.6, label=label)
    return _done(ax, path)


def tornado(
    equilibrium: Equilibrium, path: str | Path | None = None, *, region: str, most: int = 10, ax: Any = None
) -> Any:
    """The parameters that explain most of the variance of a region's welfare over draws, the largest first."""
    table = drivers(equilibrium, region).head(most).iloc[::-1]
    ax = _axes(ax, (6.5, 0.32 * len(table) + 1.2))
    ax.barh(range(len(table)), table["share"], color=_COLOURS[0])
    ax.set_yticks(range(len(table)), table["label"])
    ax.set_xlabel(f"share of the variance of real income of {region}")
    return _done(ax, path)


def drivers(equilibrium: Equilibrium, region: str) -> pd.DataFrame:
    """Shares of the variance of a region's welfare that each drawn parameter explains alone (first-order Sobol indices;
    with few draws squared rank correlations), the largest first: input, label, share."""
    drawn = equilibrium.drawn
    if drawn is None:
        raise wrong_input("no parameter was drawn", key="drivers", expected="an answer over draws: draws=500")
    found = drawn.get("drivers") or {}
    if region not in found:
        raise wrong_input("drivers are not told of this", key="region", found=region, expected=", ".join(found))
    labels = {row["name"]: row["label"] for row in drawn["inputs"]}
    rows = [(row["input"], labels.get(row["input"], row["input"]), row["share"]) for row in found[region]]
    table = pd.DataFrame(rows, columns=["input", "label", "share"])
    return table.sort_values("share", ascending=False, ignore_index=True)


def best_responses(table: pd.DataFrame, path: str | Path | None = None, *, ax: Any = None) -> Any:
    """Each side's best uniform rate against the other's; where the curves cross no one gains by moving alone."""
    first, second = (str(name) for name in table.columns)
    ax = _axes(ax, (5.0, 5.0))
    ax.plot(100 * table[first], 100 * table.index, color=_COLOURS[0], label=f"best answer of {first}")
    ax.plot(100 * table.index, 100 * table[second], color=_COLOURS[1], label=f"best answer of {second}")
    ax.set(xlabel=f"tariff of {first}, %", ylabel=f"tariff of {second}, %")
    ax.legend(frameon=False)
    return _done(ax, path)


def frontier(talks: Talks, path: str | Path | None = None, *, ax: Any = None) -> Any:
    """What both sides can reach together, the threat and the deal; changes of what they want, percent."""
    points = talks.frontier()
    first, second = (str(name) for name in points.columns)
    ax = _axes(ax, (5.5, 4.5))
    ax.plot(points[first], points[second], color=_COLOURS[0], marker=".", label="frontier")
    players = talks.to_frame()
    if "utility_percent" in players:
        ax.plot(*players["utility_percent"].loc[[first, second]], "o", color=_COLOURS[1], label="deal")
    if "threat_utility_percent" in players:
        ax.plot(*players["threat_utility_percent"].loc[[first, second]], "s", color=_COLOURS[5], label="no deal")
    ax.set(xlabel=f"{first}, %", ylabel=f"{second}, %")
    ax.legend(frameon=False)
    return _done(ax, path)


def years(
    found: YearsPath,
    path: str | Path | None = None,
    *,
    key: str = "consumption_percent",
    regions: list[str] | None = None,
    ax: Any = None,
) -> Any:
    """A line a region, percent by year; dotted lines are where another policy comes into force. Without `regions` those
    that the path moves most in money, at most six."""
    table = found.table(key)
    if regions is None:
        most = found.to_frame()["ev"].abs().sort_values(ascending=False).index[:6]
        chosen = [name for name in table.columns if name in most]
    else:
        chosen = known(names(regions, "regions"), [str(name) for name in table.columns], "regions", "region")
    ax = _axes(ax, (7.0, 4.0))
    for k, name in enumerate(chosen):
        ax.plot(table.index, table[name], color=_COLOURS[k % len(_COLOURS)], label=name)
    for phase in found["phases"]:
        ax.axvline(phase["from"], color="#999999", linewidth=0.8, linestyle=":")
    ax.axhline(0.0, color="#222222", linewidth=0.8)
    ax.set_ylabel(f"{key.removesuffix('_percent').replace('_', ' ')}, %")
    ax.legend(frameon=False)
    return _done(ax, path)


def region(relation: Relation, path: str | Path | None = None, *, ax: Any = None) -> Any:
    """For whom the agreement holds over patience and fidelity, if both sides were alike; the points are the sides."""
    from matplotlib.colors import BoundaryNorm, ListedColormap

    sides = relation.region()
    ax = _axes(ax, (5.5, 4.5))
    colours = ListedColormap(["#f0f0f0", "#b9cdd6", _COLOURS[0]])
    ax.pcolormesh(
        sides["fidelity"],
        sides["discount"],
        sides.values,
        cmap=colours,
        norm=BoundaryNorm([-0.5, 0.5, 1.5, 2.5], 3),
        shading="nearest",
    )
    for k, player in enumerate(relation.players):
        patience = relation["discount"][player] ** (1.0 / relation["period_years"])
        fidelity = relation["fidelity"][player]["mean_year"]
        ax.plot(fidelity, patience, "o", color=_COLOURS[1 + k], label=player, markeredgecolor="white")
    ax.set(xlabel="fidelity: chance a year that a promise is carried out", ylabel="what the next year counts for")
    ax.legend(frameon=True, title="dark: holds for both")
    return _done(ax, path)


def ledger(tracked: Record, path: str | Path | None = None, *, ax: Any = None) -> Any:
    """A line a commitment: from its first day to its last, in the colour of its status, the day of judgement dotted."""
    from matplotlib.dates import ConciseDateFormatter

    concise: Any = ConciseDateFormatter

    rows = list(tracked["commitments"])
    statuses = {"kept": "#7a9e7e", "kept in part": "#d9a441", "broken": "#c8553d", "on track": "#1f6f8b"}
    statuses |= {"behind": "#8e6c8a", "not yet due": "#99b2dd", "censored": "#4a4e69"}
    ax = _axes(ax, (8.0, 0.4 * len(rows) + 1.2))

    def day(text: object) -> datetime.date:
        return datetime.date.fromisoformat(str(text))

    seen: set[str] = set()
    for k, row in enumerate(reversed(rows)):
        begin, end = day(row["from"]), day(row.get("due") or tracked["as_of"])
        status = str(row["status"])
        label = status if status not in seen else None
        seen.add(status)
        colour = statuses.get(status, "#bbbbbb")
        ax.plot([begin, end], [k, k], linewidth=7, solid_capstyle="butt", color=colour, label=label)
        ax.plot([begin], [k], "|", color=colour, markersize=9)
    ax.axvline(day(tracked["as_of"]), color="#222222", linewidth=0.8, linestyle=":")
    ax.xaxis.set_major_formatter(concise(ax.xaxis.get_major_locator()))
    ax.set_yticks(range(len(rows)), [f"{row['actor']}: {row['id']}" for row in reversed(rows)])
    ax.legend(frameon=False, fontsize="small", loc="center left", bbox_to_anchor=(1.0, 0.5))
    return _done(ax, path)


def scatter(validation: Validation, path: str | Path | None = None, *, ax: Any = None) -> Any:
    """Predicted against observed log changes of the headline's cells, areas by weight, with the line of slope 1;
    the axis holds the cells with a thousandth of the weight or more."""
    cells = validation.cells
    cells = cells[cells["headline"]].dropna(subset=["predicted", "observed"])
    ax = _axes(ax, (5.5, 5.0))
    sizes = 300 * cells["weight"] / cells["weight"].max() + 4
    ax.scatter(cells["predicted"], cells["observed"], s=sizes, color=_COLOURS[0], alpha=0.5, linewidths=0)
    seen = cells[cells["weight"] >= 1e-3 * cells["weight"].sum()]
    margin = 0.1 * float(np.ptp(seen["observed"]))
    ax.set_ylim(seen["observed"].min() - margin, seen["observed"].max() + margin)
    low, high = cells["predicted"].min(), cells["predicted"].max()
    ax.plot([low, high], [low, high], color=_COLOURS[1], linewidth=1, label="slope 1")
    ax.set(xlabel="predicted change, ln", ylabel="observed change, ln")
    ax.legend(frameon=False)
    return _done(ax, path)
