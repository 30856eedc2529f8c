"""A chart of bars: standing or, where their names are long, lying."""

from __future__ import annotations

from evalkit.language.numbers import Language
from evalkit.report.figures.bars import Chart
from evalkit.report.figures.bars_lying import Lying
from evalkit.report.figures.bars_standing import Standing
from evalkit.report.figures.plot_frame import WIDTH
from evalkit.report.figures.svg import drawing

_MOST = 225.0  # millimetres: what a page has room for, with a caption


def bar_chart(chart: Chart, lang: Language, *, alt: str) -> str | None:
    """Draw a chart of bars: standing when their names fit beneath, else lying.

    None when its names take more room than a page has.
    """
    standing = Standing(chart, lang)
    plot = standing if standing.fits else Lying(chart, lang)
    if plot.height > _MOST:
        return None
    return drawing(WIDTH, plot.height, plot.parts(), alt=alt)
