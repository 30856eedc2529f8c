"""Make `numbers.json` with pyfixest: ``python make_numbers.py``, in an environment that has it.

Eight states of castle, two treated from 2006 on and one from 2007 on: each of the 168 ways to deal
these cohorts over the states is estimated by two-way fixed effects.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from itertools import permutations
from pathlib import Path

HERE = Path(__file__).parent
STATES = (1, 2, 4, 5, 6, 7, 8, 43)
"""Alabama and Alaska (2006), Tennessee (2007), and five that are never treated."""


def main() -> None:
    import pandas as pd
    import pyfixest as pf

    frame = pd.read_csv(HERE.parent / "data" / "castle.csv")
    frame = frame[frame["sid"].isin(STATES)]
    dealt = sorted(frame.drop_duplicates("sid")["effyear"])
    found = []
    for deal in sorted(set(permutations(dealt))):
        g = frame["sid"].map(dict(zip(STATES, deal, strict=True)))
        one = frame.assign(treated=((g > 0) & (frame["year"] >= g)).astype(float))
        fit = pf.feols("l_homicide ~ treated | sid + year", one, vcov={"CRV1": "sid"})
        row = [*map(int, deal), float(fit.coef().iloc[0]), float(fit.se().iloc[0])]
        found.append(row)
    made = {
        "software": {"pyfixest": version("pyfixest")},
        "states": STATES,
        "assignments": found,
    }
    text = json.dumps(made).replace("], [", "],\n[")
    (HERE / "numbers.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
