"""Make `numbers.json` with pyfixest and csdid: ``python make_numbers.py``, where these are.

pyfixest's CRV3 errors, which leave out one cluster at a time, without its small-sample factor and
times the (G - 1) / G of the jackknife; and csdid, estimated anew without each state of mpdta.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> None:
    import pandas as pd

    castle = pd.read_csv(HERE.parent / "data" / "castle.csv")
    castle = castle.rename(
        columns={"sid": "unit", "year": "t", "l_homicide": "y", "effyear": "g", "popwt": "w"}
    )
    castle["cluster"] = castle["unit"]
    mpdta = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    mpdta = mpdta.rename(
        columns={"countyreal": "unit", "year": "t", "lemp": "y", "first.treat": "g"}
    )
    mpdta["cluster"] = mpdta["unit"] // 1000
    numbers = {
        "castle": _crv3(castle),
        "castle, weighted": _crv3(castle, "w"),
        "mpdta by state": _crv3(mpdta),
        "mpdta by state, group_time": _refits(mpdta),
    }
    made = {
        "software": {name: version(name) for name in ("pyfixest", "csdid")},
        "numbers": numbers,
    }
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _crv3(frame: Any, weights: str | None = None) -> dict[str, float]:
    import pyfixest as pf

    frame = frame.assign(treated=((frame["g"] > 0) & (frame["t"] >= frame["g"])).astype(float))
    fit = pf.feols(
        "y ~ treated | unit + t", frame, weights=weights, vcov={"CRV3": "cluster"},
        ssc=pf.ssc(k_adj=False, G_adj=False),
    )  # fmt: skip
    count = frame["cluster"].nunique()
    error = float(fit.se().iloc[0]) * ((count - 1) / count) ** 0.5
    return {"estimate": float(fit.coef().iloc[0]), "std_error": error, "clusters": count}


def _refits(frame: Any) -> dict[str, float]:
    own = _group_time(frame)
    clusters = sorted(set(frame["cluster"]))
    moves = [_group_time(frame[frame["cluster"] != one]) - own for one in clusters]
    count = len(clusters)
    error = ((count - 1) / count * sum(one**2 for one in moves)) ** 0.5
    return {"estimate": own, "std_error": error, "clusters": count}


def _group_time(frame: Any) -> float:
    from csdid.att_gt import ATTgt

    frame = frame[["unit", "t", "y", "g"]].reset_index(drop=True)
    fit = ATTgt("y", "t", "unit", "g", frame, control_group=["nevertreated"])
    simple = fit.fit(est_method="reg", bstrap=False).aggte("simple", bstrap=False, cband=False)
    return float(simple.atte["overall_att"])


if __name__ == "__main__":
    main()
