"""HAR files in the layout of GTAP 7, made here, become the economy that they were made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import detente as dt
import numpy as np
import pytest

harpy = pytest.importorskip("harpy")

REGIONS, COMMODITIES, FACTORS, MARGINS = (
    ["USA", "CHN", "ROW"],
    ["food", "mnfc", "svcs"],
    ["Land", "Labor", "Capital"],
    ["svcs"],
)


def base(seed: int = 1, activities: int = 3) -> dict[str, np.ndarray[Any, Any]]:
    """Accounts that hold: use is drawn, imports are split by source, output is what is sold."""
    random = np.random.default_rng(seed)
    n, m, k = 3, 3, activities
    d: dict[str, np.ndarray[Any, Any]] = {}
    for user, shape in (("F", (m, k, n)), ("P", (m, n)), ("G", (m, n)), ("I", (m, n))):
        d[f"VD{user}B"] = random.uniform(50, 100, shape)
        d[f"VM{user}B"] = random.uniform(5, 10, shape)
    imported = d["VMFB"].sum(axis=1) + d["VMPB"] + d["VMGB"] + d["VMIB"]
    split = random.uniform(1, 2, (m, n, n)) * (1 - 0.9 * np.eye(n))
    split /= split.sum(axis=1, keepdims=True)
    d["VMSB"] = split * imported[:, None, :]
    rates = random.uniform(0.0, 0.3, (m, n, n)) * np.array([1, 1, 0])[:, None, None]
    d["VCIF"] = d["VMSB"] / (1 + rates)
    d["VFOB"] = d["VCIF"] / 1.05
    d["VTWR"] = (d["VCIF"] - d["VFOB"])[None]
    d["VXSB"] = d["VFOB"] / 1.02
    d["VST"] = random.dirichlet(np.ones(n))[None] * d["VTWR"].sum()
    home = d["VDFB"].sum(axis=1) + d["VDPB"] + d["VDGB"] + d["VDIB"]
    output = home + d["VXSB"].sum(axis=2)
    output[2] += d["VST"][0]
    share = np.eye(m)[:, :k] if k == m else random.uniform(0.2, 1, (m, k))
    d["MAKB"] = share[:, :, None] / share.sum(axis=1)[:, None, None] * output[:, None, :]
    costs = d["VDFB"].sum(axis=0) + d["VMFB"].sum(axis=0)
    d["EVFB"] = random.dirichlet(np.ones(3), (k, n)).transpose(2, 0, 1) * (0.5 * costs)[None, :, :]
    for use in (f"V{side}{user}" for side in "DM" for user in "FPGI"):
        d[f"{use}P"] = d[f"{use}B"] * 1.08
    d["EVFP"] = d["EVFB"] * 1.1
    paid = (d["VDFP"] + d["VMFP"]).sum(axis=0) + d["EVFP"].sum(axis=0)
    d["MAKS"] = d["MAKB"] / d["MAKB"].sum(axis=0, keepdims=True) * paid[None]
    return d


DIMENSIONS = {"VXSB": "CRR", "VMSB": "CRR", "VCIF": "CRR", "VFOB": "CRR", "VST": "MR", "MAKB": "CAR", "EVFB": "EAR"}
DIMENSIONS |= {f"V{side}FB": "CAR" for side in "DM"} | {f"V{side}{user}B": "CR" for side in "DM" for user in "PGI"}
DIMENSIONS |= {f"V{side}FP": "CAR" for side in "DM"} | {f"V{side}{user}P": "CR" for side in "DM" for user in "PGI"}
DIMENSIONS |= {"VTWR": "MCRR", "EVFP": "EAR", "MAKS": "CAR"}
DIMENSIONS |= {"VXMD": "CRR", "VIWS": "CRR", "ESBM": "CR"}


def write(
    path: Path,
    arrays: dict[str, np.ndarray[Any, Any]],
    sets: dict[str, list[str]] | None = None,
    activities: list[str] = COMMODITIES,
) -> Path:
    """As GEMPACK writes them: single precision, sets and their elements beside the numbers."""
    known = {"C": ("COMM", COMMODITIES), "R": ("REG", REGIONS), "A": ("ACTS", activities)}
    known |= {"E": ("ENDW", FACTORS), "M": ("MARG", MARGINS)}
    har = harpy.HarFileObj()
    for name, array in arrays.items():
        of = [known[letter] for letter in DIMENSIONS[name][: array.ndim]]
        described = [
            {"name": kind, "status": "k", "dim_type": "Set", "dim_desc": [element.ljust(12) for element in elements]}
            for kind, elements in of
        ]
        values = np.asfortranarray(array.astype(np.float32))
        made = harpy.HeaderArrayObj.HeaderArrayFromData(
            name, values, data_type="RE", storage_type="FULL", sets=described
        )
        har.addHeaderArrayObj(made)
    for name, elements in (sets or {}).items():
        texts = np.array([element.ljust(12) for element in elements], dtype="<U12")
        har.addHeaderArrayObj(
            harpy.HeaderArrayObj.HeaderArrayFromData(name, texts, data_type="1C", storage_type="FULL")
        )
    har.writeToDisk(str(path))
    return path


def files(
    folder: Path, data: dict[str, np.ndarray[Any, Any]], activities: list[str] = COMMODITIES
) -> tuple[Path, Path, Path]:
    sets = {"REG": REGIONS, "COMM": COMMODITIES, "ACTS": activities, "ENDW": FACTORS, "MARG": MARGINS}
    prm = {"ESBM": np.array([4.0, 6.0, 3.8])}
    return (
        write(folder / "basedata.har", data, None, activities),
        write(folder / "sets.har", {}, sets),
        write(folder / "default.prm", prm),
    )


def test_the_economy_is_the_one_of_the_accounts(tmp_path: Path) -> None:
    data = base()
    economy = dt.from_gtap(*files(tmp_path, data), year=2017)
    assert list(economy.regions) == REGIONS and list(economy.sectors) == COMMODITIES and economy.year == 2017
    assert list(economy.goods) == [True, True, False]
    line = {"exporter": "CHN", "importer": "USA", "sector": "mnfc"}
    assert float(economy.trade.sel(line)) == pytest.approx(data["VXSB"][1, 1, 0], rel=1e-6)
    assert float(economy.tariff.sel(line)) == pytest.approx(data["VMSB"][1, 1, 0] / data["VCIF"][1, 1, 0] - 1, rel=1e-5)
    own = data["VDFB"][1, :, 0].sum() + sum(data[f"VD{u}B"][1, 0] for u in "PGI") + data["VXSB"][1, 0, 0]
    assert float(economy.trade.sel(exporter="USA", importer="USA", sector="mnfc")) == pytest.approx(own, rel=1e-6)
    used, added = (data["VDFB"] + data["VMFB"])[:, 1, 0], data["EVFB"][:, 1, 0].sum()
    assert economy.value_added_share.loc["USA", "mnfc"] == pytest.approx(added / (added + used.sum()), rel=1e-5)
    final = sum(data[f"V{s}{u}B"][:, 0] for s in "DM" for u in "PGI")
    np.testing.assert_allclose(economy.final_share.loc["USA"], final / final.sum(), rtol=1e-5)
    np.testing.assert_allclose(economy.theta, [3.0, 5.0, 2.8], rtol=1e-6)
    assert "transport" in economy.note and "home trade" in economy.note
    used_at = [sum(float(data[f"V{s}{u}{price}"].sum()) for s in "DM" for u in "FPGI") for price in "BP"]
    sold = sum(float(data[f"VD{u}B"].sum()) for u in "FPGI") + float(data["VXSB"].sum())
    assert f"taxes on use, {100 * (used_at[1] - used_at[0]) / sold:.2g} % of sales" in economy.note
    war = dt.Policy(economy).tariff(importer="USA", exporter="CHN", add=0.1)
    assert dt.solve(economy, war, closure="fixed").certificate["residual"] < 1e-9


def test_several_products_of_an_activity(tmp_path: Path) -> None:
    data = base(activities=2)
    economy = dt.from_gtap(*files(tmp_path, data, ["a", "b"]))
    np.testing.assert_allclose(
        economy.value_added_share.to_numpy(), economy.value_added_share.to_numpy().clip(0.2, 0.5)
    )
    split = data["MAKB"] / data["MAKB"].sum(axis=0, keepdims=True)
    added, used = data["EVFB"].sum(axis=0), (data["VDFB"] + data["VMFB"]).sum(axis=0)
    share = (split[0, :, 0] * added[:, 0]).sum() / (split[0, :, 0] * (added + used)[:, 0]).sum()
    assert economy.value_added_share.loc["USA", "food"] == pytest.approx(share, rel=1e-5)


def test_elasticities_by_region_are_weighted(tmp_path: Path) -> None:
    data = base()
    basedata, sets, _ = files(tmp_path, data)
    by_region = np.array([[4.0, 5.0, 6.0], [6.0, 6.0, 6.0], [3.0, 3.0, 3.0]])
    parameters = write(tmp_path / "regional.prm", {"ESBM": by_region})
    weight = data["VMSB"].sum(axis=1)[0]
    expected = (by_region[0] * weight).sum() / weight.sum() - 1
    assert dt.from_gtap(basedata, sets, parameters).theta["food"] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("header", "cell", "factor", "words"),
    [
        ("VMPB", (1, 2), 3.0, r"VMSB\) are not what is used .* mnfc in ROW"),
        ("MAKB", (0, 0, 1), 1.5, r"MAKEB\) is not what is sold .* food in CHN"),
        ("EVFP", (0, 2, 0), 2.0, r"MAKES\) is not what it costs .* svcs in USA"),
        ("VFOB", (1, 1, 0), 0.5, r"VCIF\) are not exports and transport .* mnfc in USA"),
        ("VST", (0, 1), 4.0, r"VST\) is not transport used .* svcs|MAKEB\) is not what is sold .* svcs in CHN"),
    ],
)
def test_accounts_that_do_not_hold(
    tmp_path: Path, header: str, cell: tuple[int, ...], factor: float, words: str
) -> None:
    data = base()
    data[header][cell] *= factor
    with pytest.raises(dt.InputError, match=words):
        dt.from_gtap(*files(tmp_path, data))


def test_identities_of_headers_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    data = base()
    for header in ("MAKS", "EVFP", "VTWR", "VFOB", "VST"):
        del data[header]
    data["MAKB"][2] = 0.0
    data["MAKB"][2, 2] = (
        data["VDFB"].sum(axis=1) + data["VDPB"] + data["VDGB"] + data["VDIB"] + data["VXSB"].sum(axis=2)
    )[2]
    economy = dt.from_gtap(*files(tmp_path, data))
    assert "taxes on use" in economy.note and "taxes on output" not in economy.note


def test_files_that_are_none(tmp_path: Path) -> None:
    basedata, sets, parameters = files(tmp_path, base())
    with pytest.raises(dt.FileError, match="no such file"):
        dt.from_gtap(tmp_path / "none.har", sets)
    (tmp_path / "text.har").write_text("not a HAR file, only text that goes on for a while")
    with pytest.raises(dt.InputError, match="HAR file"):
        dt.from_gtap(tmp_path / "text.har", sets)
    data = base()
    old = write(tmp_path / "old.har", {"VXMD": data["VXSB"], "VIWS": data["VCIF"]})
    with pytest.raises(dt.InputError, match="GTAP 6"):
        dt.from_gtap(old, sets)
    with pytest.raises(dt.InputError, match="no set REG"):
        dt.from_gtap(basedata, parameters)
    with pytest.raises(dt.InputError, match="no header ESBM"):
        dt.from_gtap(basedata, sets, basedata)
