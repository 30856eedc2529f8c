"""Elements of WordprocessingML, in one short notation."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
"""An element of lxml, which has no types of its own."""

POINT = 20
"""Twentieths in a point, the unit of most lengths."""

EMU = 36_000
"""Units of a drawing in a millimetre."""

_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def make(tag: str, *children: Element | None, **attributes: str | float | None) -> Element:
    """Make an element with its children and attributes.

    An attribute has the prefix ``w:`` within an element that has it; ``r_id`` stands for
    ``r:id``. What is None is left out.

    Examples
    --------
    >>> make("w:ind", left=12).tag.rpartition("}")[2]
    'ind'
    """
    made: Element = OxmlElement(tag)
    for key, value in attributes.items():
        if value is not None:
            made.set(_name(tag, key.rstrip("_")), _written(value))
    made.extend([child for child in children if child is not None])
    return made


def _name(tag: str, key: str) -> str:
    prefix, parted, name = key.partition("_")
    if parted:
        return qn(f"{prefix}:{name}")
    return qn(f"w:{key}") if tag.startswith("w:") else key


def _written(value: str | float) -> str:
    return readable(value) if isinstance(value, str) else str(round(value))


def text(words: str) -> Element:
    """Make the element that holds a piece of text, its spaces kept."""
    made = make("w:t", xml_space="preserve")
    made.text = readable(words)
    return made


def readable(words: str) -> str:
    """Take out the control characters, which no XML file may hold."""
    return words.translate(_CONTROL)


def field(code: str, *result: Element, properties: Element | None = None) -> list[Element]:
    """Make the runs of a field: its code, and the result that shows until it is updated."""
    from copy import deepcopy

    def run(*inside: Element) -> Element:
        return make("w:r", deepcopy(properties), *inside)

    instruction = make("w:instrText", xml_space="preserve")
    instruction.text = f" {code} "
    return [
        run(make("w:fldChar", fldCharType="begin")),
        run(instruction),
        run(make("w:fldChar", fldCharType="separate")),
        *result,
        run(make("w:fldChar", fldCharType="end")),
    ]


def twips(millimetres: float) -> int:
    """Give a length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)
