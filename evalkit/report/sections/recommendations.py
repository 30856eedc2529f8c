"""The recommendations, in full and as a list of titles."""

from __future__ import annotations

from evalkit.report.anchors import instrument_anchor
from evalkit.report.edition import Edition
from evalkit.report.text.prose import Prose

_FILE = "case.yaml"


def recommendations(edition: Edition) -> str:
    """Render the numbered recommendations, each with what it rests on."""
    prose = Prose(edition, _FILE)
    items = []
    for found in edition.case.recommendations.values():
        carried = [edition.references.ask(label.lstrip("@"), _FILE, 0) for label in found.because]
        carried += [
            edition.references.ask(instrument_anchor(key), _FILE, 0) for key in found.instruments
        ]
        rests = (
            f"{edition.label('recommendation.because')} {edition.listed(carried)}."
            if carried
            else ""
        )
        because = f'<p class="because">{rests}</p>' if rests else ""
        title = f'<p class="rec-title">{prose.inline(found.title)}</p>'
        items.append(f"<li>{title}{prose.html(found.text)}{because}</li>")
    return f'<ol class="recommendations wide">{"".join(items)}</ol>'


def recommendation_titles(edition: Edition) -> str:
    """Render the titles as a list, its items closed as Dutch reports close them."""
    titles = [Prose(edition, _FILE).inline(r.title) for r in edition.case.recommendations.values()]
    last = len(titles) - 1
    ends = {last: ".", last - 1: f"; {edition.label('fact.and')}"}
    items = [
        f"<li>{title.rstrip('.')}{ends.get(index, ';')}</li>" for index, title in enumerate(titles)
    ]
    return f"<ul>{''.join(items)}</ul>"
