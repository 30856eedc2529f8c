"""Recommendation, answer, action and reference, side by side."""

from __future__ import annotations

from html import escape

from evalkit.language.capital import capital
from evalkit.model.response import Action, Response
from evalkit.model.source import Citations
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose

_FILE = "responses.yaml"


def responses_table(edition: Edition) -> Drawing | None:
    """Compose the matrix: a row a recommendation, its actions below each other."""
    rows = [_row(one, edition) for one in edition.case.responses.values()]
    columns = [
        Column(edition.label("agenda.recommendation"), width=44),
        Column(edition.label("agenda.answer"), width=48),
        Column(edition.label("agenda.actions")),
    ]
    return grid(columns, rows) if rows else None


def _row(response: Response, edition: Edition) -> Row:
    prose = Prose(edition, _FILE)
    stance = edition.label(f"stance.{response.stance.replace(' ', '-')}")
    head = f'<span class="kind">{escape(capital(stance))}</span>'
    answer = prose.inline(response.answer) if response.answer else ""
    cells = (
        escape(response.recommendation) + _source(response.by, edition),
        f"{head}{'. ' if answer else ''}{answer}{_source(response.source, edition)}",
        "".join(f"<p>{_action(action, edition)}</p>" for action in response.actions.values())
        or "\N{EN DASH}",
    )
    return Row(cells)


def _action(action: Action, edition: Edition) -> str:
    status = edition.label(f"follow-up.{action.status.replace(' ', '-')}")
    facts = [status]
    if action.checked is not None:
        moment = action.checked.prose(edition.lang)
        facts.append(edition.label("agenda.checked").format(moment=moment))
    if action.budget is not None:
        facts.append(action.budget.prose(edition.lang))
    told = escape(", ".join(facts))
    return f"{escape(action.text)} ({told}).{_source(action.source, edition)}"


def _source(citations: Citations, edition: Edition) -> str:
    told = cited_all(citations, edition.case.sources, edition.lang)
    return f'<span class="sub">{escape(told)}</span>' if told else ""
