"""Contribution analysis on the page: a story an instrument, and its evidence set against claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from string import ascii_lowercase

from evalkit.judgement.contribution.matrix import Matrix, MatrixRow
from evalkit.judgement.contribution.story import ContributionStory
from evalkit.language.capital import capital
from evalkit.report.anchors import story_anchor
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.sections.story import place, written_around
from evalkit.report.tables.grid import Column, Row, grid

_ABREAST = 10  # columns of marks that leave room for the claims
_MARKS = {
    "confirms": "++", "supports": "+", "both": "±", "silent": "·", "weakens": "−", "rejects": "−−",
}  # fmt: skip


def told_stories(edition: Edition) -> list[ContributionStory]:
    """List the stories that the case records, in the order of its instruments."""
    return [one for one in edition.evaluation.contributions.values() if one.recorded]


def conclusions_html(edition: Edition) -> str:
    """Render the conclusion of each story, with a reference to the story itself."""
    items = []
    for story in told_stories(edition):
        name = escape(edition.case.instruments[story.id].label)
        text = escape(story.conclusion.text[edition.lang])
        told = edition.references.ask(story_anchor(story.id), *place(story))
        items.append(f"<li><b>{name}</b> ({told}): {text}</li>")
    return f'<ul class="verdicts">{"".join(items)}</ul>' if items else ""


def stories_html(edition: Edition) -> str:
    """Render every story in full, each as a section with its matrix."""
    return "".join(_section(story, edition) for story in told_stories(edition))


def _section(story: ContributionStory, edition: Edition) -> str:
    id_, name = story_anchor(story.id), edition.case.instruments[story.id].name
    name = edition.label("contribution.heading").format(name=name)  # its own section has the name
    number = edition.section(id_, name, *place(story))
    secno = f'<span class="secno">{number}</span> ' if number else ""
    head = f'<h2 id="{id_}">{secno}{escape(name)}</h2>'
    return "".join([head, *_text(story, edition), _matrix(story, edition)])


def _text(story: ContributionStory, edition: Edition) -> Iterator[str]:
    """The parts with their heads; or what the evaluator wrote around them."""
    if story.manual:
        yield written_around(story, edition)
        return
    for part in story.parts:
        yield f"<h3>{escape(part.title[edition.lang])}</h3>"
        yield from (f"<p>{escape(one)}</p>" for one in part.text[edition.lang].split("\n\n"))


def _matrix(story: ContributionStory, edition: Edition) -> str:
    """Set the evidence that is used against the claims; much of it over several tables."""
    used = [row for row in story.matrix.rows if row.cells]
    groups = [used[at : at + _ABREAST] for at in range(0, len(used), _ABREAST)]
    return "".join(
        _table(story, group, edition, number if len(groups) > 1 else 0)
        for number, group in enumerate(groups, start=1)
    )


def _table(
    story: ContributionStory, used: Sequence[MatrixRow], edition: Edition, number: int
) -> str:
    # A line each: in one block a letter would be parted from what it stands for.
    source = "<br>".join(
        f"<b>{letter}</b>\N{NO-BREAK SPACE}"
        f"{escape(f'{row.source}: {row.text}' if row.text else row.source)}."
        for letter, row in zip(ascii_lowercase, used, strict=False)
    )
    name = edition.case.instruments[story.id].label
    caption = edition.label("contribution.caption").format(name=name)
    caption = escape(f"{caption} ({number})" if number else caption)
    id_ = f"tbl-{story_anchor(story.id)}{f'-{number}' if number > 1 else ''}"
    drawing = replace(_drawn(story.matrix, used, edition), legend=_marks(edition))
    file, line = place(story)
    made = edition.exhibit("table", id_, caption, drawing, source, file, line)
    return edition.framed(made)


def _marks(edition: Edition) -> str:
    """Say what the signs mean, each on one line with its meaning."""
    told = edition.label("contribution.marks").split(", ")
    return ", ".join(f'<span class="together">{escape(one)}</span>' for one in told)


def _drawn(matrix: Matrix, used: Sequence[MatrixRow], edition: Edition) -> Drawing:
    spoken = [claim for claim in matrix.claims if any(claim in row.cells for row in used)]
    columns = [
        Column(edition.label("contribution.claim")),
        *(Column(letter, "mark", 9) for letter in ascii_lowercase[: len(used)]),
    ]
    rows = []
    for claim in spoken:
        name = matrix.names[claim][edition.lang]
        marks = [_MARKS.get(row.cells.get(claim, ""), "") for row in used]
        rows.append(Row((escape(capital(name)), *marks)))
    return grid(columns, rows)
