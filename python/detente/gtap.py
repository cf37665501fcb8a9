"""Economies from GTAP: HAR files in the layout of GTAP 7, at any aggregation (read by harpy)."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

from . import _core as lib
from ._checks import count, known, names, number, text
from ._checks import path as path_of
from ._tables import Floats
from .economy import Economy
from .errors import FileError, InputError, wrong_input

_USERS = ("P", "G", "I")  # households, government, investment
_NEEDED = ("VXSB", "VMSB", "VCIF", "VDFB", "VMFB", "EVFB", *(f"V{side}{user}B" for user in _USERS for side in "DM"))
_OF_GTAP_6 = {"VXMD", "VIMS", "VIWS", "VDFM", "VIFM", "VFM"}
_SETS = {"REG": ("REG", "H1"), "COMM": ("COMM", "H2"), "ACTS": ("ACTS", "H7", "COMM", "H2"), "MARG": ("MARG", "H3")}


class _Har:
    """Arrays of a HAR file by header."""

    def __init__(self, path: str | Path, key: str) -> None:
        path = path_of(path, key)
        try:
            from harpy import HarFileObj
        except ImportError:
            raise InputError("GTAP's files need harpy3: pip install 'detente[gtap]'") from None
        self.path = path
        if not Path(path).is_file():
            raise FileError(f"{path}: no such file", self.path)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # harpy's own, of numpy
                found = HarFileObj.loadFromDisk(self.path)
            self.arrays = {
                str(name).strip().upper(): found.getHeaderArrayObj(name)["array"]
                for name in found.getHeaderArrayNames()
            }
        except Exception as error:
            raise wrong_input(f"not a HAR file that can be read: {error}", key=self.path) from None

    def numbers(self, header: str, *lengths: int) -> Floats:
        if header not in self.arrays:
            old = sorted(_OF_GTAP_6 & set(self.arrays))
            hint = f" (headers of GTAP 6: {', '.join(old)})" if old else ""
            raise wrong_input(
                f"no header {header}{hint}",
                key=self.path,
                found=", ".join(sorted(self.arrays)),
                expected="the layout of GTAP 7",
            )
        out = np.asarray(self.arrays[header], dtype=float)
        if out.shape != lengths:
            raise wrong_input(
                "not of the size of its sets", key=f"{self.path}: {header}", found=out.shape, expected=str(lengths)
            )
        if not np.isfinite(out).all() or (out < -1e-6 * np.abs(out).max()).any():
            raise wrong_input("a number is negative or not finite", key=f"{self.path}: {header}")
        return np.maximum(out, 0.0)

    def names(self, kind: str) -> list[str]:
        for header in _SETS[kind]:
            if header in self.arrays:
                return [str(name).strip() for name in np.asarray(self.arrays[header]).ravel()]
        raise wrong_input(
            f"no set {kind}", key=self.path, found=", ".join(sorted(self.arrays)), expected=" or ".join(_SETS[kind])
        )

    def margins(self, sectors: list[str]) -> list[str]:
        """The commodities that carry trade; all, where the sets do not say."""
        for header in _SETS["MARG"]:
            if header in self.arrays:
                return self.names("MARG")
        return sectors


def from_gtap(
    basedata: str | Path,
    sets: str | Path,
    parameters: str | Path | None = None,
    *,
    goods: list[str] | None = None,
    title: str = "GTAP",
    year: int = 0,
    tolerance: float = 1e-3,
    name: str = "gtap",
) -> Economy:
    """An economy from GTAP's base data (basedata.har), sets (sets.har) and parameters (default.prm).

    Trade is VXSB, exports at the exporter's basic prices; home sales what firms, households, government and investment
    use of their own (VD?B). Tariffs are VMSB over VCIF less one. Inputs are VDFB and VMFB, value added EVFB; where an
    activity makes several commodities (MAKEB) each has the activity's inputs. theta is ESUBM less one (weighted by
    imports where it differs by region), sigma ESUBM; without `parameters` an elasticity set has to be put in. `goods`:
    commodities where tariffs can apply; None: those on which anybody has one.

    Checked, to `tolerance` of a region's sales: imports at basic prices are used up (VMSB = sum of VM?B), sales add up
    to output (MAKEB = VD?B + VXSB + VST), output before tax to costs (MAKES = VDFP + VMFP + EVFP), imports at the
    border to exports and transport (VCIF = VFOB + VTWR), and transport to what the pool is sold (VTWR = VST), where the
    file has these. What the model has no place for is left out and
    noted: export taxes and transport between VXSB and VCIF, sales to the transport pool (VST), taxes on use and output,
    and tariffs inside a region that is an aggregate. Money is million US dollars, as GTAP has it.
    """
    data, of_sets = _Har(basedata, "basedata"), _Har(sets, "sets")
    regions, sectors, activities = (of_sets.names(kind) for kind in ("REG", "COMM", "ACTS"))
    n, m, k = len(regions), len(sectors), len(activities)
    exports = data.numbers("VXSB", m, n, n)
    landed, border = data.numbers("VMSB", m, n, n), data.numbers("VCIF", m, n, n)
    factors = data.numbers("EVFB", np.shape(data.arrays.get("EVFB", ()))[0] if "EVFB" in data.arrays else 0, k, n)
    uses = {side: data.numbers(f"V{side}FB", m, k, n) for side in "DM"}
    demand = {side: sum(data.numbers(f"V{side}{user}B", m, n) for user in _USERS) for side in "DM"}
    home = uses["D"].sum(axis=1) + demand["D"]
    make = data.numbers("MAKB", m, k, n) if "MAKB" in data.arrays else _diagonal(m, k, n, data.path)
    accounts = _Accounts(data, of_sets, regions, sectors, activities, home + exports.sum(axis=2))
    accounts.check(landed, border, uses["M"].sum(axis=1) + demand["M"], make, number(tolerance, "tolerance"))

    trade = np.ascontiguousarray(exports.transpose(1, 2, 0))
    own = np.arange(n)
    trade[own, own, :] += home.T
    rates = np.divide(landed, border, out=np.ones_like(landed), where=border > 0) - 1.0
    tariff = np.ascontiguousarray(rates.transpose(1, 2, 0))
    tariff[own, own, :] = 0.0
    tariff[trade <= 0] = 0.0
    inputs, value_added = _technology(uses["D"] + uses["M"], factors.sum(axis=0), make)
    final = (demand["D"] + demand["M"]).T
    spent = final.sum(axis=1, keepdims=True)
    if (spent <= 0).any():
        raise wrong_input("a region has no final demand", key=data.path, found=regions[int(np.argmin(spent))])
    taxed = (np.abs(tariff) > 1e-6).any(axis=(0, 1))
    named = None if goods is None else known(names(goods, "goods"), sectors, "goods", "commodity")
    chosen = [bool(flag) for flag in taxed] if named is None else [sector in named for sector in sectors]
    arrays: dict[str, Any] = {
        "title": text(title, "title"),
        "source": "GTAP Data Base (Center for Global Trade Analysis, Purdue University)",
        "licence": "GTAP's: not to be passed on",
        "unit": "million US dollars",
        "year": count(year, "year"),
        "note": _note(exports, border, data, make, home),
        "regions": regions,
        "sectors": sectors,
        "trade": trade,
        "tariff": tariff,
        "input_share": inputs,
        "value_added_share": value_added,
        "final_share": np.ascontiguousarray(final / spent),
        "goods": chosen if any(chosen) else [True] * m,
    }
    if parameters is not None:
        sigma = _esubm(_Har(parameters, "parameters"), n, m, landed)
        arrays |= {"sigma": sigma, "theta": sigma - 1.0, "elasticities": "GTAP's ESUBM less one"}
    return Economy(lib.economy_from_arrays(arrays), name)


def _diagonal(m: int, k: int, n: int, path: str) -> Floats:
    if m != k:
        raise wrong_input(
            "no header MAKB (MAKEB), and activities are not the commodities", key=path, found=f"{k} and {m}"
        )
    return np.repeat(np.eye(m)[:, :, None], n, axis=2)


class _Accounts:
    """Identities of the accounts, as the model's own program states them (GTAPv7.tab: VMB, VCB, VOS, VCIF, VTMUSE);
    those of which a file has no header are left out."""

    def __init__(
        self,
        data: _Har,
        of_sets: _Har,
        regions: list[str],
        sectors: list[str],
        activities: list[str],
        sales: Floats,
    ) -> None:
        self.data, self.regions, self.sectors, self.activities = data, regions, sectors, activities
        self.margins = of_sets.margins(sectors)
        self.sales = sales.copy()
        if "VST" in data.arrays:
            self.pool = data.numbers("VST", len(self.margins), len(regions))
            known(self.margins, sectors, f"{of_sets.path}: MARG", "commodity")
            self.sales[[sectors.index(name) for name in self.margins]] += self.pool

    def has(self, *headers: str) -> bool:
        return all(header in self.data.arrays for header in headers)

    def check(self, landed: Floats, border: Floats, imported: Floats, make: Floats, tolerance: float) -> None:
        n, m, k = len(self.regions), len(self.sectors), len(self.activities)
        of_region = self.sales.sum(axis=0)
        gap = landed.sum(axis=1) - imported
        self.hold("imports at basic prices (VMSB) are not what is used of them (VM?B)", gap, self.sectors, tolerance)
        if self.has("MAKB"):
            gap = make.sum(axis=1) - self.sales
            self.hold("output (MAKEB) is not what is sold (VD?B + VXSB + VST)", gap, self.sectors, tolerance)
        if self.has("MAKS", "VDFP", "VMFP", "EVFP"):
            factors = self.data.numbers("EVFP", np.shape(self.data.arrays["EVFP"])[0], k, n).sum(axis=0)
            cost = sum(self.data.numbers(f"V{side}FP", m, k, n).sum(axis=0) for side in "DM") + factors
            gap = self.data.numbers("MAKS", m, k, n).sum(axis=0) - cost
            words = "output before tax (MAKES) is not what it costs (VDFP + VMFP + EVFP)"
            self.hold(words, gap, self.activities, tolerance)
        if not self.has("VFOB", "VTWR"):
            return
        carried = self.data.numbers("VTWR", len(self.margins), m, n, n)
        gap = np.abs(border - self.data.numbers("VFOB", m, n, n) - carried.sum(axis=0)).sum(axis=1)
        self.hold(
            "imports at the border (VCIF) are not exports and transport (VFOB + VTWR)", gap, self.sectors, tolerance
        )
        if self.has("VST"):
            gap = (self.pool.sum(axis=1) - carried.sum(axis=(1, 2, 3)))[:, None] * of_region / of_region.sum()
            self.hold("transport supplied (VST) is not transport used (VTWR)", gap, self.margins, tolerance)

    def hold(self, words: str, gap: Floats, rows: list[str], tolerance: float) -> None:
        """Refuses a gap (rows by regions) that is more than `tolerance` of a region's sales."""
        share = np.abs(gap) / np.maximum(self.sales.sum(axis=0, keepdims=True), 1e-300)
        if share.max() <= tolerance:
            return
        s, j = (int(x) for x in np.unravel_index(int(np.argmax(share)), share.shape))
        raise wrong_input(
            f"{words}: {rows[s]} in {self.regions[j]}",
            key=self.data.path,
            found=f"{gap[s, j]:g} ({100 * share[s, j]:.3g} % of the region's sales)",
            expected=f"at most {100 * tolerance:g} %",
        )


def _technology(used: Floats, factors: Floats, make: Floats) -> tuple[Floats, Floats]:
    """Input and value-added shares of commodities: (region, input, sector) and (region, sector)."""
    total = used.sum(axis=0) + factors
    made = make.sum(axis=0, keepdims=True)
    split = np.divide(make, made, out=np.zeros_like(make), where=made > 0)  # of an activity's costs to its products
    cost = np.einsum("skr,kr->sr", split, total)
    links = np.einsum("ckr,skr->rcs", used, split)
    shares = np.divide(links, cost.T[:, None, :], out=np.zeros_like(links), where=cost.T[:, None, :] > 0)
    return np.ascontiguousarray(shares), np.ascontiguousarray(1.0 - shares.sum(axis=1))


def _esubm(parameters: _Har, n: int, m: int, landed: Floats) -> Floats:
    if "ESBM" not in parameters.arrays:
        raise wrong_input(
            "no header ESBM", key=parameters.path, found=", ".join(sorted(parameters.arrays)), expected="ESBM"
        )
    found = np.asarray(parameters.arrays["ESBM"], dtype=float)
    if found.shape == (m, n):
        weight = landed.sum(axis=1)
        weight = weight + 1e-12 * max(1.0, float(weight.max()))
        found = (found * weight).sum(axis=1) / weight.sum(axis=1)
    if found.shape != (m,):
        raise wrong_input(
            "not of the size of its sets", key=f"{parameters.path}: ESBM", found=found.shape, expected=f"({m},)"
        )
    if (found <= 1.0).any():
        raise wrong_input("an elasticity is not above 1", key=f"{parameters.path}: ESBM", found=float(found.min()))
    return np.ascontiguousarray(found)


def _note(exports: Floats, border: Floats, data: _Har, make: Floats, home: Floats) -> str:
    """What the model has no place for, with its size."""
    away = ~np.eye(exports.shape[1], dtype=bool)
    sent, landed = float(exports[:, away].sum()), float(border[:, away].sum())
    inside = float(exports[:, ~away].sum()) / max(float(exports.sum()), 1e-300)
    pool = float(np.asarray(data.arrays["VST"], dtype=float).sum()) if "VST" in data.arrays else 0.0
    wedge = 100 * (landed / max(sent, 1e-300) - 1)
    parts = [f"Export taxes and transport between basic prices and the border, {wedge:.2g} % of trade, are left out"]
    if pool > 0:
        parts.append(
            f"so are sales to the pool of international transport, {100 * pool / max(sent, 1e-300):.2g} % of trade"
        )
    sold = max(float(home.sum() + exports.sum()), 1e-300)
    taxes = {"output": ("MAKB",), "use": tuple(f"V{side}{user}B" for side in "DM" for user in ("F", *_USERS))}
    for of, headers in taxes.items():
        paid = [_tax(data, header) for header in headers]
        if all(tax is not None for tax in paid):
            parts.append(f"so are taxes on {of}, {100 * sum(tax or 0.0 for tax in paid) / sold:.2g} % of sales")
    if inside > 0:
        parts.append(f"trade inside aggregated regions, {100 * inside:.2g} % of trade, is home trade")
    return "From GTAP. " + "; ".join(parts) + "."


def _tax(data: _Har, basic: str) -> float | None:
    """What a flow at basic prices has as tax: the difference to producers' prices (of output: to suppliers')."""
    other = "MAKS" if basic == "MAKB" else basic[:-1] + "P"
    if basic not in data.arrays or other not in data.arrays:
        return None
    before, after = (other, basic) if basic == "MAKB" else (basic, other)
    return float(np.asarray(data.arrays[after], dtype=float).sum() - np.asarray(data.arrays[before], dtype=float).sum())
