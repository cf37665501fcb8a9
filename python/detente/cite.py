"""BibTeX of what a result rests on: the model, the data, the program."""

from __future__ import annotations

import re

from . import _core as lib

_MODELS = {
    "ricardian": """@article{CaliendoParro2015,
  author  = {Caliendo, Lorenzo and Parro, Fernando},
  title   = {Estimates of the Trade and Welfare Effects of {NAFTA}},
  journal = {Review of Economic Studies},
  volume  = {82},
  number  = {1},
  pages   = {1--44},
  year    = {2015},
  doi     = {10.1093/restud/rdu035}
}""",
    "krugman": """@article{Ossa2014,
  author  = {Ossa, Ralph},
  title   = {Trade Wars and Trade Talks with Data},
  journal = {American Economic Review},
  volume  = {104},
  number  = {12},
  pages   = {4104--4146},
  year    = {2014},
  doi     = {10.1257/aer.104.12.4104}
}""",
    "melitz": """@article{Ignatenko2025,
  author  = {Ignatenko, Anna and Lashkaripour, Ahmad and Macedoni, Luca and Simonovska, Ina},
  title   = {Making {America} Great Again? The Economic Impacts of Liberation Day Tariffs},
  journal = {Journal of International Economics},
  year    = {2025}
}""",
}


def model(name: str) -> str:
    """The paper of a model; nothing where the model is not of this list."""
    return _MODELS.get(name, "")


def program() -> str:
    """Détente itself, in the version in use."""
    return f"""@software{{Detente,
  author  = {{{{The Détente maintainers}}}},
  title   = {{Détente: what partnership and rivalry cost, with numbers}},
  version = {{{lib.version}}},
  license = {{Apache-2.0}}
}}"""


def data(title: str, source: str, year: int) -> str:
    """The source of an economy as its file has it."""
    key = re.sub(r"[^A-Za-z0-9]", "", title.split(":")[0].title())[:24] or "Economy"
    fields = {"title": title, "note": source, "year": str(year) if year else ""}
    lines = ",\n".join(f"  {name:<5} = {{{text}}}" for name, text in fields.items() if text)
    return f"@misc{{{key}{year or ''},\n{lines}\n}}"
