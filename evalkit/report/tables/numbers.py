"""The table of all numbers of one instrument, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from evalkit.model.chain import ChainNode
from evalkit.model.indicator import Observation
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity
from evalkit.model.source import Citation
from evalkit.model.stage import FIVE_STAGES, Stage
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited

_NO_BREAK = "\N{NO-BREAK SPACE}"
_LAST = 9999  # what has no year stands behind what has one
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class SourceLetters:
    """Gives each source of a table a letter, explained below the table."""

    edition: Edition
    names: dict[str, str] = field(default_factory=dict)

    def letters(self, citations: tuple[Citation, ...]) -> str:
        """Name the sources of a cell by letter."""
        sources, lang = self.edition.case.sources, self.edition.lang
        found = [cited(citation, sources, lang) for citation in citations]
        for name in found:
            self.names.setdefault(name, _letter(len(self.names)))
        return " ".join(self.names[name] for name in found)

    def line(self) -> str:
        """Explain the letters, for the `Bron:` line."""
        if len(self.names) == 1:
            return escape(next(iter(self.names)))
        return "; ".join(
            f"<b>{letter}</b>{_NO_BREAK}{escape(name)}" for name, letter in self.names.items()
        )


def _letter(index: int) -> str:
    return (
        _LETTERS[index]
        if index < len(_LETTERS)
        else f"{_LETTERS[index // 26 - 1]}{_LETTERS[index % 26]}"
    )


def numbers_table(instrument: Instrument, edition: Edition) -> tuple[Drawing, str]:
    """Compose the table of an instrument's numbers.

    Returns
    -------
    drawing
        The table: a row a number, grouped by stage.
    source
        Its `Bron:` line.
    """
    letters = SourceLetters(edition)
    rows = [
        row for stage in FIVE_STAGES for row in _stage_rows(instrument, stage, edition, letters)
    ]
    columns = [
        Column(edition.label("numbers.what")),
        Column(edition.label("numbers.kind"), "note", 29),
        Column(edition.label("numbers.value"), "num", 23),
        Column(edition.label("numbers.unit"), "unit", 31),
        Column(edition.label("numbers.measured"), "note", 21),
        Column(edition.label("numbers.source"), "note", 9),
    ]
    # Below a column without a word nothing is lost; one source for all stands under the table.
    used = [0, 2] + [
        at for at in (1, 3, 4) if any(row.kind != "group" and row.cells[at] for row in rows)
    ]
    used += [5] if len(letters.names) > 1 else []
    columns = [columns[at] for at in sorted(used)]
    rows = [row if row.kind == "group" else _kept(row, sorted(used)) for row in rows]
    decimal = {"nl": ",", "en": "."}[edition.lang]
    return grid(columns, rows, decimal), letters.line()


def _kept(row: Row, used: Sequence[int]) -> Row:
    return Row(tuple(row.cells[at] for at in used), row.kind)


def _stage_rows(
    instrument: Instrument, stage: Stage, edition: Edition, letters: SourceLetters
) -> Iterator[Row]:
    nodes = [node for node in instrument.at(stage).values() if node.has_numbers or node.lines]
    if nodes:
        yield Row((escape(edition.label(f"stage.{stage}")),), "group")
    for node in nodes:
        yield from _node_rows(node, stage, edition, letters)


def _node_rows(
    node: ChainNode, stage: Stage, edition: Edition, letters: SourceLetters
) -> Iterator[Row]:
    measured = edition.label(f"measured.{node.measured}") if node.measured else ""
    name = escape(node.text)
    for kind, quantity, source in _values(node, stage, edition):
        cells = [name, kind, *_number(quantity, node, edition), measured, letters.letters(source)]
        yield Row(tuple(cells), "part" if not name else "")
        name = measured = ""
    if node.lines and name:
        yield Row((name, "", "", "", measured, letters.letters(node.source)))
    for line in node.lines:
        form = edition.label(f"form.{line.form.replace(' ', '-')}") if line.form else ""
        kind = " ".join(filter(None, [str(line.year or ""), form]))
        found = line.amount or line.share
        if found is not None:
            shown = _number(found, node, edition)
            name = f'<span class="sub">{escape(line.funder)}</span>'
            letter = letters.letters(line.source or node.source)
            yield Row((name, kind, *shown, "", letter), "part")


def _values(
    node: ChainNode, stage: Stage, edition: Edition
) -> Iterator[tuple[str, Quantity, tuple[Citation, ...]]]:
    """Give every value of a node with what it is: a role, a year or a total, in order of time."""
    alone = list(node.observations) == ["actual"] and not node.per_year
    dated = [(year, str(year), value, node.source) for year, value in node.per_year.items()]
    for role, found in node.observations.items():
        year = found.year or node.year or (0 if role == "baseline" else _LAST)
        # What is meant to go in is planned; a target is for what comes out.
        shown = "planned" if role == "target" and stage is Stage.INPUT else role
        kind = _role(shown, found, node, edition, alone=alone)
        dated.append((year, kind, found.value, found.source or node.source))
    for _, kind, value, source in sorted(dated, key=lambda one: one[0]):
        yield kind, value, source
    if node.total is not None:
        key = "numbers.computed-total" if node.total_computed else "numbers.total"
        yield (edition.label(key) if node.per_year else ""), node.total, node.source


def _role(
    role: str, observation: Observation, node: ChainNode, edition: Edition, *, alone: bool
) -> str:
    year = str(observation.year or node.year or "")
    name = observation.called or edition.label(f"role.{role}")
    return year if alone else _NO_BREAK.join(filter(None, [name, year]))


def _number(quantity: Quantity, node: ChainNode, edition: Edition) -> tuple[str, str]:
    """Part a number from its unit, so that numbers stand under each other."""
    lang = edition.lang
    if quantity.unit == "procent" and not quantity.per:
        return escape(quantity.number(lang)), "%"
    number = escape(quantity.number(lang))
    unit = quantity.prose(lang).removeprefix(quantity.number(lang)).strip()
    return number, escape(unit or node.unit)
