"""Pictures of the pages of a report, small enough to keep, and what differs from them.

A page is kept at 2,5 mm a dot in sixteen greys, and the pages of a case as one PNG that can be
looked at. Blocks that moved a millimetre or two, other fonts and lost figures show; how the edges
of letters are smoothed does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SHORT, LONG = 84, 119  # dots on the sides of an A4
CELL = LONG + 1
COLUMNS = 12
FINE = 8  # dots that are averaged into one, along each side
RUN = 7  # dots: a line or an edge that moved is seen along its length, a single dot is not
LIMIT = 25  # of 255: one millimetre down or two aside is more, the smoothing of edges is less
NOTE = "evalkit"

Page = Any  # an array of greys from 0 to 15


@dataclass(frozen=True)
class Kept:
    """The pages as they were, and what that build noted of its page numbers."""

    pages: tuple[Page, ...]
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """A page that is not what it was: its number, how much it differs, and where (mm)."""

    number: int
    score: int
    left: float
    top: float


def small(page: pypdfium2.PdfPage, fine: int = FINE) -> Page:
    """Draw a page in few dots."""
    width, height = page.get_size()
    wide, high = (SHORT, LONG) if width < height else (LONG, SHORT)
    drawn = page.render(scale=wide * fine / width, grayscale=True).to_pil().convert("L")
    whole = Image.new("L", (wide * fine, high * fine), 255)
    whole.paste(drawn)
    return (np.asarray(whole.reduce(fine)) // 16).astype("uint8")


def pages_of(pdf: Path) -> tuple[Page, ...]:
    """Draw every page of a PDF in few dots."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(small(page) for page in document)


def note_of(pdf: Path) -> str:
    """Read what the build noted, with which the next one is laid out in one pass."""
    with pikepdf.open(pdf) as opened:
        return str(opened.Root.PieceInfo[f"/{NOTE}"].Private)


def write_noted(file: Path, note: str) -> None:
    """Put a PDF with that note where a report will come."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        private = pikepdf.Dictionary(Private=pikepdf.String(note))
        pdf.Root.PieceInfo = pikepdf.Dictionary({f"/{NOTE}": private})
        pdf.save(file)


def write(file: Path, kept: Kept) -> None:
    """Keep pages beside each other in one picture, with their number and the note."""
    rows = -(-len(kept.pages) // COLUMNS)
    sheet = np.zeros((rows * CELL, COLUMNS * CELL), dtype="uint8")
    for at, page in enumerate(kept.pages):
        top, left = at // COLUMNS * CELL, at % COLUMNS * CELL
        sheet[top : top + page.shape[0], left : left + page.shape[1]] = page
    picture = Image.fromarray(sheet, "P")
    picture.putpalette([grey * 17 for grey in range(16) for _ in range(3)])
    told = PngInfo()
    sizes = [page.shape for page in kept.pages]
    told.add_text("pages", json.dumps(sizes), zip=True)
    told.add_text("note", kept.note, zip=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, pnginfo=told, bits=4, optimize=True)


def read(file: Path) -> Kept:
    """Take apart what :func:`write` kept."""
    with Image.open(file) as picture:
        sheet, told = np.asarray(picture), picture.text  # type: ignore[attr-defined]
    found = []
    for at, (high, wide) in enumerate(json.loads(told["pages"])):
        top, left = at // COLUMNS * CELL, at % COLUMNS * CELL
        found.append(sheet[top : top + high, left : left + wide])
    return Kept(tuple(found), told["note"])


def differences(before: Sequence[Page], now: Sequence[Page]) -> Iterator[Difference]:
    """Compare pages one by one; a page that there is only once differs wholly."""
    for at in range(max(len(before), len(now))):
        if at >= min(len(before), len(now)) or before[at].shape != now[at].shape:
            yield Difference(at + 1, 255, 0, 0)
            continue
        near = _along(_apart(before[at], now[at]))
        if near.max() > LIMIT:
            top, left = np.unravel_index(int(near.argmax()), near.shape)
            dot = 210 / SHORT
            yield Difference(at + 1, int(near.max()), left * dot, top * dot)


def _apart(one: Page, other: Page) -> Page:
    return np.abs(one.astype(int) - other.astype(int)) * 17


def _along(apart: Page) -> Page:
    """Average along lines and along edges, and take what is worse at each dot."""
    run = np.ones(RUN) / RUN
    both = [
        np.apply_along_axis(np.convolve, axis, apart.astype(float), run, "same") for axis in (0, 1)
    ]
    return np.maximum(*both)


def picture(before: Page | None, now: Page | None) -> Image.Image:
    """Draw a page as it was, as it is, and what differs between them in red."""
    blank = np.full((LONG, SHORT), 15, dtype="uint8")
    one, other = (blank if page is None else page for page in (before, now))
    shown = [np.stack([page * 17] * 3, axis=-1).astype("uint8") for page in (one, other)]
    if one.shape == other.shape:
        apart = _along(_apart(one, other)) > LIMIT
        pale = np.stack([other * 5 + 180] * 3, axis=-1).astype("uint8")
        pale[apart] = (200, 30, 0)
        shown.append(pale)
    wide = sum(page.shape[1] + 4 for page in shown)
    whole = Image.new("RGB", (wide, LONG), (120, 120, 120))
    left = 0
    for page in shown:
        whole.paste(Image.fromarray(page), (left, 0))
        left += page.shape[1] + 4
    return whole.resize((wide * 4, LONG * 4), Image.Resampling.NEAREST)
