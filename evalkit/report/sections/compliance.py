"""What a regime asks of the report, and how the report meets it: a section for an appendix."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from evalkit.judgement.compliance.answer import Answer, State
from evalkit.judgement.compliance.compliance import Compliance
from evalkit.model.finding import Outcome
from evalkit.report.edition import Edition
from evalkit.report.figures.check_symbol import check_symbol
from evalkit.report.tables.grid import Column, Row, grid

_SYMBOLS: Mapping[State, Outcome] = {
    "present": "passed",
    "explained": "not decisive",
    "missing": "failed",
}
_NOWHERE = "\N{EN DASH}"
FILE = "compliance.yaml"


def compliance_html(edition: Edition) -> str:
    """Render a section for every regime that the case names."""
    return "".join(_section(one, edition) for one in edition.evaluation.compliance.values())


def _section(found: Compliance, edition: Edition) -> str:
    lang, id_ = edition.lang, f"compliance-{found.regime}"
    title = found.title[lang]
    number = edition.section(id_, title, FILE, 1)
    secno = f'<span class="secno">{number}</span> ' if number else ""
    return "".join([
        f'<h2 id="{id_}">{secno}{escape(title)}</h2>',
        f"<p>{escape(found.told(lang))}</p>",
        _table(found, edition),
    ])  # fmt: skip


def _table(found: Compliance, edition: Edition) -> str:
    label, lang = edition.label, edition.lang
    columns = [
        Column(label("compliance.requirement"), width=48),
        Column(label("compliance.state"), width=24),
        Column(label("compliance.where"), width=27),
        Column(label("compliance.told"), "note"),
    ]
    rows = [Row(_cells(answer, edition)) for answer in found.answers]
    caption = escape(found.caption[lang])
    issued = "; ".join(one[lang] for one in (found.publisher, found.edition, found.published))
    source = escape(f"{issued}. {found.based_on(lang)}")
    made = edition.exhibit(
        "table", f"tbl-compliance-{found.regime}", caption, grid(columns, rows), source, FILE, 1
    )
    return edition.framed(made)


def _cells(answer: Answer, edition: Edition) -> tuple[str, ...]:
    lang = edition.lang
    symbol = check_symbol(_SYMBOLS[answer.state])
    told = [escape(answer.told(lang))]
    if answer.state == "missing":
        told.append(escape(answer.to_do(lang)))
    places = [edition.references.ask(at, FILE, 1) for at in answer.at]
    state = f"{symbol} {escape(answer.state_label(lang))}"
    asked = f'{escape(answer.text[lang])}<span class="sub">{escape(answer.based_on(lang))}</span>'
    where = edition.listed(places) if places else _NOWHERE
    return (asked, state, where, " ".join(filter(None, told)))
