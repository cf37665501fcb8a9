#!/usr/bin/env python3
"""What Python costs on top of the library: 10,000 counterfactuals of us-china-2017, here and in C++.

Usage: PYTHONPATH=build/release/python bench/python_loop.py build/release/library_loop

Prints seconds of both loops (each builds its policy, solves, and reads one region's welfare by name; the fastest of
five), their ratio, and what one `dt.solve` of a policy that is there costs on top of the library's own time. Fails
where the loop takes more than 1.3 of C++'s, or `dt.solve` more than 0.1 ms on top.
"""

import subprocess
import sys
import time

import detente as dt
from detente import _core

COUNT = 10_000


def loop(world: dt.World) -> tuple[float, float]:
    best, total = float("inf"), 0.0
    for _ in range(5):
        begin = time.perf_counter()
        for k in range(COUNT):
            policy = dt.Policy().tariff(importer="USA", exporter="CHN", sector="goods", add=0.25 + 1e-6 * k)
            total += dt.solve(world, policy).welfare["USA"]
        best = min(best, time.perf_counter() - begin)
    return best, total


def on_top(world: dt.World) -> float:
    """Seconds of `dt.solve` and its welfare by name less those of the library's call alone."""
    policy = dt.Policy(world).tariff(importer="USA", exporter="CHN", sector="goods", add=0.25)
    core, base = policy.core, world._core
    times = {"python": [], "core": []}
    for _ in range(7):
        begin = time.perf_counter()
        for _ in range(1000):
            dt.solve(world, policy)
        times["python"].append((time.perf_counter() - begin) / 1000)
        begin = time.perf_counter()
        for _ in range(1000):
            _core.solve(base, core)
        times["core"].append((time.perf_counter() - begin) / 1000)
    return min(times["python"]) - min(times["core"])


def main() -> int:
    printed = subprocess.run(sys.argv[1], capture_output=True, text=True, check=True).stdout
    there, sum_there = map(float, printed.split())
    world = dt.load("us-china-2017").world()
    here, sum_here = loop(world)
    assert abs(sum_here - sum_there) < 1e-6, (sum_here, sum_there)
    top = on_top(world)
    print(f"C++ {there:.3f} s, Python {here:.3f} s, ratio {here / there:.3f}; dt.solve on top: {1e3 * top:.4f} ms")
    return 0 if here / there <= 1.3 and top < 1e-4 else 1


if __name__ == "__main__":
    sys.exit(main())
