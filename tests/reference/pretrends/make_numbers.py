"""Make `numbers.json` with pyfixest: ``python make_numbers.py``, in an environment that has it.

The joint test of the coefficients before treatment in an event study of mpdta, fixest's own.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> None:
    import pandas as pd

    frame = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    frame["state"] = frame["countyreal"] // 1000
    start = frame["first.treat"]
    frame["rel"] = (frame["year"] - start).where(start > 0, -1)
    numbers = {by: _test(frame, by) for by in ("countyreal", "state")}
    made = {"software": {"pyfixest": version("pyfixest")}, "numbers": numbers}
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _test(frame: Any, by: str) -> dict[str, float]:
    import numpy as np
    import pyfixest as pf

    fit = pf.feols("lemp ~ i(rel, ref=-1) | countyreal + year", frame, vcov={"CRV1": by})
    event = [int(float(str(name).split("::")[1])) for name in fit.coef().index]
    restrictions = np.eye(len(event))[[at for at, time in enumerate(event) if time < -1]]
    found = fit.wald_test(R=restrictions, distribution="chi2")
    after = np.where(np.array(event) >= 0, 1.0, 0.0)
    after /= after.sum()
    average, spread = after @ fit._beta_hat, np.sqrt(after @ fit._vcov @ after)
    return {
        "statistic": float(found["statistic"]),
        "restrictions": len(restrictions),
        "clusters": int(frame[by].nunique()),
        "average_effect": float(average),
        "average_std_error": float(spread),
    }


if __name__ == "__main__":
    main()
