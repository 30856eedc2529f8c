"""A plot as the last line of a cell of a notebook: the picture is there, and there once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="notebooks are run with nbclient")
nbclient = pytest.importorskip("nbclient", reason="notebooks are run with nbclient")
pytest.importorskip("ipykernel", reason="notebooks are run with ipykernel")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Seconds that a cell may take on a busy machine."""

MADE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import pandas as pd
import evalkit as ek

rows = [
    (unit, year, 2.0 * (0 < start <= year) + unit % 5 + year % 3 + unit * year % 7 / 10, start)
    for unit in range(60)
    for start in [(0, 2012, 2013)[unit % 3]]
    for year in range(2009, 2016)
]
frame = pd.DataFrame(rows, columns=["unit", "year", "jobs", "start"])
panel = ek.Panel(frame, unit="unit", time="year", outcome="jobs", cohort="start")
fit = ek.did.group_time(panel)
"""
TWICE = "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nfigure"
"""What evalkit must not do, so that the count is seen to tell."""


def pictures(*cells: str) -> list[int]:
    """Run a notebook and count the pictures below each cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    kernel = {"name": "python3", "language": "python", "display_name": "this Python"}
    notebook.metadata["kernelspec"] = kernel
    done = nbclient.NotebookClient(notebook, timeout=PATIENCE, startup_timeout=PATIENCE).execute()
    outputs = [cell["outputs"] for cell in done["cells"]]
    return [sum("image/png" in one.get("data", {}) for one in own) for own in outputs]


def test_every_plot_is_shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    shown = pictures(
        MADE,
        "fit.plot()",
        "fit.aggregate('event').plot()",
        "ek.checks.pretrends(fit).plot()",
        "ek.did.batch(panel, designs=[ek.did.group_time, ek.did.imputation]).plot()",
        "fit.plot(cohort=2012)\nNone",
        "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nfit.plot(ax, cohort=2013)",
        TWICE,
    )
    assert shown == [0, 1, 1, 1, 1, 1, 1, 2]


def test_a_script_shows_and_saves_all_panels(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.use("Agg")
    plt.close("all")
    made: dict[str, Any] = {}
    exec(MADE, made)  # noqa: S102  the text above
    figure = made["fit"].plot().figure
    assert plt.get_fignums() == [figure.number]  # so that plt.show() shows it
    assert len(figure.axes) == 2
    figure.savefig(tmp_path / "panels.png")
    assert (tmp_path / "panels.png").stat().st_size > 5000
    plt.close(figure)
