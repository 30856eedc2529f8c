"""What some pictures of diagnostics show in particular; test_contract.py draws them all."""

import numpy as np
from matplotlib.figure import Figure

from evalkit.checks import honest, leave_one_out, placebo_groups, pretrends

from .conftest import make_panel, make_study, plain_did


def study():
    return make_study([-4, -3, -2, 0, 1], [0.1, -0.1, 0.15, 1, 2], 0.02 * np.eye(5))


def test_honest_draws_the_other_restriction_too():
    ax = Figure().subplots()
    honest(study()).plot(ax, restriction="smoothness")
    assert ax.get_xlabel() == "largest bend of the trend"
    assert ax.get_xticklabels()[0].get_text() == "original"


def test_many_placebos_are_numbered():
    few, many = Figure().subplots(), Figure().subplots()
    placebo_groups(make_panel(), plain_did, draws=20).plot(few)
    placebo_groups(make_panel(), plain_did, draws=40).plot(many)
    assert few.get_yticklabels()[0].get_text() == "draw 1"
    assert "draw 1" not in [text.get_text() for text in many.get_yticklabels()]


def test_trends_are_named_beside_their_lines():
    ax = Figure().subplots()
    pretrends(study()).plot(ax)
    assert ax.get_legend() is None
    assert {text.get_text() for text in ax.texts} == {
        "trend found half the time",
        "trend found with 80%",
    }


def test_the_estimate_of_all_cohorts_is_in_sight_when_none_could_be_left_out():
    ax = Figure().subplots()
    found = leave_one_out(make_panel(effect=9.0, cohorts=(0, 4)), plain_did)
    found.plot(ax)
    low, high = ax.get_xlim()
    assert low < found.figures["estimate"] < high
