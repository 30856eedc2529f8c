"""Make `numbers.json` with wildboottest: ``python make_numbers.py``, in an environment that has it.

Counties of nine states of mpdta, clustered by state, so that all 512 sign vectors are run through.
County effects are taken out first: they are nested in the states, and a statistic keeps its value.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STATES = (8, 12, 17, 24, 27, 22, 38, 40, 45)


def main() -> None:
    import numpy as np
    import pandas as pd

    frame = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    frame["state"] = frame["countyreal"] // 1000
    frame = frame[frame["state"].isin(STATES)].reset_index(drop=True)
    frame["w"] = np.exp(frame["lpop"])
    start = frame["first.treat"]
    ever = start > 0
    frame["treated"] = (ever & (frame["year"] >= start)).astype(float)
    event = (frame["year"] - start).where(ever, -1)
    for other in (-4, -3, -2, 0, 1, 2, 3):
        frame[f"event {other}"] = (ever & (event == other)).astype(float)
    events = [name for name in frame if str(name).startswith("event")]
    events.remove("event 0")
    numbers = {
        "treated": _test(frame, ["treated"], None),
        "treated, weighted": _test(frame, ["treated"], "w"),
        "event time 0": _test(
            frame, ["event 0", *(one for one in events if one != "event 0")], None
        ),
        "treated, webb": _test(frame[frame["state"].isin(STATES[2:7])], ["treated"], None, "webb"),
    }
    made = {"software": {"wildboottest": version("wildboottest")}, "numbers": numbers}
    (HERE / "numbers.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _test(frame: Any, names: list[str], weights: str | None, kind: str = "rademacher") -> Any:
    """Test the first of `names`: its statistic, and the share of draws that are strictly larger."""
    import numpy as np
    import pandas as pd
    from wildboottest.wildboottest import WildboottestCL

    frame = frame.reset_index(drop=True)
    w = np.ones(len(frame)) if weights is None else frame[weights].to_numpy()
    years = pd.get_dummies(frame["year"], dtype=float).iloc[:, 1:]
    columns = pd.concat([frame[names], years, frame["lemp"]], axis=1)
    sums = (columns.mul(w, axis=0)).groupby(frame["countyreal"]).transform("sum")
    total = pd.Series(w).groupby(frame["countyreal"]).transform("sum")
    within = (columns - sums.div(total, axis=0)).mul(np.sqrt(w), axis=0).to_numpy()
    first = np.eye(within.shape[1] - 1)[0]
    test = WildboottestCL(
        X=within[:, :-1], Y=within[:, -1], cluster=frame["state"].to_numpy(), R=first,
        B=99_999, seed=1,
    )  # fmt: skip
    test.get_scores(bootstrap_type="11", impose_null=True, adj=False, cluster_adj=False)
    test.get_weights(weights_type=kind)
    test.get_numer()
    test.get_denom()
    test.get_tboot()
    test.get_vcov()
    test.get_tstat()
    drawn = np.abs(np.asarray(test.t_boot).ravel())
    own = abs(float(np.squeeze(test.t_stat)))
    return {
        "t_stat": own,
        "draws": len(drawn),
        "larger": int((drawn > own * (1 + 1e-9)).sum()),
        "ties": int((np.abs(drawn / own - 1) <= 1e-9).sum()),
    }


if __name__ == "__main__":
    main()
