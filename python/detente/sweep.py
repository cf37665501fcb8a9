"""Many points at once: on threads here, or on any Dask cluster, written down as they come."""

from __future__ import annotations

import copy
import hashlib
import itertools
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import pandas as pd

from . import _core as lib
from ._checks import count as of_points
from ._checks import number, of_kind, wrong_type
from ._checks import path as path_of
from .answers import Answer
from .equilibrium import Equilibrium
from .errors import FileError, wrong_input
from .reading import AnyStudy, read_study
from .result import Result
from .study import Results, run, telling
from .world import Progress

if TYPE_CHECKING:
    import xarray as xr

Points = Union[Mapping[str, Sequence[Any]], pd.DataFrame, Sequence[Mapping[str, Any]]]

_LAYOUT = 1


def grid(**axes: Sequence[Any]) -> pd.DataFrame:
    """Every combination of the values, a row each, the last name varying fastest."""
    rows = list(itertools.product(*axes.values()))
    return pd.DataFrame(rows, columns=list(axes))


def draws(count: int, *, seed: int = 1, **inputs: Any) -> pd.DataFrame:
    """Points of a scrambled Sobol sequence, a row each. An input is a pair of bounds (uniform), or a distribution of
    ``scipy.stats`` (anything with ``ppf``). Row k does not depend on how many rows are asked for."""
    from scipy.stats import qmc

    of_points(count, "count", 1)
    if not inputs:
        raise wrong_input("there are no parameters", key="inputs", expected="bounds or a distribution by name")
    whole = 1 << (count - 1).bit_length()
    unit = qmc.Sobol(len(inputs), seed=seed, bits=30).random(whole)[:count]
    columns = {}
    for k, (name, given) in enumerate(inputs.items()):
        if hasattr(given, "ppf"):
            columns[name] = given.ppf(unit[:, k])
        else:
            if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != 2:
                raise wrong_type(name, given, "a pair of bounds, or a distribution with ppf")
            low, high = (number(end, name) for end in given)
            columns[name] = low + (high - low) * unit[:, k]
    return pd.DataFrame(columns)


class Sweep(Result):
    """What came out at every point: a row for each point and name (region, player, ...)."""

    def __init__(self, table: pd.DataFrame, points: pd.DataFrame, failed: pd.DataFrame, index: Sequence[str]) -> None:
        self._set(_table=table, points=points, failures=failed, _index=tuple(index))

    points: pd.DataFrame  #: the parameters, a point a row
    failures: pd.DataFrame  #: points without an answer: parameters and reason
    _table: pd.DataFrame
    _index: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Sweep of {len(self.points)} points over {', '.join(map(str, self.points.columns))}"

    def to_frame(self) -> pd.DataFrame:
        """Point, parameters, names, numbers, status and reason: a failed point is one row."""
        return self._table

    @property
    def keys(self) -> tuple[str, ...]:
        """Numbers that points have."""
        known = {"point", *self.points.columns, *self._index, "status", "reason"}
        return tuple(str(name) for name in self._table.columns if name not in known)

    def tidy(self) -> pd.DataFrame:
        names = ["point", *map(str, self.points.columns), *self._index]
        answered = self._table[self._table["status"] == "answered"]
        return answered.melt(id_vars=names, value_vars=list(self.keys), var_name="key", value_name="value")

    def to_xarray(self) -> xr.Dataset:
        """Numbers by point and name; parameters are coordinates of the points."""
        import xarray as xr

        answered = self._table[self._table["status"] == "answered"]
        indexed = answered.set_index(["point", *self._index])[list(self.keys)]
        out = xr.Dataset.from_dataframe(indexed).reindex(point=self.points.index)
        return out.assign_coords({str(name): ("point", values) for name, values in self.points.items()})

    def confint(self, level: float = 0.9, key: str | None = None) -> pd.DataFrame:
        """Quantiles over points that hold `level` of them, by name and key."""
        if not 0.0 < level < 1.0:
            raise wrong_input("out of range", key="level", found=level, expected="above 0 and below 1")
        tidy = self.tidy()
        if key is not None:
            tidy = tidy[tidy["key"] == key]
        groups = tidy.groupby([*self._index, "key"], sort=False)["value"]
        ends = {"low": groups.quantile((1 - level) / 2), "high": groups.quantile((1 + level) / 2)}
        out = pd.DataFrame(ends)
        return out.droplevel("key") if key is not None and self._index else out

    def summary(self) -> str:
        tidy = self.tidy()
        groups = tidy.groupby([*self._index, "key"], sort=False)["value"]
        table = groups.describe(percentiles=[0.05, 0.5, 0.95]).drop(columns="count")
        shown = table.head(40)
        lines = [self.title, shown.to_string(float_format="{:,.4f}".format)]
        if len(table) > len(shown):
            lines.append(f"... and {len(table) - len(shown)} more: tidy(), confint()")
        if len(self.failures):
            lines.append(f"{len(self.failures)} points failed; the first: {self.failures['reason'].iloc[0]}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{self.summary()}</pre>"


def sweep(
    what: Callable[..., Any] | AnyStudy,
    over: Points,
    *,
    client: Any = None,
    to: str | Path | None = None,
    format: str = "parquet",
    chunk: int | None = None,
    threads: int = 0,
    progress: Progress = None,
) -> Sweep:
    """Answers a function or a study at every point.

    `what`: a function of the parameters that gives an equilibrium, an answer, a frame, a mapping or a number; or a
    study, whose parameters are keys by their path (``"scenario.war.tariff.0.add"``: blocks by name, lists by place).
    `over`: values by parameter (all combinations), or a frame with a point a row (`dt.draws`). `client`: a Dask client
    (LocalCluster, SSH, Kubernetes, dask-jobqueue) or another executor with ``submit``; None: `threads` here. `to`: a
    folder that results are written to as they come; a sweep that was ended goes on there with what is missing.
    `format`: "parquet" or "zarr". A point that fails is a row with its reason. Results do not depend on who computed
    them.
    """
    points = _points(over)
    function = what if callable(what) else _StudyAt(what)
    if client is not None and not hasattr(client, "submit"):
        raise wrong_type("client", client, "a Dask client, or another executor with submit")
    if format not in ("parquet", "zarr"):
        raise wrong_input("unknown format", key="format", found=format, expected="parquet or zarr")
    size = max(1, min(64, -(-len(points) // 64))) if chunk is None else of_points(chunk, "chunk", 1)
    chunks = [(k, points.iloc[begin : begin + size]) for k, begin in enumerate(range(0, len(points), size))]
    store = _Memory() if to is None else _Folder(Path(to), format, points, size, _fingerprint(function))
    missing = [(k, part) for k, part in chunks if not store.has(k)]
    with telling(progress) as heard:
        for done, (k, rows) in enumerate(_answers(function, missing, client, threads), len(chunks) - len(missing) + 1):
            store.put(k, rows)
            if heard is not None:
                heard("chunks", done, len(chunks))
    return _collected([store.get(k) for k, _ in chunks], points)


def _points(over: Points) -> pd.DataFrame:
    if isinstance(over, pd.DataFrame):
        table = over.reset_index(drop=True)
    elif isinstance(over, Mapping):
        table = grid(**{str(name): _values(values, str(name)) for name, values in over.items()})
    else:
        table = pd.DataFrame(
            [dict(of_kind(row, Mapping, "over", "values by parameter")) for row in _values(over, "over")]
        )
    if table.empty:
        raise wrong_input("there are no points", key="over", expected="values by parameter, or a frame")
    return table.rename_axis(index="point")


def _values(given: object, key: str) -> list[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise wrong_type(key, given, "a list of values")
    return list(given)


Rows = list[dict[str, Any]]


def _answers(
    function: Callable[..., Any], chunks: list[tuple[int, pd.DataFrame]], client: Any, threads: int
) -> Iterator[tuple[int, Rows]]:
    """Chunks with their rows, in the order in which they are done."""
    parts = [(k, part.index.tolist(), part.to_dict("records")) for k, part in chunks]
    if client is not None and hasattr(client, "scheduler_info"):
        from distributed import as_completed

        # The function is a result like any other: a worker that has lost it makes it again.
        shared = client.submit(pickle.loads, _pickled(function), pure=False)
        futures: dict[str, int] = {}
        pending = []
        try:
            for k, ids, rows in parts:
                future = client.submit(_chunk, shared, ids, rows, pure=False, retries=2)
                futures[future.key] = k
                pending.append(future)
            for future, rows in as_completed(pending, with_results=True):
                yield futures[future.key], rows
        finally:
            client.cancel([future for future in pending if not future.done()])
        return
    from concurrent.futures import as_completed as completed

    # Ctrl-C reaches this thread alone: it asks the others to stop, and they do so within a moment.
    stop = _Stop()
    own = ThreadPoolExecutor(of_points(threads, "threads") or os.cpu_count() or 1, initializer=stop.heed)
    with own if client is None else nullcontext():
        pool = own if client is None else client
        more = (stop,) if client is None else ()
        submitted = {pool.submit(_chunk, function, ids, rows, *more): k for k, ids, rows in parts}
        try:
            for done in completed(submitted):
                yield submitted[done], done.result()
        finally:
            stop.request()
            for future in submitted:
                future.cancel()


def _pickled(function: Callable[..., Any]) -> bytes:
    import cloudpickle

    return cloudpickle.dumps(function)  # type: ignore[no-any-return]


class _Stop:
    """A request to stop: points not yet begun are left out, and calls of the library in these threads end."""

    def __init__(self) -> None:
        self.requested = False
        self._calls = lib.Stop()

    def heed(self) -> None:
        """From here on calls in this thread end when it is requested."""
        self._calls.heed()

    def request(self) -> None:
        """Asks."""
        self.requested = True
        self._calls.request()


def _chunk(function: Callable[..., Any], ids: list[int], rows: Rows, stop: _Stop | None = None) -> Rows:
    """Rows of some points: numbers by name, or why there are none."""
    out: Rows = []
    for point, parameters in zip(ids, rows):
        if stop is not None and stop.requested:
            return out
        try:
            table = _table(function(**parameters))
        except Exception as error:  # whatever it is, it is the point's
            out.append({"point": point, "status": "failed", "reason": f"{type(error).__name__}: {error}"})
            continue
        index = [str(name) for name in table.index.names if name is not None]
        flat = table.reset_index() if index else table
        for row in flat.to_dict("records"):
            out.append({"point": point, "index": index, "status": "answered", **{str(k): v for k, v in row.items()}})
    return out


def _table(answer: Any) -> pd.DataFrame:
    if isinstance(answer, Results):
        answer.raise_failures()
    if isinstance(answer, (Equilibrium, Answer, Results)):
        return answer.to_frame().select_dtypes("number")
    if isinstance(answer, pd.DataFrame):
        return answer
    if isinstance(answer, pd.Series):
        return answer.to_frame(answer.name if answer.name is not None else "value")
    if isinstance(answer, Mapping):
        return pd.DataFrame([dict(answer)])
    return pd.DataFrame([{"value": float(answer)}])


class _StudyAt:
    """A study as a function of some of its keys."""

    def __init__(self, study: AnyStudy) -> None:
        self.folder = ""
        if isinstance(study, Mapping):
            self.document = copy.deepcopy(dict(study))
            return
        text = path_of(study, "what")
        if "\n" not in text and "=" not in text:
            self.folder = str(Path(text).resolve().parent)
            text = Path(text).read_text(encoding="utf-8")
        try:
            import tomllib
        except ImportError:  # Python 3.10
            import tomli as tomllib  # type: ignore[no-redef]
        self.document = tomllib.loads(text)

    def __call__(self, **parameters: Any) -> Results:
        document = copy.deepcopy(self.document)
        for path, value in parameters.items():
            _put(document, path, value.item() if isinstance(value, np.generic) else value)
        return run(read_study(document, folder=self.folder), threads=1)


def _put(document: Any, path: str, value: Any) -> None:
    *way, last = path.split(".")
    here = document
    for step in way:
        here = _step(here, step, path)
    if isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value


def _step(here: Any, step: str, path: str) -> Any:
    if isinstance(here, list):
        for block in here:
            if isinstance(block, dict) and block.get("name") == step:
                return block
        if step.isdigit() and int(step) < len(here):
            return here[int(step)]
        known = [str(block.get("name", k)) if isinstance(block, dict) else str(k) for k, block in enumerate(here)]
        raise wrong_input(f'no "{step}" in the study', key=path, found=step, expected=", ".join(known))
    if step not in here:
        raise wrong_input(f'no "{step}" in the study', key=path, found=step, expected=", ".join(here))
    return here[step]


def _fingerprint(function: Callable[..., Any]) -> str:
    """What tells one function from another, as far as its name and code do."""
    if isinstance(function, _StudyAt):
        return hashlib.sha256(json.dumps(function.document, sort_keys=True, default=str).encode()).hexdigest()
    code = getattr(function, "__code__", None)
    name = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__name__)}"
    content = (
        b"" if code is None else code.co_code + repr([c for c in code.co_consts if not hasattr(c, "co_code")]).encode()
    )
    return hashlib.sha256(name.encode() + content).hexdigest()


class _Memory:
    def __init__(self) -> None:
        self._chunks: dict[int, Rows] = {}

    def has(self, k: int) -> bool:
        return k in self._chunks

    def put(self, k: int, rows: Rows) -> None:
        self._chunks[k] = rows

    def get(self, k: int) -> Rows:
        return self._chunks[k]


class _Folder:
    """A folder of one sweep: sweep.json says which; a chunk is there once its file has its name."""

    def __init__(self, folder: Path, format: str, points: pd.DataFrame, size: int, function: str) -> None:
        self.folder, self.format = folder, format
        self.size, self.points = size, points
        about = {
            "layout": _LAYOUT,
            "program": f"detente {lib.version}",
            "format": format,
            "points": len(points),
            "chunk": size,
            "parameters": [str(name) for name in points.columns],
            "points_sha256": hashlib.sha256(points.to_csv(float_format="%.17g").encode()).hexdigest(),
            "function": function,
        }
        try:
            (folder / "chunks").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder}: {error.strerror}", str(folder)) from None
        note = folder / "sweep.json"
        if note.exists():
            found = json.loads(note.read_text(encoding="utf-8"))
            other = [key for key, value in about.items() if found.get(key) != value]
            if other:
                raise wrong_input(
                    "the folder holds another sweep",
                    key=str(folder),
                    found=f"other {', '.join(other)}",
                    expected="the same",
                )
        else:
            _write(note, json.dumps(about, indent=1).encode())

    def _path(self, k: int) -> Path:
        return self.folder / "chunks" / f"{k:06d}.{'parquet' if self.format == 'parquet' else 'json'}"

    def has(self, k: int) -> bool:
        return self._path(k).exists()

    def put(self, k: int, rows: Rows) -> None:
        if self.format == "parquet":
            import io

            content = io.BytesIO()
            pd.DataFrame([{**row, "index": json.dumps(row.get("index", []))} for row in rows]).to_parquet(content)
            _write(self._path(k), content.getvalue())
            return
        self._put_zarr(k, rows)
        # The numbers lie in the Zarr store; the mark holds names and reasons, and says that the chunk is whole.
        marks = [{key: value for key, value in row.items() if not isinstance(value, float)} for row in rows]
        _write(self._path(k), json.dumps({"keys": _numbers(rows), "rows": marks}, default=_json).encode())

    def get(self, k: int) -> Rows:
        if self.format == "parquet":
            rows = pd.read_parquet(self._path(k)).to_dict("records")
            for row in rows:
                row["index"] = json.loads(row["index"])
            return [{str(key): value for key, value in row.items()} for row in rows]
        marks = json.loads(self._path(k).read_text(encoding="utf-8"))
        return self._get_zarr(k, marks["keys"], marks["rows"])

    @property
    def _zarr(self) -> Path:
        return self.folder / "chunks" / "values.zarr"

    # A group a chunk, an array a number: (row) in the order of the marks.
    def _put_zarr(self, k: int, rows: Rows) -> None:
        import zarr

        root = zarr.open_group(str(self._zarr), mode="a")
        group = root.create_group(f"{k:06d}", overwrite=True)
        for key in _numbers(rows):
            values = np.array([row.get(key, np.nan) for row in rows], dtype=float)
            array = group.create_array(key, shape=values.shape, dtype="float64")
            array[:] = values
        points = group.create_array("point", shape=(len(rows),), dtype="int64")
        points[:] = np.array([row["point"] for row in rows])

    def _get_zarr(self, k: int, keys: list[str], marks: Rows) -> Rows:
        import zarr

        group: Any = zarr.open_group(str(self._zarr), mode="r")[f"{k:06d}"]
        for key in keys:
            for row, value in zip(marks, np.asarray(group[key][:])):
                if row["status"] == "answered":
                    row[key] = float(value)
        return marks


def _numbers(rows: Rows) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key, value in row.items() if isinstance(value, float)))


def _json(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else str(value)


def _write(path: Path, content: bytes) -> None:
    """A file appears whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with open(beside, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, path)


def _collected(chunks: Iterable[Rows], points: pd.DataFrame) -> Sweep:
    rows = sorted((row for chunk in chunks for row in chunk), key=lambda row: row["point"])
    index = next((row["index"] for row in rows if row["status"] == "answered"), [])
    taken = set(points.columns) & {
        key for row in rows for key in row if key not in ("point", "index", "status", "reason")
    }
    if taken:
        raise wrong_input("a parameter has the name of a result", key="over", found=", ".join(map(str, sorted(taken))))
    found = pd.DataFrame([{key: value for key, value in row.items() if key != "index"} for row in rows])
    if "reason" not in found:
        found["reason"] = ""
    found["reason"] = found["reason"].fillna("").astype(str)
    table = found.merge(points.reset_index(), on="point", how="left", sort=False)
    numbers = [name for name in found.columns if name not in ("point", "status", "reason", *index)]
    table = table[["point", *points.columns, *index, *numbers, "status", "reason"]]
    failed = table[table["status"] == "failed"][["point", *points.columns, "reason"]].set_index("point")
    return Sweep(table, points, failed, index)


def clear(folder: str | Path) -> None:
    """Removes a sweep's folder, to begin anew. A folder that holds no sweep is left alone."""
    if not (Path(folder) / "sweep.json").exists():
        raise wrong_input("no sweep is there", key="folder", found=str(folder), expected="a folder of dt.sweep")
    shutil.rmtree(folder)
