import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from evalkit.checks import (
    honest,
    leave_one_out,
    overlap,
    placebo,
    placebo_groups,
    power,
    pretrends,
    randomisation,
)
from evalkit.panel import Panel

from .conftest import make_panel, make_study, plain_did


def with_covariate():
    panel = make_panel()
    by_unit = np.random.default_rng(0).normal(size=panel.n_units)
    frame = panel.frame.assign(x=by_unit[panel.unit])
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g")


def study():
    return make_study([-4, -3, -2, 0, 1], [0.1, -0.1, 0.15, 1, 2], 0.02 * np.eye(5))


DRAWN = {
    "honest": lambda: honest(study()),
    "leave one out": lambda: leave_one_out(make_panel(), plain_did),
    "one cohort left out": lambda: leave_one_out(make_panel(cohorts=(0, 4)), plain_did),
    "overlap": lambda: overlap(with_covariate(), ["x"]),
    "placebo": lambda: placebo(make_panel(), plain_did),
    "placebo groups": lambda: placebo_groups(make_panel(), plain_did, draws=40),
    "power": lambda: power(1.0),
    "pretrends": lambda: pretrends(study()),
    "randomisation": lambda: randomisation(make_panel(), plain_did, draws=19),
}


@pytest.mark.parametrize("name", DRAWN)
def test_draws_a_figure_of_its_own(name):
    mpl.use("Agg")
    ax = DRAWN[name]().plot()
    ax.figure.canvas.draw()
    assert ax.has_data()
    assert ax.get_xlabel()
    plt.close(ax.figure)


@pytest.mark.parametrize("name", DRAWN)
def test_draws_on_given_axes(name):
    ax = Figure().subplots()
    assert DRAWN[name]().plot(ax) is ax


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
