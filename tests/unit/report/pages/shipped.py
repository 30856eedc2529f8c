"""Render a shipped case and hold its pages beside those that are kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.language.numbers import Language
from evalkit.report.render import render
from tests.unit.report.pages import images

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
DIFFERENT = ROOT / "build" / "pages"  # pictures of what differs; `make clean` removes them
REFRESH = "EVALKIT_PAGES"
COMMAND = (
    f"{REFRESH}=refresh .venv/bin/python -m pytest -n 2 --dist loadfile tests/unit/report/pages"
)
_SHOWN = 12


def kept_file(slug: str, lang: Language | None) -> Path:
    return HERE / "kept" / f"{slug}{f'.{lang}' if lang else ''}.png"


def hold(slug: str, lang: Language | None, folder: Path) -> None:
    """Fail when a page of a shipped case is not what it was; with ``EVALKIT_PAGES=refresh`` keep
    what it is now.

    Rendering passes every gate, or fails.
    """
    file = kept_file(slug, lang)
    pdf = folder / f"{file.stem}.pdf"
    kept = images.read(file) if file.is_file() else images.Kept(())
    if kept.note:
        images.write_noted(pdf, kept.note)  # known page numbers: half the time
    render(evaluate(load_case(slug, lang=lang)), pdf, lang=lang)
    now = images.pages_of(pdf)
    if os.environ.get(REFRESH) == "refresh":
        # The picture of pages that did not change stays the same file.
        if kept.note != (note := images.note_of(pdf)) or [*images.differences(kept.pages, now)]:
            images.write(file, images.Kept(now, note))
        return
    if not kept.pages:
        pytest.fail(f"no pages of {file.stem} are kept; look at them, then run: {COMMAND}")
    compare(file.stem, kept.pages, now, DIFFERENT)


def compare(
    name: str, before: tuple[images.Page, ...], now: tuple[images.Page, ...], folder: Path
) -> None:
    """Fail with the case, the pages and pictures of what differs."""
    for stale in folder.glob(f"{name}-p*.png"):
        stale.unlink()
    found = list(images.differences(before, now))
    if not found:
        return
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{len(found)} pages of {name} are not what they were:"]
    if len(before) != len(now):
        lines.append(f"  there are {len(now)} pages, and there were {len(before)}")
    for one in found[:_SHOWN]:
        shown = folder / f"{name}-p{one.number:03}.png"
        pair = (pages[one.number - 1] if one.number <= len(pages) else None
                for pages in (before, now))  # fmt: skip
        images.picture(*pair).save(shown)
        where = f"most at {one.left:.0f} mm from the left, {one.top:.0f} mm from the top"
        lines.append(f"  {name}, page {one.number}: {where}: {shown}")
    if len(found) > _SHOWN:
        lines.append(f"  and {len(found) - _SHOWN} more")
    lines.append(f"Look at the pictures (before, now, what differs); when it is meant: {COMMAND}")
    pytest.fail("\n".join(lines), pytrace=False)
