"""Simulate coverage and write the page."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.coverage.designs import INTERVALS
from benchmarks.coverage.page import page
from benchmarks.coverage.run import run
from benchmarks.coverage.sizes import TESTS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50 replications, to try it out")
    parser.add_argument("--only", default="", help="designs whose label holds this")
    parser.add_argument("--kept", type=Path, help="JSON with results; what is there is not run")
    parser.add_argument("--write", type=Path, help="the page; by default it is printed")
    asked = parser.parse_args()
    designs = [one for make in (*INTERVALS, *TESTS) for one in make() if asked.only in one.label]
    found = run(designs, asked.kept, quick=asked.quick)
    order = {one.key: place for place, one in enumerate(designs)}
    text = page(sorted((one for one in found if one.key in order), key=lambda one: order[one.key]))
    if asked.write is None:
        print(text)
    else:
        asked.write.write_text(text)


if __name__ == "__main__":
    main()
