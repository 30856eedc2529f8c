from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from evalkit.checks import randomisation
from evalkit.checks.randomisation import _assignments, _every
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError

from .conftest import make_panel, plain_did


def four_units():
    # Changes 5, 4, 1, 0; the first two are treated.
    frame = pd.DataFrame(
        {
            "unit": np.repeat([1, 2, 3, 4], 2),
            "t": [1, 2] * 4,
            "y": [0.0, 5, 0, 4, 0, 1, 0, 0],
            "g": np.repeat([2, 2, 0, 0], 2),
        }
    )
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g")


def test_by_hand():
    found = randomisation(four_units(), plain_did, statistic="estimate")
    # Six ways to treat two of four; 4.5 - 0.5 = 4 is the largest, with its mirror image -4.
    assert found.figures["assignments"] == 6
    assert found.figures["statistic"] == 4.0
    assert found.figures["p_value"] == pytest.approx(2 / 6)
    assert sorted(found.table["estimate"]) == [-4, -1, 0, 0, 1, 4]
    assert found.outcome == "not decisive"


def test_every_assignment_is_taken_once():
    dealt = np.array([0, 4, 4, 5, 0])
    deals = {tuple(deal) for deal in _every(dealt)}
    assert len(deals) == _assignments(dealt) == 30
    two = {tuple(np.isin(np.arange(5), pair).astype(int)) for pair in combinations(range(5), 2)}
    assert {tuple(deal) for deal in _every(np.array([1, 1, 0, 0, 0]))} == two


def test_finds_an_effect_and_nothing():
    assert randomisation(make_panel(), plain_did, draws=99).outcome == "passed"
    none = randomisation(make_panel(effect=0.0, seed=3), plain_did, draws=99)
    assert none.figures["p_value"] > 0.05
    assert none.outcome == "not decisive"


def test_clusters_are_dealt_whole():
    found = randomisation(make_panel(cluster="cluster"), plain_did, draws=49)
    assert "15 clusters" in found.notes[0]


def test_cohorts_that_vary_within_clusters():
    panel = make_panel()
    mixed = Panel(panel.frame.assign(cluster=panel.frame["unit"] % 4), cluster="cluster",
                  unit="unit", time="t", outcome="y", cohort="g")  # fmt: skip
    assert "60 units" in randomisation(mixed, plain_did, draws=19).notes[0]
    with pytest.raises(PanelError, match="vary within 4 of 4 clusters"):
        randomisation(mixed, plain_did, by="cluster")


def test_the_seed_decides():
    panel = make_panel(effect=0.1)
    first = randomisation(panel, plain_did, draws=30, seed=1)
    second = randomisation(panel, plain_did, draws=30, seed=1)
    other = randomisation(panel, plain_did, draws=30, seed=2)
    assert first.table.equals(second.table)
    assert not first.table.equals(other.table)


def test_refusals(panel):
    with pytest.raises(EvalkitError, match="is unknown"):
        randomisation(panel, plain_did, statistic="rank")
    with pytest.raises(PanelError, match="nobody"):
        randomisation(make_panel(cohorts=(0,)), plain_did)
