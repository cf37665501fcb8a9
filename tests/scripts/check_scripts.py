#!/usr/bin/env python3
"""What the checks of the sources find, and that they find it: scripts/check-docstrings, scripts/check-rooms.

Usage: check_scripts.py ROOT_OF_THE_REPOSITORY
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(sys.argv[1])
here = root / "tests/scripts"


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def expect(condition, text):
    if not condition:
        sys.exit(f"check_scripts: {text}")


# A comment that says LACKS would be a comment behind: it is taken out, the lines stay.
text = (here / "comments.txt").read_text(encoding="utf-8")
lacking = [k for k, line in enumerate(text.splitlines(), 1) if line.endswith("// LACKS")]
with tempfile.TemporaryDirectory() as folder:
    header = Path(folder) / "comments.h"
    header.write_text(re.sub(r" *// LACKS$", "", text, flags=re.M), encoding="utf-8")
    status, said = run(root / "scripts/check-docstrings", header)
found = [int(line.split(":")[1]) for line in said.splitlines() if "has no comment" in line]
# A function template is named by its first line.
lines = text.splitlines()
lacking = [k - 1 if lines[k - 2].startswith("template") else k for k in lacking]
expect(status != 0 and found == lacking, f"check-docstrings found lines {found}, not {lacking}:\n{said}")

status, said = run(root / "scripts/check-rooms", "--root", here / "rooms")
expect(status != 0, "check-rooms accepts a circle")
expect("src/lower/lower.h:2: src/lower may not include from src/upper" in said, f"check-rooms said {said}")
expect("circle" in said, f"check-rooms does not see the circle: {said}")

for script in ("check-docstrings", "check-rooms"):
    status, said = run(root / "scripts" / script)
    print(said, end="")
    expect(status == 0, f"{script} fails")
