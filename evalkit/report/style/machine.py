"""The fonts that pages are set in: those of the style, before any of the machine.

A machine may have the very family of a style, in other weights or of another version. Fontconfig
would take those without a word, and the same report would come out otherwise on another machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from xml.sax.saxutils import escape

from weasyprint.text.fonts import FontConfiguration

_NAMED = "FONTCONFIG_FILE"
_HEAD = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
_alone = Lock()  # the environment is that of the whole process


def fonts_of(families: Iterable[str]) -> FontConfiguration:
    """Give WeasyPrint its fonts, without those that the machine has of the families of a style.

    Others of the machine stay, so that a sign that the style lacks is seen and told.

    Parameters
    ----------
    families
        The families that the style brings.
    """
    with _alone, TemporaryDirectory(prefix="evalkit-fonts-") as folder:
        file = Path(folder) / "fonts.conf"
        before = os.environ.get(_NAMED)
        file.write_text(_settings(families, before or "fonts.conf"), encoding="utf-8")
        with _environment(str(file), before):
            return FontConfiguration()


def _settings(families: Iterable[str], usual: str) -> str:
    rejected = "".join(
        f'<pattern><patelt name="family"><string>{escape(name)}</string></patelt></pattern>'
        for name in sorted(families)
    )
    return (
        f'{_HEAD}<fontconfig><include ignore_missing="yes">{escape(usual)}</include>'
        f"<selectfont><rejectfont>{rejected}</rejectfont></selectfont></fontconfig>"
    )


@contextmanager
def _environment(file: str, before: str | None) -> Iterator[None]:
    os.environ[_NAMED] = file
    try:
        yield
    finally:
        if before is None:
            del os.environ[_NAMED]
        else:
            os.environ[_NAMED] = before
