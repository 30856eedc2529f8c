"""Time the judgement of a large case; writes docs/benchmarks/judgement.md.

    python benchmarks/judgement.py          # the full size, written to the page
    python benchmarks/judgement.py 50 10    # instruments, pieces of evidence on each; prints only

Each timing is processor time, the least of three runs. Scoring: levels, reasons, caps and steps on
the ladder and on the three scales, and for the robustness each piece of evidence doubted in turn.
Then the contribution stories, the mix, compliance and audit, and an evaluation as a whole.
"""

from __future__ import annotations

import platform
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, get_args

from evalkit.audit.case.audit import audit_case
from evalkit.evaluation import Evaluation, evaluate
from evalkit.judgement.compliance.comply import comply
from evalkit.judgement.contribution.build import contributions
from evalkit.judgement.mix.findings import mix_findings
from evalkit.judgement.profile import ladder_names, load_ladder, scales
from evalkit.judgement.score import score_case
from evalkit.judgement.scores import Scores
from evalkit.model import Case
from evalkit.model.evidence import Design, Direction, Execution, Threat
from evalkit.model.source import Independence

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks" / "judgement.md"
SOURCES = 200
GOALS = 8
REGIMES = ("rpe-2022", "cw-3-1", "beleidskompas", "better-regulation", "oecd-dac")
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
    rows += [f"| {what} | {seconds:.1f} | | |" for what, seconds in judged(case)]
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


def judged(case: Case) -> Iterator[tuple[str, float]]:
    """Time what is derived besides the levels, and then everything together."""
    scores = score_case(case)
    yield "contribution stories", least(lambda: contributions(case, scores), 3)[0]
    yield "findings on the mix", least(lambda: mix_findings(case), 3)[0]
    yield f"compliance with {len(REGIMES)} regimes", least(lambda: comply(case, scores), 3)[0]
    seconds, found = least(lambda: audit_case(case, scores), 3)
    yield f"audit ({len(found)} findings)", seconds
    seconds, evaluation = least(lambda: evaluate(case), 1)
    yield "all of it, as `evaluate` does", seconds
    text = evaluation.to_json()
    seconds, back = least(lambda: Evaluation.from_json(text), 1)
    if back != evaluation:
        raise SystemExit("the evaluation does not survive JSON")
    yield f"read back from {len(text) / 1e6:.0f} MB of JSON", seconds


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
    goals = {f"g{n}": {"name": f"Doel {n}", "stage": "outcome"} for n in range(GOALS)}
    for n, (key, one) in enumerate(made.items()):
        one |= {"goals": [f"g{n % GOALS}"], "input": _budget(n)}
        one["prose"] = f"{key} begon in 2015. Het bereik is bekend, de oorzaak niet. " * 5
    return Case.model_validate({
        "slug": "groot", "title": "Groot", "period": "2015–2024", "sources": sources,
        "theory": {"question": "Droegen de instrumenten bij?", "goals": goals},
        "instruments": made,
        "contributions": {key: _contribution(min(pieces, 5)) for key in made},
        "compliance": {name: {} for name in REGIMES},
    })  # fmt: skip


def _budget(n: int) -> dict[str, Any]:
    years = dict.fromkeys(range(2015, 2023), f"{n % 9 + 1},5 mln. euro")
    return {"budget": {"text": "Budget", "per_year": years, "total": "sum", "source": "s1"}}


def _contribution(tests: int) -> dict[str, Any]:
    """A claim about the whole, with tests that have probabilities, two of them in a package."""
    made = {
        f"t{n}": {
            "expect": f"teken {n} is te zien", "test": "hoop", "result": "found",
            "evidence": [f"e{n}"], "if_true": "0,8–0,9", "if_false": "0,4–0,6",
            **({"package": "samen"} if n < 2 else {}),
        }
        for n in range(tests)
    }  # fmt: skip
    claim = {"text": "het instrument droeg bij", "prior": "0,3–0,5", "tests": made}
    other = {"text": "de conjunctuur", "type": "direct rival", "influence": "high"}
    return {
        "claims": {"geheel": claim if tests else {"text": claim["text"]}},
        "rivals": {"r": other},
    }


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
