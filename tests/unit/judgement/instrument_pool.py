"""A pool of instruments, wide enough for every rule of every ladder to fire on one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from evalkit.model import Case
from evalkit.model.evidence import Design, Direction, Threat

SOURCES = {
    key: {"kind": "report", "title": key, "year": 2022, **({"independence": who} if who else {})}
    for key, who in {
        "a": "independent", "b": "independent", "c": "independent", "exec": "executor", "who": None,
    }.items()
}  # fmt: skip
SOURCES["undated"] = {"kind": "report", "title": "undated", "independence": "independent"}
BARE: dict[str, Any] = {"name": "Bon", "type": "subsidie", "period": "2018–2022"}
NAMED: dict[str, Any] = BARE | {
    "aims": "x", "target_group": "y",
    "activities": {"doen": {"text": "Doen"}},
    "output": {"bonnen": {"text": "Bonnen"}},
    "outcome": {"effect": {"text": "Effect"}},
}  # fmt: skip
LINKS = {"doen -> bonnen": {"because": "x"}, "bonnen -> effect": {"because": "x"}}
CHAINED: dict[str, Any] = NAMED | {"links": LINKS}
SILENT: dict[str, Any] = NAMED | {"links": {key: {} for key in LINKS}}
SHORT: dict[str, Any] = NAMED | {"links": {"doen -> bonnen": {"because": "x", "source": "a"}}}
CARRIED: dict[str, Any] = NAMED | {"links": {k: v | {"source": "a"} for k, v in LINKS.items()}}
BUDGET = {"budget": {"text": "Budget", "total": "2 mln. euro", "source": "a"}}

STUDY: dict[str, Any] = {"source": "a", "about": "outcome", "finds": "positive", "year": 2021}
RCT = STUDY | {"design": "rct"}
GROUPS = STUDY | {"design": "comparison group", "before": True, "after": True}
PLAN = {"source": "a", "design": "description", "about": "activities", "execution": "planned"}
EARLY = PLAN | {"execution": "too early"}
DONE = PLAN | {"execution": "carried out", "finds": "positive"}
COSTS = STUDY | {"criterion": "efficiency", "comparison": "andere instrumenten"}
TWICE = [RCT, RCT | {"source": "b"}]
THRICE = [*TWICE, RCT | {"source": "c"}]
SELF = STUDY | {"design": "survey", "self_report": True}
AHEAD = {"year": 2016}  # the instrument begins in 2018
UNDATED = {"source": "undated", "year": None}
HEARD = STUDY | {"design": "interviews", "self_report": True}

QUOTED = STUDY | {"design": "description", "source": "b, geciteerd in a"}

# Lists of evidence, each on an instrument of which every link is underpinned.
EVIDENCE: list[list[dict[str, Any]]] = [
    *([STUDY | {"design": design}] for design in get_args(Design)),
    *([STUDY | {"design": design, "comparison": "x"}] for design in get_args(Design)),
    *([STUDY | {"design": design, "about": "output"}] for design in get_args(Design)),
    *(
        [STUDY | {"design": design, "threats": {threat: state}}]
        for design in ("rct", "did", "rdd", "iv", "synthetic control", "comparison group")
        for threat in get_args(Threat)
        for state in ("handled", "not handled")
    ),
    *([STUDY | {"design": "interviews", "finds": finds}] for finds in get_args(Direction)),
    *([HEARD | {"finds": finds}] for finds in get_args(Direction)),
    *([STUDY | {"design": "description", "finds": finds}] for finds in get_args(Direction)),
    [QUOTED],
    [STUDY | {"design": "before-after", "covers": "de eerste ronde"}],
    *([DONE | {"finds": finds}] for finds in get_args(Direction)),
    [],
    [GROUPS],
    [GROUPS | {"threats": {"selection": "handled"}}],
    [GROUPS | {"threats": {"selection": "not handled"}}],
    TWICE,
    [*TWICE, RCT | {"source": "c", "finds": "none"}],
    [*TWICE, DONE],
    THRICE,
    [*THRICE, DONE],
    [RCT | {"finds": "none"}],
    [RCT | {"self_report": True}],
    [RCT | {"author": "executor"}],
    [RCT | {"author": "executor"}, STUDY | {"design": "before-after"}],
    [RCT | {"source": "who"}],
    [RCT | {"source": "who"}, STUDY | {"design": "before-after"}],
    [RCT | {"finds": "unknown"}, PLAN],
    [RCT | {"finds": "unknown"}, EARLY],
    [RCT | {"year": 2001}],
    [PLAN],
    [PLAN, DONE],
    [EARLY],
    [EARLY, RCT],
    [DONE | {"source": "exec"}],
    [DONE | {"design": "norm"}],
    [DONE | {"design": "interviews", "self_report": True}],
    [DONE | {"design": "additionality survey", "execution": None}],
    [SELF],
    [SELF, STUDY | {"design": "monitoring", "source": "exec"}],
    [STUDY | {"design": "monitoring", "before": True, "finds": "unknown"}],
    [COSTS | {"design": "norm"}],
    [COSTS | {"design": "norm", "author": "executor"}],
    [COSTS | {"design": "description"}],
    [COSTS | {"design": "description", "source": "exec"}],
    [COSTS | {"design": "description", "execution": "too early", "finds": "unknown"}],
    [COSTS | {"design": "description"}, RCT],
    [COSTS | {"design": "description", "about": "output"}],
    [COSTS | {"design": "description", "about": "output"}, RCT],
    [STUDY | {"design": "norm", "about": "output", "source": "exec"}],
    [STUDY | {"design": "norm", "about": "output"} | AHEAD],
    [STUDY | {"design": "interviews"} | AHEAD],
    [DONE | AHEAD],
    [COSTS | {"design": "description"} | AHEAD],
    [COSTS | {"design": "description"} | UNDATED],
    [RCT | UNDATED],
    [DONE | UNDATED],
    [STUDY | {"design": "monitoring", "about": "output"} | UNDATED],
    [RCT, STUDY | {"design": "before-after", "finds": "none"}],
    [STUDY | {"design": "before-after"}, STUDY | {"design": "interviews", "finds": "none"}],
]
OUTCOMES: list[dict[str, Any]] = [
    {"baseline": "10 in 2017", "actual": "12 in 2021", "source": "a"},
    {"baseline": "10 in 2017", "actual": "12 in 2021"},
    {"per_year": {"2015": "10", "2016": "12"}, "source": "a"},
    {"baseline": "10 in 2017", "source": "a"},
]


def instruments() -> Iterator[dict[str, Any]]:
    """Every instrument of the pool."""
    yield from (BARE, NAMED, CHAINED, SILENT, SHORT, CARRIED)
    yield CARRIED | {"status": "voorgenomen", "evidence": {"e0": RCT}}
    yield BARE | {"evidence": {"e0": RCT}}
    for node in OUTCOMES:
        yield CARRIED | {"outcome": {"effect": {"text": "Effect", **node}}}
    unclear = CARRIED | {"period": "voor 2023–2025"}
    of_output = STUDY | {"design": "monitoring", "about": "output"}
    for piece in (RCT, of_output, COSTS | {"design": "description"}, DONE | {"execution": None}):
        yield unclear | {"evidence": {"e0": piece}}
    counted = {"bonnen": {"text": "Bonnen", "actual": "3 in 2021", "source": "a"}}
    yield CARRIED | {"output": counted}
    yield CARRIED | {"output": counted, "input": BUDGET}
    yield CARRIED | {"input": BUDGET}
    reached = {"bonnen": counted["bonnen"] | {"target": "3"}}
    yield CARRIED | {"output": reached, "input": BUDGET}
    yield CARRIED | {"output": reached, "status": "gestopt"}
    yield CARRIED | {"output": reached | {"rest": {"text": "Rest"}}, "status": "gestopt"}
    yield CHAINED | {"evidence": {"e0": SELF}}
    yield CHAINED | {"evidence": {"e0": QUOTED}}
    yield CHAINED | {"evidence": {"e0": STUDY | {"design": "description", "source": "who"}}}
    yield CARRIED | {"no_budget": "a"}
    yearly = {"text": "Budget", "per_year": {"2021": "2 mln. euro"}, "source": "a"}
    whole = {"budget": yearly | {"total": "2 mln. euro"}}
    yield CARRIED | {"output": counted, "input": whole}
    for pieces in EVIDENCE:
        written = {f"e{n}": piece for n, piece in enumerate(pieces)}
        yield CARRIED | {"evidence": written}
        yield CARRIED | {"evidence": written, "input": BUDGET, "output": counted}


def case_of(instrument: dict[str, Any]) -> Case:
    """Put one instrument in a case, as ``bon``."""
    fields = {"slug": "p", "title": "P", "period": "2016–2024", "sources": SOURCES}
    return Case.model_validate({**fields, "instruments": {"bon": instrument}})
