"""What every result has: it prints itself, goes into tables and files, and says what it rests on."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._checks import columns as columns_of
from ._checks import folder_or_file as file_of
from ._checks import names, number
from .errors import InputError, wrong_input

if TYPE_CHECKING:
    import xarray as xr

    from ._record import Record


class Result:
    """An answer with names that does not change. Copies and pickles hold the same numbers."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("results do not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("results do not change")

    def _set(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    # What a kind of result says of itself.

    @property
    def title(self) -> str:
        """What it is, for a person."""
        return type(self).__name__

    def to_frame(self) -> pd.DataFrame:
        """The main table: a row for each name (region, player, ...), a column for each number."""
        raise NotImplementedError

    @property
    def units(self) -> dict[str, str]:
        """The units of the columns of `to_frame`, as far as they have one."""
        return {}

    @property
    def certificate(self) -> Record:
        """How exactly the equations or conditions hold."""
        from ._record import Record

        return Record({})

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers rest on, in sentences."""
        return ()

    def _citations(self) -> list[str]:
        return []

    def _bands(self) -> pd.DataFrame | None:
        """Bands over draws: index (name, key), columns draws, mean, sd, p05, ... where something was drawn."""
        return None

    # What all of them give.

    def tidy(self) -> pd.DataFrame:
        """One number a row: name, key, value, unit, and the 90 % band where parameters were drawn."""
        wide = self.to_frame()
        index = str(wide.index.name or "name")
        numbers = wide.select_dtypes("number")
        long = numbers.rename_axis(index=index).reset_index().melt(id_vars=index, var_name="key", value_name="value")
        long["unit"] = [self.units.get(key, "") for key in long["key"]]
        bands = self._bands()
        if bands is not None and "p05" in bands:
            known = bands[["p05", "p95"]].rename(columns={"p05": "low", "p95": "high"})
            long = long.join(known, on=[index, "key"])
        return long

    def to_xarray(self) -> xr.Dataset:
        """The main table as a dataset, with units."""
        import xarray as xr

        out = xr.Dataset.from_dataframe(self.to_frame().select_dtypes("number"))
        for name, unit in self.units.items():
            if name in out:
                out[name].attrs["units"] = unit
        out.attrs["title"] = self.title
        return out

    def summary(self) -> str:
        """A few lines for a terminal."""
        return f"{self.title}\n{self.to_frame().to_string(float_format=_number)}\n{self._footer()}".rstrip()

    def _footer(self) -> str:
        residual = self.certificate.get("residual")
        return f"certificate: residual {residual:.1e}" if isinstance(residual, float) else ""

    def to_latex(self, path: str | Path | None = None, *, digits: int = 3, columns: Sequence[str] | None = None) -> str:
        """A table with the rules of booktabs; written to `path` where one is given."""
        wide = self.to_frame()
        if columns is not None:
            wide = columns_of(wide, names(columns, "columns"), "columns")
        text = latex_table(wide, digits)
        if path is not None:
            file_of(path, "path").write_text(text, encoding="utf-8")
        return text

    def to_excel(self, path: str | Path) -> None:
        """A workbook: the main table, one number a row, and what the numbers rest on."""
        notes = [self.title, *self.assumptions]
        try:
            workbook = pd.ExcelWriter(file_of(path, "path"))
        except ImportError:
            raise InputError("workbooks need openpyxl: pip install 'detente[excel]'") from None
        with workbook as book:
            self.to_frame().to_excel(book, sheet_name="results")
            self.tidy().to_excel(book, sheet_name="tidy", index=False)
            pd.DataFrame({"what the numbers rest on": notes}).to_excel(book, sheet_name="notes", index=False)

    def confint(self, level: float = 0.9, key: str | None = None) -> pd.DataFrame:
        """The band that holds `level` of the draws (0.9 or 0.5), a column `low` and `high`: of one key by name, or of
        all by name and key. Where nothing was drawn there is no band, and that is an error."""
        bands = self._bands()
        if bands is None:
            raise wrong_input("no parameter was drawn", key="confint", expected="an answer over draws: draws=500")
        level = number(level, "level")
        quantiles = {0.9: ("p05", "p95"), 0.5: ("p25", "p75")}
        chosen = next((pair for at, pair in quantiles.items() if math.isclose(at, level)), None)
        if chosen is None:
            raise wrong_input("not a band that draws are kept for", key="level", found=level, expected="0.9 or 0.5")
        if chosen[0] not in bands:
            raise wrong_input("a quadrature gives means and spreads alone", key="confint", expected="draws by Sobol")
        out = bands[list(chosen)].set_axis(["low", "high"], axis=1)
        if key is None:
            return out
        known = list(dict.fromkeys(out.index.get_level_values(1)))
        if key not in known:
            from ._labels import nearest

            raise wrong_input(
                "unknown key", key="key", found=key, expected=", ".join(known), nearest=nearest(key, known)
            )
        return out.loc[out.index.get_level_values(1) == key].droplevel(1)

    def cite(self) -> str:
        """BibTeX of the model, the data and the program."""
        from . import cite

        return "\n\n".join([*self._citations(), cite.program()])

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        table = self.to_frame().to_html(float_format=_number, border=0)
        footer = html.escape(self._footer())
        return f"<p><b>{html.escape(self.title)}</b></p>{table}" + (f"<p><small>{footer}</small></p>" if footer else "")


def _number(value: float) -> str:
    return f"{value:,.4f}" if abs(value) < 1e4 else f"{value:,.0f}"


_LATEX = str.maketrans({"_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$"})


def latex_table(wide: pd.DataFrame, digits: int) -> str:
    """A data frame as a LaTeX table."""

    def cell(value: Any) -> str:
        if isinstance(value, float):
            return "" if math.isnan(value) else f"{value:.{digits}f}"
        return str(value).translate(_LATEX)

    head = [str(wide.index.name or ""), *map(str, wide.columns)]
    rows = [[str(name), *(cell(value) for value in row)] for name, row in zip(wide.index, wide.to_numpy())]
    lines = [" & ".join(cell(name) for name in head) + r" \\"]
    body = [" & ".join([cell(row[0]), *row[1:]]) + r" \\" for row in rows]
    return "\n".join(
        [r"\begin{tabular}{l" + "r" * (len(head) - 1) + "}", r"\toprule", *lines, r"\midrule", *body, r"\bottomrule"]
        + [r"\end{tabular}", ""]
    )


def bands_of(regions: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> pd.DataFrame:
    """Bands of results.json (name, key, numbers) as a frame by name and key."""
    rows = {
        (name, key): {k: v for k, v in band.items() if k != "error"}
        for name, keys in regions.items()
        for key, band in keys.items()
    }
    out = pd.DataFrame.from_dict(rows, orient="index")
    out.index = pd.MultiIndex.from_tuples(list(rows), names=["name", "key"])
    return out
