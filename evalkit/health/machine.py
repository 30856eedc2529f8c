"""What stands outside Python: Pango, the fonts of the styles, folders to write to, and programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.health.finding import Finding

_PANGO = (
    "from weasyprint.text import ffi\n"
    "raise SystemExit(0 if ffi.harfbuzz_subset is not None else 'libharfbuzz-subset was not found')"
)
_PANGO_REMEDY = (
    "Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; macOS: brew install pango"
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 60  # seconds: importing WeasyPrint takes one, on a cold disk ten


def look_at_pango() -> Iterator[Finding]:
    """See whether WeasyPrint finds Pango and HarfBuzz.

    In a process of its own: WeasyPrint prints to the terminal when it does not find them.
    """
    try:
        done = subprocess.run(  # noqa: S603  this Python, with a text that stands above
            [sys.executable, "-c", _PANGO],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        good, said = done.returncode == 0, done.stderr.strip().splitlines()
    except subprocess.TimeoutExpired:
        good, said = False, [f"no answer within {_PATIENCE} seconds"]
    found = "WeasyPrint finds its libraries" if good else (said[-1] if said else "does not load")
    yield Finding(
        group="pango",
        name="Pango",
        good=good,
        needed=True,
        found=found,
        remedy="" if good else _PANGO_REMEDY,
    )


def look_at_fonts() -> Iterator[Finding]:
    """See whether the fonts of every shipped style can be read."""
    from evalkit.io.shipped import shipped_styles

    for style in shipped_styles():
        problem, fonts = _fonts(style)
        yield Finding(
            group="fonts",
            name=f"style {style}",
            good=not problem,
            needed=True,
            found=problem or f"{fonts} fonts",
            remedy="install evalkit again, or restore templates/" if problem else "",
        )


def _fonts(style: str) -> tuple[str, int]:
    """Give what is wrong with the fonts of a style, and how many there are."""
    from fontTools.ttLib import TTFont, TTLibError

    from evalkit.report.style.style import load_style

    try:
        files = [Path(font["file"]) for font in load_style(style).settings["fonts"]]
    except EvalkitError as error:
        return str(error), 0
    for file in files:
        try:
            with file.open("rb") as opened, TTFont(opened, lazy=True) as font:
                font.getBestCmap()
        except (OSError, TTLibError) as error:
            return f"{file.name} cannot be read: {error}", len(files)
    return "", len(files)


def look_at_folders(reports: Path = Path("reports")) -> Iterator[Finding]:
    """See whether a report can be written to the current folder. Nothing stays behind."""
    folder = next(one for one in (reports, *reports.resolve().parents) if one.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".evalkit-"):
            problem = ""
    except OSError as error:
        problem = error.strerror or str(error)
    yield Finding(
        group="files",
        name="write access",
        good=not problem,
        needed=True,
        found=f"{folder.resolve()}: {problem or 'can be written'}",
        remedy="go to a folder of your own, or name one with `evalkit report CASE -o FOLDER`"
        if problem
        else "",
    )


def look_at_tools() -> Iterator[Finding]:
    """Look for the programs that some checks use; evalkit does its work without them."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    yield _tool(
        "Chromium",
        browser,
        "tests of the HTML report",
        "make browser, or apt-get install chromium",
    )
    yield _tool(
        "axe-core",
        _axe(),
        "accessibility of the HTML report",
        "make browser, or name axe.min.js in EVALKIT_AXE",
    )
    yield _tool(
        "veraPDF",
        shutil.which("verapdf"),
        "a second opinion on PDF/UA",
        "install it from verapdf.org and put it on the PATH",
    )
    yield _tool(
        "pdftoppm",
        shutil.which("pdftoppm"),
        "tests that look at pages",
        "apt-get install poppler-utils",
    )


def _axe() -> str | None:
    """Find axe-core where the tests look for it."""
    named = os.environ.get("EVALKIT_AXE")
    places = [Path(named)] if named else []
    places.append(Path(sys.prefix) / "axe-core/package/axe.min.js")
    return next((str(one) for one in places if one.is_file()), None)


def _tool(name: str, found: str | None, purpose: str, remedy: str) -> Finding:
    return Finding(
        group="tools",
        name=name,
        good=found is not None,
        found=f"{found or 'not found'} ({purpose})",
        remedy="" if found else remedy,
    )
