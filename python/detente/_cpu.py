"""Which of a wheel's two modules: the one for x86-64-v3 (AVX2, FMA) where this machine has it, else the one for any."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

_V3 = {"avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"}


def has_v3() -> bool:
    """Whether this machine's processors have what x86-64-v3 asks for."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return False
    flags = next((set(line.partition(":")[2].split()) for line in lines if line.startswith("flags")), set())
    return flags >= _V3


def choose(package: str) -> None:
    """Lets ``package._core`` be the faster module, where a wheel has it and the machine can run it."""
    if importlib.util.find_spec(f"{package}._core_v3") is None or not has_v3():
        return
    chosen = importlib.import_module(f"{package}._core_v3")
    sys.modules[f"{package}._core"] = chosen
    sys.modules[package]._core = chosen
