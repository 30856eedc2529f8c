"""Make `numbers.json` with pyfixest and csdid: ``python make_numbers.py``, where these are.

Each pretended treatment of mpdta is written out: the rows that are left, and who is called
treated from when on.
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
    dates = []
    for start in (2006, 2007):
        for shift in (1, 2):
            kept = frame[frame["first.treat"].isin([0, start]) & (frame["year"] < start)]
            g = kept["first.treat"].replace({start: start - shift})
            both = {"twfe": _twfe(kept, g), "group_time": _group_time(kept, g)}
            dates.append({"cohort": start, "shift": shift, **both})
    never = frame[frame["first.treat"] == 0]
    groups = []
    for state in pd.unique(never["state"]):
        g = (never["state"] == state) * 2007  # the largest cohort of mpdta
        groups.append({"state": int(state), "twfe": _twfe(never, g)})
    made = {
        "software": {name: version(name) for name in ("pyfixest", "csdid")},
        "dates": dates,
        "groups": groups,
    }
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _twfe(frame: Any, g: Any) -> list[float]:
    import pyfixest as pf

    frame = frame.assign(treated=((g > 0) & (frame["year"] >= g)).astype(float))
    fit = pf.feols("lemp ~ treated | countyreal + year", frame, vcov={"CRV1": "countyreal"})
    return [float(fit.coef().iloc[0]), float(fit.se().iloc[0]), float(fit.pvalue().iloc[0])]


def _group_time(frame: Any, g: Any) -> list[float]:
    from csdid.att_gt import ATTgt

    frame = frame.assign(g=g)[["countyreal", "year", "lemp", "g"]].reset_index(drop=True)
    fit = ATTgt("lemp", "year", "countyreal", "g", frame, control_group=["nevertreated"])
    simple = fit.fit(est_method="reg", bstrap=False).aggte("simple", bstrap=False, cband=False)
    return [float(simple.atte["overall_att"]), float(simple.atte["overall_se"])]


if __name__ == "__main__":
    main()
