"""Time the judgement of a large case; writes docs/benchmarks/judgement.md.

    python benchmarks/judgement.py          # the full size, written to the page
    python benchmarks/judgement.py 50 10    # instruments, pieces of evidence on each; prints only

Each timing is processor time, the least of three runs: levels, reasons, caps and steps on the
ladder and on the three scales, and for the robustness each piece of evidence doubted in turn.
"""

from __future__ import annotations

import platform
import resource
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, get_args

from evalkit.judgement.profile import ladder_names, load_ladder, scales
from evalkit.judgement.score import score_case
from evalkit.judgement.scores import Scores
from evalkit.model import Case
from evalkit.model.evidence import Design, Direction, Execution, Threat
from evalkit.model.source import Independence

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks" / "judgement.md"
SOURCES = 200
STEPS = ("doen", "maken", "merken", "bereiken")
STAGES = ("activities", "output", "intermediate", "outcome")


def main(instruments: int = 500, pieces: int = 10) -> str:
    """Give the table: how long each ladder takes on a case of this size."""
    random = Random(1)  # noqa: S311 - a made case, the same every time
    seconds, case = least(lambda: build(instruments, pieces, random), 1)
    size = f"{instruments} instruments with {instruments * pieces} pieces of evidence"
    rows = [f"| reading the records of the case | {seconds:.1f} | | |"]
    scales()  # read once, like the ladders
    for name in ladder_names():
        ladder = load_ladder(name)
        seconds, scores = least(lambda ladder=ladder: score_case(case, ladder), 3)
        tried, deciding = doubted(scores)
        rows.append(f"| scored on `{name}` | {seconds:.1f} | {tried} | {deciding} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        "# The judgement, timed",
        "",
        (
            f"A made case of {size}, Python {platform.python_version()}, {platform.system()}; "
            "seconds of processor time. `python benchmarks/judgement.py` writes this page. What is "
            "doubted are pieces of evidence and sources that underpin links, one at a time; some "
            f"of them decide a level or a direction on their own. Peak memory {peak:.0f} MB."
        ),
        "",
        "| What | Seconds | Doubted | Deciding |",
        "|---|---:|---:|---:|",
        *rows,
        "",
    ]
    return "\n".join(lines)


def least(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Give the least processor time of a piece of work, and what it gave."""
    found = []
    for _ in range(runs):
        start = process_time()
        result = work()
        found.append(process_time() - start)
    return min(found), result


def doubted(scores: Scores) -> tuple[int, int]:
    """Count what was doubted, and how much of it decides."""
    told = [verdict.robustness for verdict in scores.instruments]
    return sum(one.tried for one in told), sum(len(one.doubts) for one in told)


def build(instruments: int, pieces: int, random: Random) -> Case:
    """Make a case of instruments with a chain, indicators and evidence of every kind."""
    kinds = [*get_args(Independence), None]
    sources = {
        f"s{n}": {
            "kind": "report", "title": f"Onderzoek {n} naar de werking van het beleid",
            "year": 2010 + n % 15, "independence": random.choice(kinds),
        }
        for n in range(SOURCES)
    }  # fmt: skip
    made = {f"i{n}": _instrument(pieces, random) for n in range(instruments)}
    fields = {"slug": "groot", "title": "Groot", "period": "2015–2024", "sources": sources}
    return Case.model_validate({**fields, "instruments": made})


def _instrument(pieces: int, random: Random) -> dict[str, Any]:
    nodes = {
        stage: {key: {"text": key.capitalize(), **_numbers(random)}}
        for stage, key in zip(STAGES, STEPS, strict=True)
    }
    links = {
        f"{a} -> {b}": {"because": "daarom", "source": _source(random)} for a, b in pairwise(STEPS)
    }
    return {
        "name": "Instrument", "type": "subsidie", "period": "2015–2022", "aims": "doel",
        "target_group": "bedrijven", **nodes, "links": links,
        "evidence": {f"e{n}": _evidence(random) for n in range(pieces)},
    }  # fmt: skip


def _numbers(random: Random) -> dict[str, Any]:
    if random.random() < 0.5:
        return {}
    return {"baseline": "10 in 2014", "actual": "12 in 2021", "source": _source(random)}


def _evidence(random: Random) -> dict[str, Any]:
    return {
        "source": _source(random),
        "design": random.choice(get_args(Design)),
        "about": random.sample(STAGES, 2),
        "finds": random.choice(get_args(Direction)),
        "execution": random.choice([None, *get_args(Execution)]),
        "self_report": random.random() < 0.3,
        "before": random.random() < 0.5,
        "after": random.random() < 0.7,
        "year": random.randint(2015, 2024),
        "threats": {random.choice(get_args(Threat)): random.choice(["handled", "not handled"])},
    }


def _source(random: Random) -> str:
    return f"s{random.randrange(SOURCES)}"


if __name__ == "__main__":
    page = main(*map(int, sys.argv[1:]))
    if len(sys.argv) == 1:
        TARGET.write_text(page, encoding="utf-8")
    print(page)
