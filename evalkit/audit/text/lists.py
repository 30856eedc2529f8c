"""Lists with the words that announce them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evalkit.audit.text.block import Block
from evalkit.audit.text.blocks import is_caption
from evalkit.audit.text.document import Document
from evalkit.audit.text.sentence import Sentence

_WINDOW = 8  # blocks within which a list may go on
_ENDS = (".", ":", ";", "?", "!", ",")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list.

    Attributes
    ----------
    lead
        The sentences of the block before it; the last ends in a colon.
    items
        Its items at the highest level.
    sentences
        The sentences of each item.
    sure
        Whether it is plain where the list ends.
    """

    lead: tuple[Sentence, ...]
    items: tuple[Block, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    sure: bool


def lists_of(document: Document) -> Iterator[Listing]:
    """Find every list that a colon announces."""
    blocks = document.blocks
    for at in range(len(blocks) - 1):
        lead = blocks[at]
        if lead.kind not in {"prose", "item", "note"} or not lead.text.endswith(":"):
            continue
        if blocks[at + 1].kind != "item" or not document.sentences[at]:
            continue
        found, sure = _items(blocks, at + 1, lead)
        if found:
            yield Listing(
                document.sentences[at],
                tuple(blocks[i] for i in found),
                tuple(document.sentences[i] for i in found),
                sure,
            )


def _items(blocks: Sequence[Block], start: int, lead: Block) -> tuple[list[int], bool]:
    """Follow a list from its first item; items of another kind lie inside one of its own."""
    first = blocks[start]
    style, indent = _style(first), _indent(first)
    if lead.kind == "item" and style == _style(lead) and indent <= _indent(lead):
        return [], False
    found = [start]
    at = start + 1
    while at < len(blocks):
        block = blocks[at]
        if block.kind == "item":
            if _style(block) == style and abs(_indent(block) - indent) <= 1:
                if not _follows(blocks[found[-1]], block):
                    return found, True
                found.append(at)
            elif lead.kind == "item" and _style(block) == _style(lead):
                return found, True
        elif block.kind == "note":
            pass  # footnotes at the end of a page stand between two items
        elif _runs_on(blocks[at - 1], block) or block.kind == "row":
            return found, False
        else:
            return found, not _resumes(blocks[at : at + _WINDOW], blocks[found[-1]])
        at += 1
    return found, True


def _style(block: Block) -> str:
    mark = block.marker
    if mark.strip("().").isdigit():
        return f"1{mark[-1]}"
    return f"a{mark[-1]}" if mark[:1].isalpha() else mark


def _indent(block: Block) -> int:
    text = block.lines[0].text
    return len(text) - len(text.lstrip())


def _number(block: Block) -> int | None:
    digits = block.marker.strip("().")
    return int(digits) if digits.isdigit() else None


def _follows(last: Block, block: Block) -> bool:
    """Say whether an item is the next: a list that begins again at 1 is another list."""
    one, other = _number(last), _number(block)
    return one is None or other is None or other == one + 1 or (one == other == 1)


def _runs_on(last: Block, block: Block) -> bool:
    """Say whether a paragraph may be the rest of an item."""
    return block.text[:1].islower() or not last.text.rstrip().endswith(_ENDS)


def _resumes(blocks: Sequence[Block], last: Block) -> bool:
    """Say whether the list may go on after what stands between, such as a paragraph of an item."""
    if blocks[0].kind == "heading" and not is_caption(blocks[0].text):
        return False
    for before, block in pairwise(blocks):
        if block.kind == "item" and before.kind != "item":
            announced = before.text.rstrip().endswith(":")
            return _style(block) == _style(last) and not announced and _follows(last, block)
    return False
