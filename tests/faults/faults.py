#!/usr/bin/env python3
"""Faults: the command is killed at random times, writes to a full disk, to closed outputs and where it may not.

    tests/faults/faults.py --detente build/release/detente --economies economies [--seed 1] [--kills 20] [PART...]

After every fault the results are those of one run: the old ones as they were or the new ones whole; after the next run
nothing else is left. Exit statuses are the documented ones, and a signal ends a command within a second. What this
machine does not allow (mounting a small disk) is skipped with a line that says so.

Every draw follows from the seed, which is printed; when a signal strikes still depends on the machine. Exit status: 0
where everything held, else 1.
"""
import argparse
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# A second, and what a busy machine may add to a process's end.
SECOND, SLACK = 1.0, 1.5
LIMIT = 60  # seconds after which a command hangs

STUDY = """title = "{name}"
[economy]
name = "us-china-2017"
[[scenario]]
name = "{name}"
tariff = [ {{ importer = "USA", exporter = "CHN", sector = "goods", add = {add} }} ]
"""
# Trade wars of everyone against everyone, looked at from many starts: far longer than a signal is waited for.
LONG_STUDY = STUDY + "".join("""
[[nash]]
name = "long-WAR"
players = ["USA", "CHN", "EU", "JPN", "IND", "BRA"]
instruments = {{ exporter = "*", sector = "goods", form = "line" }}
starts = 100
deviations = 100
""".replace("WAR", str(war)) for war in range(10))
MAP = """[regions]
Partners = ["USA", "{other}"]
"""


class Harness:
    def __init__(self, options, folder):
        self.detente = str(options.detente.resolve())
        self.random = random.Random(options.seed)
        self.kills = options.kills
        self.folder = folder
        self.environment = {**os.environ, "DETENTE_ECONOMIES": str(options.economies.resolve())}
        self.failures, self.checks, self.skipped = [], 0, []
        self.what = ""

    # ------------------------------------------------------------------------------------------------- saying

    def expect(self, holds, problem):
        self.checks += 1
        if not holds:
            self.failures.append(f"{self.what}: {problem}")
        return holds

    def skip(self, why):
        self.skipped.append(f"{self.what}: {why}")

    # ------------------------------------------------------------------------------------------------ running

    def start(self, arguments, **more):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": self.environment,
                   "cwd": self.folder, **more}
        return subprocess.Popen([self.detente, *map(str, arguments)], **options)

    def end(self, process):
        """Status (negative: the signal that ended it), what it said, and how long it took to end."""
        began = time.monotonic()
        try:
            _, said = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
            self.expect(False, f"does not end within {LIMIT} s")
        return process.returncode, (said or b"").decode(errors="replace"), time.monotonic() - began

    def run(self, arguments, **more):
        status, said, _ = self.end(self.start(arguments, **more))
        return status, said

    def expect_error(self, status, said, wanted):
        self.expect(status == wanted, f"status {status} in place of {wanted} ({said.strip()[:300]})")
        lines = said.strip().splitlines()
        self.expect(len(lines) >= 1 and all(line.startswith("detente: ") for line in lines),
                    f"no error of one line on standard error but {said[:300]!r}")


# ----------------------------------------------------------------------------------------------- what is written

def content(path):
    """The bytes of a result, without the times that it says."""
    return re.sub(rb'seconds": ?[0-9.e+-]+', b'seconds":0', path.read_bytes())


def snapshot(path):
    """Every file below a path, or of the path itself."""
    if path.is_dir():
        return {str(p.relative_to(path)): content(p) for p in sorted(path.rglob("*")) if p.is_file()}
    return {path.name: content(path)} if path.exists() else {}


class Job:
    """A command that writes one output, in two versions that differ in every file."""

    def __init__(self, harness, name, output, arguments):
        self.harness, self.name = harness, name
        self.place = harness.folder / name
        self.place.mkdir()
        self.output = self.place / output
        self.arguments = arguments  # of a version ("a" or "b") and an output
        self.versions, self.seconds = {}, 0.0
        for version in "ab":
            began = time.monotonic()
            self.write(version)
            self.seconds = time.monotonic() - began
            self.versions[version] = snapshot(self.output)
        harness.expect(self.versions["a"] != self.versions["b"] and self.versions["a"], "two versions are the same")

    def command(self, version, output=None):
        return self.arguments(version, output or self.output)

    def write(self, version, **more):
        status, said = self.harness.run(self.command(version), **more)
        self.harness.expect(status == 0, f"status {status} without a fault ({said.strip()[:300]})")

    def expect_whole(self, versions="ab", output=None):
        """The output is one version as a whole; which one."""
        found = snapshot(output or self.output)
        for version in versions:
            if found == self.versions[version]:
                self.harness.checks += 1
                return version
        names = {v: sorted(n for n in set(found) | set(w) if found.get(n) != w.get(n)) for v, w in self.versions.items()}
        self.harness.expect(False, f"neither the old results nor the new ones: differs from {names}")
        self.clear()
        return None

    def clear(self):
        """What one fault left is not counted again by the next."""
        for path in self.place.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def expect_clean(self):
        left = sorted(p.name for p in self.place.iterdir() if p != self.output)
        if not self.harness.expect(not left, f"left behind: {', '.join(left)}"):
            self.clear()


def jobs(h):
    us = "us-china-2017"
    studies, maps = {}, {}
    for version in "ab":
        studies[version] = h.folder / f"{version}.toml"
        studies[version].write_text(STUDY.format(name=f"version-{version}", add=0.2 if version == "a" else 0.3))
        maps[version] = h.folder / f"map-{version}.toml"
        maps[version].write_text(MAP.format(other="JPN" if version == "a" else "IND"))
    economies = {v: h.folder / f"economy-{v}.nc" for v in "ab"}
    tables = {v: h.folder / f"tables-{v}" for v in "ab"}
    for version in "ab":
        for arguments in (["economy", "aggregate", us, "--map", maps[version], "-o", economies[version]],
                          ["economy", "export", economies[version], "--csv", tables[version]]):
            status, said = h.run(arguments)
            h.expect(status == 0, f"preparing: {said}")
    return [
        Job(h, "run", "results", lambda v, out: ["run", studies[v], "--out", out]),
        Job(h, "aggregate", "E.nc", lambda v, out: ["economy", "aggregate", us, "--map", maps[v], "-o", out]),
        Job(h, "import", "E.nc", lambda v, out: ["economy", "import", "csv", tables[v], "-o", out]),
        Job(h, "export", "tables", lambda v, out: ["economy", "export", economies[v], "--csv", out]),
    ]


# --------------------------------------------------------------------------------------------------------- parts

def part_kill(h, all_jobs):
    """Killed at random times, most often late, where it writes."""
    for job in all_jobs:
        for k in range(h.kills):
            old, new = ("a", "b") if k % 2 == 0 else ("b", "a")
            h.what = f"{job.name}, killed"
            job.write(old)
            share = h.random.uniform(0.0, 1.1) if k % 3 == 0 else h.random.uniform(0.6, 1.1)
            process = job.harness.start(job.command(new))
            time.sleep(share * job.seconds)
            process.kill()
            status, _, _ = h.end(process)
            h.what = f"{job.name}, killed after {share:.3f} of its time"
            found = job.expect_whole()
            h.expect(status != 0 or found == new, "ended well and left the old results")
        h.what = f"{job.name}, after being killed"
        job.write("a")
        job.expect_whole("a")
        job.expect_clean()


def part_signals(h, all_jobs):
    """Ctrl-C and SIGTERM at random times: an end within a second, results whole, nothing left."""
    for job in all_jobs:
        for k in range(max(2, h.kills // 3)):
            old, new = ("a", "b") if k % 2 == 0 else ("b", "a")
            number = signal.SIGINT if k % 2 == 0 else signal.SIGTERM
            job.write(old)
            share = h.random.uniform(0.2, 1.1)
            h.what = f"{job.name}, {number.name} after {share:.3f} of its time"
            process = h.start(job.command(new))
            time.sleep(share * job.seconds)
            process.send_signal(number)
            status, said, seconds = h.end(process)
            h.expect(seconds < SECOND + SLACK, f"took {seconds:.2f} s to end")
            # Before it can catch the signal it ends of it; then it says 128 and the signal, or what it finished.
            h.expect(status in (0, 2, -number, 128 + number), f"status {status} ({said.strip()[:200]})")
            found = snapshot(job.output)
            if found not in job.versions.values():  # what was finished is kept, and marked
                names = set(job.versions["a"]) | set(job.versions["b"])
                if not h.expect(job.name == "run" and set(found) == names, f"half of the results: {sorted(found)}"):
                    continue
                marks = {v: f"version-{v}".encode() for v in "ab"}
                kept = {v for v in "ab" for text in found.values() if marks[v] in text}
                h.expect(kept == {new}, f"results of versions {sorted(kept)}")
                json.loads((job.output / "results.json").read_text())
        h.what = f"{job.name}, after signals"
        job.write("a")
        job.expect_clean()


def part_long(h, all_jobs):
    """A solve of minutes ends within a second of a signal and keeps what was finished."""
    study, place = h.folder / "long.toml", h.folder / "long"
    study.write_text(LONG_STUDY.format(name="version-long", add=0.2))
    place.mkdir()
    for number in (signal.SIGINT, signal.SIGTERM):
        h.what = f"a long run, {number.name}"
        process = h.start(["run", study, "--out", place / "results"])
        time.sleep(1.5)
        if not h.expect(process.poll() is None, f"ended by itself: {process.returncode}"):
            h.end(process)
            continue
        process.send_signal(number)
        status, said, seconds = h.end(process)
        h.expect(seconds < SECOND + SLACK, f"took {seconds:.2f} s to end")
        h.expect(status in (2, 128 + number), f"status {status} ({said.strip()[:200]})")
        if (place / "results").exists():
            kept = json.loads((place / "results" / "results.json").read_text())
            h.expect("version-long" in kept["scenarios"], "the finished scenario is not in the results")
        # Where a step of the solve does not end in time the program ends without it; the next one sweeps.
        if status != 128 + number:
            left = [p.name for p in place.iterdir() if p.name != "results"]
            h.expect(not left, f"left behind: {left}")
    h.what = "after long runs"
    status, said = h.run(["run", h.folder / "a.toml", "--out", place / "results"])
    h.expect(status == 0, f"status {status} ({said.strip()[:200]})")
    left = [p.name for p in place.iterdir() if p.name != "results"]
    h.expect(not left, f"left behind: {left}")


def part_outputs(h, all_jobs):
    """Standard output closed, full, or without a reader: an error of its own; the results are written all the same."""
    def closed():
        os.close(1)

    for job in all_jobs:
        for name in ("a pipe without a reader", "/dev/full", "closed"):
            h.what = f"{job.name}, standard output {name}"
            job.write("a")
            if name == "/dev/full":
                with open("/dev/full", "wb") as full:
                    status, said = h.run(job.command("b"), stdout=full)
            elif name == "closed":
                status, said = h.run(job.command("b"), stdout=None, preexec_fn=closed)
            else:
                reader, writer = os.pipe()
                os.close(reader)
                status, said = h.run(job.command("b"), stdout=writer)
                os.close(writer)
            h.expect_error(status, said, 3)
            job.expect_whole("b")
            job.expect_clean()
    h.what = "standard error full"
    job = all_jobs[0]
    with open("/dev/full", "wb") as full:
        status, _ = h.run(job.command("a"), stderr=full)
    h.expect(status == 0, f"status {status}")
    job.expect_whole("a")
    for arguments in (["economy", "list"], ["economy", "info", "us-china-2017"], ["--help"], ["tournament", "--list"]):
        h.what = f"{' '.join(arguments)}, standard output /dev/full"
        with open("/dev/full", "wb") as full:
            status, said = h.run(arguments, stdout=full)
        h.expect_error(status, said, 3)


def part_places(h, all_jobs):
    """Places that cannot be written: refused, and nothing is touched."""
    for job in all_jobs:
        in_the_way = {"a device": "/dev/null", "a full device": "/dev/full"}
        pipe = h.folder / f"{job.name}-pipe"
        os.mkfifo(pipe)
        in_the_way["a pipe"] = pipe
        file = h.folder / f"{job.name}-file"
        file.write_text("mine\n")
        folder = h.folder / f"{job.name}-folder"
        folder.mkdir()
        (folder / "mine").write_text("mine\n")
        in_the_way["a file" if job.output.suffix == "" else "a folder"] = file if job.output.suffix == "" else folder
        for what, place in in_the_way.items():
            h.what = f"{job.name} into {what}"
            status, said = h.run(job.command("b", place))
            h.expect_error(status, said, 3)
        h.expect(file.read_text() == "mine\n" and (folder / "mine").read_text() == "mine\n", "what was there is gone")
        h.what = f"{job.name} through a link"
        link = h.folder / f"{job.name}-link"
        link.symlink_to(job.output)
        job.write("a")
        status, said = h.run(job.command("b", link))
        h.expect(status == 0, f"status {status} ({said.strip()[:200]})")
        h.expect(link.is_symlink(), "the link was replaced")
        job.expect_whole("b")
        job.expect_clean()


def part_file_limit(h, all_jobs):
    """Files may not grow beyond a limit (ulimit -f), which shows in the middle of a write."""
    for job in all_jobs:
        largest = max(len(c) for c in job.versions["b"].values())
        for share in (0.0, 0.02, 0.3, 0.9):
            size = int(share * largest)
            h.what = f"{job.name}, files of {size} bytes at most"
            job.write("a")

            def limit():
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

            # The signal of the limit ends a program unless it is ignored: either is right, as long as nothing is lost.
            status, said = h.run(job.command("b"), preexec_fn=limit)
            if status != -signal.SIGXFSZ:
                h.expect_error(status, said, 3)
            job.expect_whole("a")
        h.what = f"{job.name}, after files that could not grow"
        job.write("b")
        job.expect_clean()


def mount(place, options):
    place.mkdir()
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True).returncode == 0


def part_full_disk(h, all_jobs):
    """A disk with room for the old results and a part of the new ones."""
    for job in all_jobs:
        need = sum(len(c) for c in job.versions["a"].values())
        for share in (1.1, 1.5, 1.9):
            h.what = f"{job.name} on a disk of {share} times the results"
            disk = h.folder / f"disk-{job.name}-{share}"
            size = int(share * need) + 4096 * (4 + len(job.versions["a"]))
            if not mount(disk, f"size={size}"):
                h.skip("no small disk can be mounted here")
                return
            try:
                out = disk / "out" / job.output.name
                out.parent.mkdir()
                status, said = h.run(job.command("a", out))
                h.expect(status == 0, f"status {status} while there was room ({said.strip()[:300]})")
                (disk / "filler").write_bytes(b"")
                status, said = h.run(job.command("b", out))
                if status != 0:  # 0: it fitted in
                    h.expect_error(status, said, 3)
                job.expect_whole("b" if status == 0 else "a", out)
                left = sorted(p.name for p in out.parent.iterdir() if p != out)
                h.expect(not left, f"left behind: {left}")
            finally:
                subprocess.run(["umount", disk], check=False)


def part_read_only(h, all_jobs):
    """A file system that can only be read."""
    for job in all_jobs:
        h.what = f"{job.name} on a disk that can only be read"
        disk = h.folder / f"read-only-{job.name}"
        if not mount(disk, "size=16m"):
            h.skip("no small disk can be mounted here")
            return
        try:
            out = disk / "out" / job.output.name
            out.parent.mkdir()
            h.run(job.command("a", out))
            if subprocess.run(["mount", "-o", "remount,ro", disk], capture_output=True).returncode != 0:
                h.skip("a disk cannot be made read-only here")
                return
            status, said = h.run(job.command("b", out))
            h.expect_error(status, said, 3)
            job.expect_whole("a", out)
        finally:
            subprocess.run(["umount", disk], check=False)


def part_two_at_once(h, all_jobs):
    """Two commands that write to one place: the results are those of one of them."""
    for job in all_jobs:
        for k in range(max(2, h.kills // 4)):
            h.what = f"{job.name}, two at once, {k}"
            first = h.start(job.command("a"))
            time.sleep(h.random.uniform(0.0, 0.2) * job.seconds)
            second = h.start(job.command("b"))
            statuses = {h.end(first)[0], h.end(second)[0]}
            h.expect(statuses == {0}, f"statuses {statuses}")
            job.expect_whole()
        job.write("a")
        job.expect_clean()


PARTS = {name[len("part_"):]: part for name, part in list(globals().items()) if name.startswith("part_")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--detente", type=pathlib.Path, required=True)
    parser.add_argument("--economies", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20, help="of each command (20)")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all where none is named")
    options = parser.parse_args()
    for name in options.parts:
        if name not in PARTS:
            parser.error(f"unknown part {name}")
    own_mounts = "DETENTE_FAULTS_MOUNTS"
    if own_mounts not in os.environ:
        # In a mount namespace of its own, so that small disks are nobody else's; where there is none, without disks.
        unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        os.environ[own_mounts] = "1"
        if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
            os.execvp("unshare", [*unshare, sys.executable, *sys.argv])
    print(f"seed {options.seed}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="detente-faults-") as folder:
        h = Harness(options, pathlib.Path(folder))
        h.what = "preparing"
        all_jobs = jobs(h)
        for name in options.parts or PARTS:
            before, start = len(h.failures), time.monotonic()
            try:
                PARTS[name](h, all_jobs)
            except Exception as error:  # what the harness did not think of is a failure, not its end
                h.expect(False, f"{type(error).__name__}: {error}")
            print(f"{name:<12} {len(h.failures) - before} failed, {time.monotonic() - start:.1f} s", flush=True)
    for line in h.skipped:
        print(f"skipped: {line}")
    for line in h.failures:
        print(f"FAILED: {line}")
    print(f"{h.checks} checks, {len(h.failures)} failed, {time.monotonic() - began:.1f} s")
    return 1 if h.failures else 0


if __name__ == "__main__":
    sys.exit(main())
