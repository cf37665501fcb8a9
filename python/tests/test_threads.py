"""Several threads, Ctrl-C, and memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import detente as dt
import pytest


def test_threads_give_what_one_gives(world: dt.World) -> None:
    policies = [dt.Policy(world).tariff(importer="USA", exporter="CHN", add=0.01 * k) for k in range(60)]
    alone = [dt.solve(world, policy).to_frame() for policy in policies]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda policy: dt.solve(world, policy).to_frame(), policies))
    assert all(a.equals(b) for a, b in zip(alone, together))


def test_python_goes_on_while_the_library_works(world: dt.World) -> None:
    counted, stop = [0], threading.Event()

    def count() -> None:
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    begin = time.monotonic()
    dt.nash(world, ["USA", "CHN", "EU", "JPN"])
    spent = time.monotonic() - begin
    stop.set()
    counter.join()
    assert counted[0] > 100 * spent  # a lock held throughout would leave it a handful


LONG = """
import detente as dt
study = {"title": "long", "economy": {"name": "us-china-2017"}, "uncertainty": {"draws": 200000, "elasticities": True},
         "scenario": [{"name": "s", "tariff": [{"importer": "USA", "exporter": "CHN", "add": 0.1}]}]}
print("begun", flush=True)
try:
    dt.run(study)
except KeyboardInterrupt:
    print("interrupted", flush=True)
print(dt.solve(dt.load("us-china-2017")).welfare.abs().max() == 0.0, flush=True)
"""


def test_ctrl_c_ends_a_long_call_within_a_second() -> None:
    with subprocess.Popen([sys.executable, "-c", LONG], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(1.0)
        begin = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "interrupted\n"
        assert time.monotonic() - begin < 1.0
        assert child.stdout.readline() == "True\n"


SWEEP = """
import detente as dt
study = {"title": "long", "economy": {"name": "us-china-2017"}, "uncertainty": {"draws": 200000, "elasticities": True},
         "scenario": [{"name": "s", "tariff": [{"importer": "USA", "exporter": "CHN", "add": 0.1}]}]}
print("begun", flush=True)
try:
    dt.sweep(study, {"uncertainty.seed": [1, 2, 3, 4]}, threads=2)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_ends_a_sweep_within_a_second() -> None:
    with subprocess.Popen([sys.executable, "-c", SWEEP], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(2.0)
        assert child.poll() is None
        begin = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "interrupted\n"
        assert time.monotonic() - begin < 1.0


def test_an_exception_of_a_progress_callback_stops_the_work() -> None:
    study = {"title": "t", "economy": {"name": "us-china-2017"}, "uncertainty": {"draws": 100000, "elasticities": True}}
    study["scenario"] = [{"name": "s", "tariff": [{"importer": "USA", "exporter": "CHN", "add": 0.1}]}]  # type: ignore[assignment]

    def refuse(what: str, done: int, total: int) -> None:
        raise LookupError(what)

    begin = time.monotonic()
    with pytest.raises(LookupError):
        dt.run(study, progress=refuse)
    assert time.monotonic() - begin < 5.0


def resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_memory_does_not_grow_with_solves(world: dt.World) -> None:
    def solves(count: int) -> None:
        for k in range(count):
            policy = dt.Policy(world).tariff(importer="USA", exporter="CHN", add=0.0001 * (k % 100))
            eq = dt.solve(world, policy)
            eq.welfare.sum(), eq.trade.sum()

    solves(300)
    before = resident()
    solves(1000)
    assert resident() - before < 4 * 2**20
