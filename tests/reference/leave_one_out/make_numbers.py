"""Make `numbers.json` with pyfixest and csdid: ``python make_numbers.py``, where these are.

The effect in mpdta (counties) and castle (states, weighted), all and without each cohort.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NAMES = {
    "mpdta": ("countyreal", "year", "lemp", "first.treat"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
}


def main() -> None:
    numbers = {
        "mpdta, twfe": _without("mpdta", _twfe),
        "mpdta, group_time": _without("mpdta", _group_time),
        "castle, twfe": _without("castle", _twfe),
        "castle, twfe, weighted": _without("castle", _twfe, weights="popwt"),
    }
    made = {
        "software": {name: version(name) for name in ("pyfixest", "csdid")},
        "numbers": numbers,
    }
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _without(data: str, estimator: Any, **options: str) -> dict[str, list[float]]:
    import pandas as pd

    frame = pd.read_csv(HERE.parent / "data" / f"{data}.csv")
    names = dict(zip(NAMES[data], ("unit", "t", "y", "g"), strict=True))
    frame = frame.rename(columns=names)
    found = {"all": estimator(frame, **options)}
    for g in sorted(set(frame["g"]) - {0}):
        found[str(g)] = estimator(frame[frame["g"] != g], **options)
    return found


def _twfe(frame: Any, weights: str | None = None) -> list[float]:
    import pyfixest as pf

    frame = frame.assign(treated=((frame["g"] > 0) & (frame["t"] >= frame["g"])).astype(float))
    fit = pf.feols("y ~ treated | unit + t", frame, vcov={"CRV1": "unit"}, weights=weights)
    return [float(fit.coef().iloc[0]), float(fit.se().iloc[0])]


def _group_time(frame: Any) -> list[float]:
    from csdid.att_gt import ATTgt

    frame = frame[["unit", "t", "y", "g"]].reset_index(drop=True)
    fit = ATTgt("y", "t", "unit", "g", frame, control_group=["nevertreated"])
    simple = fit.fit(est_method="reg", bstrap=False).aggte("simple", bstrap=False, cband=False)
    return [float(simple.atte["overall_att"]), float(simple.atte["overall_se"])]


if __name__ == "__main__":
    main()
