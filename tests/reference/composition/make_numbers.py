"""Make `numbers.json` with pyfixest: ``python make_numbers.py``, in an environment that has it.

Presence and covariates of the simulated panel with gaps, and shares and covariates of the simulated
cross-sections, regressed on treatment with cohort and period effects.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> None:
    import pandas as pd

    full = pd.read_csv(HERE.parent / "data" / "sim_panel.csv")
    seen = full[full["kept"] == 1]
    rows = pd.read_csv(HERE.parent / "data" / "sim_rcs.csv")
    sections = {}
    for g in (4, 5, 6, 7, 8):
        share = rows.assign(own=(rows["g"] == g) * 1.0, after=(rows["t"] >= g) * 1.0)
        sections[f"share of cohort {g}"] = [
            _fit("own ~ after", share, "id", one) for one in (None, "w")
        ]
    numbers = {
        "observed, by unit": _fit(f"kept {MODEL}", _treated(full), "unit"),
        "observed, by state": _fit(f"kept {MODEL}", _treated(full), "state"),
        "observed, weighted": _fit(f"kept {MODEL}", _treated(full), "unit", "w"),
        "x3, by unit": _fit(f"x3 {MODEL}", _treated(seen), "unit"),
        "x3, by state": _fit(f"x3 {MODEL}", _treated(seen), "state"),
        "x3, weighted": _fit(f"x3 {MODEL}", _treated(seen), "unit", "w"),
        "x1 of cross-sections": _fit(f"x1 {MODEL}", _treated(rows), "id"),
    }
    made = {
        "software": {"pyfixest": version("pyfixest")},
        "numbers": numbers,
        "shares": sections,
    }
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


MODEL = "~ treated | g + t"


def _treated(frame: Any) -> Any:
    return frame.assign(treated=((frame["g"] > 0) & (frame["t"] >= frame["g"])).astype(float))


def _fit(model: str, frame: Any, cluster: str, weights: str | None = None) -> list[float]:
    """Give the coefficient and its error with the factor G / (G - 1) alone."""
    import pyfixest as pf

    factor = pf.ssc(k_adj=False, G_adj=True)
    fit = pf.feols(model, frame, vcov={"CRV1": cluster}, weights=weights, ssc=factor)
    return [float(fit.coef().iloc[-1]), float(fit.se().iloc[-1])]


if __name__ == "__main__":
    main()
