"""Studies: an economy, scenarios and questions in one text, answered at once as the command does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import _core as lib
from ._checks import count, known, names, text, wrong_type
from ._checks import path as path_of
from ._record import Record
from .answers import KINDS, Answer, CommonGround, OptimalTariffs, Relation, Shape, Talks, TradeWar
from .answers import Path as YearsPath
from .economy import Economy
from .equilibrium import Equilibrium
from .errors import SolveError, wrong_input
from .policy import Policy
from .reading import AnyStudy, Study, read_study
from .result import Result, bands_of
from .world import Progress, World

if TYPE_CHECKING:
    import xarray as xr


@contextmanager
def telling(progress: Progress) -> Iterator[Callable[[str, int, int], None] | None]:
    """Who hears of progress: nobody, a function of (what, done, total), or with True a bar on the terminal."""
    if not progress:
        yield None
        return
    if callable(progress):
        yield progress
        return
    if progress is not True:
        raise wrong_type("progress", progress, "True, False, None or a function of (what, done, total)")
    from tqdm.auto import tqdm

    bar: Any = tqdm(leave=False)

    def show(what: str, done: int, total: int) -> None:
        if bar.desc != what or bar.total != total:
            bar.reset(total=total)
            bar.set_description_str(what)
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        bar.close()


def run(
    study: AnyStudy | Study,
    *,
    only: Sequence[str] = (),
    threads: int = 0,
    progress: Progress = None,
    **reading: Any,
) -> Results:
    """Answers a study: a path, a text, a dictionary, or one that was read; further arguments are those of `read_study`.

    `only`: names of scenarios and questions, with what they refer to. `threads`: 0 for as many as the machine has; the
    answers do not depend on it. What fails is named in `Results.failures` and does not stop the rest.
    """
    if isinstance(study, Study) and reading:
        raise wrong_input("this study is read already", key=next(iter(reading)), expected="arguments of read_study")
    read = study if isinstance(study, Study) else read_study(study, **reading)
    with telling(progress) as heard:
        return Results(lib.run_study(read._core, names(only, "only"), count(threads, "threads"), heard), read.name)


class Results(Result):
    """The answers to a study."""

    def __init__(self, core: lib.Results, name: str) -> None:
        self._set(_core=core, name=name, _kept={})

    name: str
    _core: lib.Results | None
    _kept: dict[str, Any]

    def _keep(self, key: str, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @property
    def _handle(self) -> lib.Results:
        if self._core is None:
            raise RuntimeError("a pickle of results lacks something: this is an error of the program")
        return self._core

    # A pickle holds everything that can be asked for, and no run.
    def __getstate__(self) -> dict[str, Any]:
        if self._core is not None:
            for make in (self.json_text, self.times_text, self.text, self.netcdf, self.tables, self.report):
                make()
            self.complete, self.failures, self.world, self.outcomes, self.base  # noqa: B018
        return {**self.__dict__, "_core": None}

    def json_text(self) -> str:
        """The bytes of results.json."""
        return str(self._keep("json_text", lambda: self._handle.json()))

    def times_text(self) -> str:
        """The bytes of times.json: the seconds that everything took."""
        return str(self._keep("times_text", lambda: self._handle.times()))

    @property
    def json(self) -> Record:
        """Everything, with the keys of results.json (docs: results)."""
        return self._keep("json", lambda: Record(json.loads(self.json_text())))

    def text(self) -> str:
        """The tables that the command prints."""
        return str(self._keep("text", lambda: self._handle.text()))

    def netcdf(self) -> bytes:
        """The bytes of results.nc."""
        return bytes(self._keep("netcdf", lambda: self._handle.netcdf()))

    def report(self) -> str:
        """The report: one page of HTML that needs nothing else."""
        return str(self._keep("report", lambda: self._handle.report()))

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tidy tables by name: regions, sectors, trade, claims, ..."""
        found = self._keep("tables", lambda: self._handle.tables())
        return {name: pd.read_csv(io.StringIO(text)) for name, text in found.items()}

    def save(self, folder: str | Path) -> None:
        """Writes results.json, times.json, results.nc, tables and report.html: all of them or none."""
        where = path_of(folder, "folder")
        if self._core is not None:
            self._core.save(where)
            return
        files = {"json": self.json_text(), "times": self.times_text(), "netcdf": self.netcdf()}
        lib.save_files(files | {"tables": self._kept["tables"], "report": self.report()}, where)

    @property
    def complete(self) -> bool:
        """Every scenario and question asked for was answered."""
        return bool(self._keep("complete", lambda: self._handle.complete))

    @property
    def failures(self) -> dict[str, str]:
        """What failed, by name, with the reason."""
        return dict(self._keep("failures", lambda: self._handle.failures()))

    def raise_failures(self) -> None:
        """Raises the first of them, if any."""
        for name, reason in self.failures.items():
            raise SolveError(f"{name}: {reason}")

    @property
    def world(self) -> World:
        """The economy as the study calibrated it."""
        return self._keep("world", lambda: _world_of(self._handle.world, self.json, self.name))

    @property
    def outcomes(self) -> dict[str, Equilibrium]:
        """Equilibria of the scenarios and questions that were answered, by name."""
        return dict(self._keep("outcomes", lambda: {name: self._outcome(name) for name in self._handle.outcomes()}))

    def outcome(self, name: str) -> Equilibrium:
        """The equilibrium of a scenario or question; "base": the base."""
        if name == "base":
            return self.base
        if self._core is not None and name not in self.outcomes:
            return self._outcome(text(name, "name"))  # an error with the nearest name
        return self.outcomes[known([name], list(self.outcomes), "name", "scenario or question")[0]]

    @property
    def base(self) -> Equilibrium:
        """The base as an equilibrium."""
        return self._keep("base", lambda: self._outcome("base"))  # type: ignore[no-any-return]

    def _outcome(self, name: str) -> Equilibrium:
        drawn = self.json.get("uncertainty")
        bands = None
        if drawn is not None and drawn["status"] == "answered":
            found = drawn["outcomes"].get(name)
            bands = None if found is None else bands_of(found["regions"])
        about = None
        if bands is not None and drawn is not None:
            about = Record(
                {key: drawn[key] for key in ("draws", "failed", "seed", "method", "words", "inputs")}
                | {"drivers": drawn["outcomes"][name].get("drivers", ())}
            )
        return Equilibrium(self._handle.outcome(name), self.world, None, name, bands, about)

    def __getitem__(self, name: str) -> Equilibrium | Answer:
        """A question's answer or a scenario's equilibrium by name."""
        answers = self.answers
        return answers[name] if name in answers else self.outcome(name)

    def __contains__(self, name: object) -> bool:
        return name in self.answers or name in self.outcomes

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self.outcomes, *self.answers]))

    @property
    def answers(self) -> dict[str, Answer]:
        """Answers to questions, by name."""
        return dict(self._keep("answers", self._answers))

    def _answers(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        drawn = self.json.get("uncertainty")
        bands = drawn["answers"] if drawn is not None and drawn["status"] == "answered" else {}
        for key, kind in KINDS.values():
            for name, data in self.json.get(key, {}).items():
                figures = bands.get(name)
                context = {"assumptions": self.assumptions}
                found[name] = kind(self.world, name, data, self.outcomes.get(name), figures, context)
        return found

    def _of(self, kind: type[Answer]) -> dict[str, Any]:
        return {name: answer for name, answer in self.answers.items() if isinstance(answer, kind)}

    @property
    def scenarios(self) -> dict[str, Equilibrium]:
        """Equilibria of the scenarios, by name."""
        return {name: self.outcomes[name] for name in self.json["scenario_order"] if name in self.outcomes}

    @property
    def optimal(self) -> dict[str, OptimalTariffs]:
        """Best tariffs of one government, by name."""
        return self._of(OptimalTariffs)

    @property
    def nash(self) -> dict[str, TradeWar]:
        """Trade wars, by name."""
        return self._of(TradeWar)

    @property
    def talks(self) -> dict[str, Talks]:
        """Talks, by name."""
        return self._of(Talks)

    @property
    def common_ground(self) -> dict[str, CommonGround]:
        """Issues to settle, by name."""
        return self._of(CommonGround)

    @property
    def games(self) -> dict[str, Shape]:
        """Shapes of relations, by name."""
        return self._of(Shape)

    @property
    def paths(self) -> dict[str, YearsPath]:
        """Paths over years, by name."""
        return self._of(YearsPath)

    @property
    def relations(self) -> dict[str, Relation]:
        """Relations over time, by name."""
        return self._of(Relation)

    @property
    def relation(self) -> Relation:
        """The relation, where the study has one."""
        found = list(self.relations.values())
        if len(found) != 1:
            raise wrong_input("not one relation", key="relation", found=len(found), expected="results.relations[name]")
        return found[0]

    @property
    def claims(self) -> pd.DataFrame:
        """Claims with their verdicts, a row each."""
        keys = ("text", "verdict", "margin", "holds", "robust", "reason", "overturn")
        rows = [{key: claim.get(key) for key in keys if key in claim} for claim in self.json.get("claims", ())]
        return pd.DataFrame(rows)

    @property
    def variants(self) -> pd.DataFrame:
        """Welfare under other assumptions: variant, outcome, region, percent."""
        rows = [
            {"variant": variant["name"], "outcome": outcome, "region": region, "welfare_percent": value}
            for variant in self.json.get("variants", ())
            for outcome, regions in variant.get("welfare_percent", {}).items()
            for region, value in regions.items()
        ]
        return pd.DataFrame(rows, columns=["variant", "outcome", "region", "welfare_percent"])

    @property
    def title(self) -> str:
        return str(self.json["study"]["title"])

    def to_frame(self) -> pd.DataFrame:
        """Results by outcome and region."""
        frames = {name: outcome.to_frame() for name, outcome in self.outcomes.items()}
        return pd.concat(frames, names=["outcome"]) if frames else pd.DataFrame()

    def tidy(self) -> pd.DataFrame:
        """One number a row: outcome, region, key, value, unit, and bands where parameters were drawn."""
        frames = {name: outcome.tidy() for name, outcome in self.outcomes.items()}
        if not frames:
            return pd.DataFrame(columns=["outcome", "region", "key", "value", "unit"])
        return pd.concat(frames, names=["outcome"]).reset_index(level=0).reset_index(drop=True)

    def to_xarray(self) -> xr.Dataset:
        """results.nc: every array with named dimensions, units and long names."""
        import xarray as xr

        with xr.open_dataset(io.BytesIO(self.netcdf()), engine="scipy", decode_timedelta=False) as opened:
            return opened.load()

    def _bands(self) -> pd.DataFrame | None:
        bands = {name: outcome.bands for name, outcome in self.outcomes.items() if outcome.bands is not None}
        if not bands:
            return None
        out = pd.concat(bands)
        out.index = pd.MultiIndex.from_tuples([((a, b), c) for a, b, c in out.index], names=["name", "key"])
        return out

    def confint(self, level: float = 0.9, key: str | None = None) -> pd.DataFrame:
        out = super().confint(level, key)
        at = [name if key is not None else name[0] for name in out.index]
        tuples = at if key is not None else [(*name, k) for name, k in zip(at, out.index.get_level_values(1))]
        out.index = pd.MultiIndex.from_tuples(tuples, names=["outcome", "region", "key"][: len(tuples[0])])
        return out

    @property
    def certificate(self) -> Record:
        """By outcome."""
        return Record({name: outcome.certificate for name, outcome in self.outcomes.items()})

    @property
    def assumptions(self) -> tuple[str, ...]:
        return tuple(self.json["assumptions"])

    def _citations(self) -> list[str]:
        return self.world._citations()

    def summary(self) -> str:
        return f"{self.title}\n{self.text()}"

    def _footer(self) -> str:
        return "; ".join(f"{name}: {reason}" for name, reason in self.failures.items())

    def _repr_html_(self) -> str:
        import html

        table = pd.DataFrame({name: outcome.welfare for name, outcome in self.outcomes.items()})
        claims = "" if self.claims.empty else self.claims[["verdict", "text"]].to_html(index=False, border=0)
        head = f"<p><b>{html.escape(self.title)}</b><br>real income, percent against the base</p>"
        return head + table.to_html(float_format="{:+.4f}".format, border=0) + claims

    def plot_welfare(self, path: str | None = None, *, outcomes: Sequence[str] | None = None, **options: Any) -> Any:
        """Bars by region and outcome, with bands where parameters were drawn."""
        from . import plot

        chosen = list(outcomes) if outcomes is not None else list(self.outcomes)
        return plot.welfare({name: self.outcome(name) for name in chosen}, path, **options)

    def plot_map(self, path: str | None = None, *, outcome: str, **options: Any) -> Any:
        """A map of the world under one outcome."""
        return self.outcome(outcome).plot_map(path, **options)


def _world_of(core: lib.World, found: Record, name: str) -> World:
    world = World.__new__(World)
    model = found["model"]
    options = {key: value for key, value in model.items() if key not in ("kind", "tolerance")}
    economy = Economy(core.economy, str(found["economy"].get("name", name)))
    world._set(
        economy=economy, model=model["kind"], options=_options(core.model, options), tolerance=model["tolerance"]
    )
    world._set(_core_world=core, _labels=economy._labels)
    return world


def _options(model: str, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {"closure"}
    for row in lib.models():
        if row["name"] == model:
            known |= {option["name"] for option in row["options"]}
    return {key: value for key, value in given.items() if key in known}


def document(world: World, policies: Mapping[str, Policy], blocks: Mapping[str, Any]) -> tuple[dict[str, Any], Economy]:
    """A study of a world and policies as scenarios by name, with further blocks, and the economy that it names."""
    economy, scenarios, groups = world.economy, [], {}
    for k, (name, policy) in enumerate(policies.items()):
        block, rates = policy.scenario(name, f"rates_{k}")
        if rates is not None:
            economy = Economy(economy._core.with_line_column(f"rates_{k}", rates), economy.name)
        groups.update({key: list(members) for key, members in policy.groups.items()})
        scenarios.append(block)
    text: dict[str, Any] = {"title": "A call", "economy": {"name": economy.name}}
    text["model"] = {"kind": world.model, "tolerance": world.tolerance, **world.options}
    if groups:
        text["groups"] = groups
    if scenarios:
        text["scenario"] = scenarios
    return {**text, **blocks}, economy


def run_policies(
    world: World,
    policies: Mapping[str, Policy],
    blocks: Mapping[str, Any],
    *,
    only: Sequence[str] = (),
    threads: int = 0,
    progress: Progress = None,
    **reading: Any,
) -> Results:
    """Answers questions about policies on a world, through a study that is made for them."""
    text, economy = document(world, policies, blocks)
    return run(
        text, name="call", economies={economy.name: economy}, only=only, threads=threads, progress=progress, **reading
    )


def assumptions_of(world: World) -> tuple[str, ...]:
    """What every result on a world rests on."""
    if "_assumptions" not in world.__dict__:
        world._set(_assumptions=run_policies(world, {"nothing": Policy(world)}, {}, threads=1).assumptions)
    return world.__dict__["_assumptions"]


def csv_rows(text: str) -> list[dict[str, str]]:
    """Rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))
