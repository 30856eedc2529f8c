"""What the picture of an event study shows."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from evalkit import did
from evalkit.checks.event_times import event_times
from evalkit.did.drawing import BEFORE_300, LINE, PETROL_300, apart
from evalkit.did.event_plot import base_times
from evalkit.errors import EvalkitError
from tests.unit.did.contract_panels import small_frame, small_panel

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def drawn(fit, **options):
    ax = Figure().subplots()
    fit.plot(ax, **options)
    return ax


def squares(ax):
    return next(list(line.get_xdata()) for line in ax.lines if line.get_marker() == "s")


def discs(ax):
    """Place, height and inside of every disc."""
    return [
        (x, y, line.get_markerfacecolor())
        for line in ax.lines
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


STUDIES = {
    "event_study": lambda: did.event_study(small_panel()),
    "sun_abraham": lambda: did.sun_abraham(small_panel()),
    "group_time": lambda: did.group_time(small_panel(), base_period="universal").aggregate("event"),
}


@pytest.mark.parametrize("name", STUDIES)
def test_it_shows_every_estimate_its_interval_and_its_band(name):
    fit = STUDIES[name]()
    ax = drawn(fit)
    known = fit.uniform().dropna(subset=["std_error"])
    assert [(x, y) for x, y, _ in discs(ax)] == list(
        zip(known["event_time"], known["estimate"], strict=True)
    )
    ends = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches[1:]]
    np.testing.assert_allclose(ends, known[["band_low", "band_high"]])
    intervals = np.vstack([part[:, 1] for one in ax.collections for part in one.get_segments()])
    np.testing.assert_allclose(intervals, known[["conf_low", "conf_high"]])


@pytest.mark.parametrize("name", STUDIES)
def test_what_lies_before_treatment_looks_otherwise(name):
    ax = drawn(STUDIES[name]())
    for x, _, inside in discs(ax):
        assert (inside == "white") == (x < 0)
    for bar in ax.patches[1:]:
        middle = bar.get_x() + bar.get_width() / 2
        colour = "#{:02X}{:02X}{:02X}".format(*(round(255 * one) for one in bar.get_facecolor()))
        assert colour == (BEFORE_300 if middle < 0 else PETROL_300)
    assert squares(ax) == [-1]
    dotted = [line for line in ax.lines if line.get_linestyle() == ":"]
    assert [line.get_xdata()[0] for line in dotted] == [-0.5]


def test_its_words():
    ax = drawn(did.event_study(small_panel()))
    assert {text.get_text() for text in ax.texts} == {
        "treatment",
        "reference",
        "uniform band, 95%",
        "pointwise, 95%",
        "estimate",
    }
    assert ax.get_title(loc="left") == "jobs"
    assert ax.get_xlabel() == "periods since treatment"
    assert ax.get_legend() is None


def test_several_references_are_all_marked():
    fit = did.event_study(small_panel(), reference=(-1, -3))
    assert squares(drawn(fit)) == [-3, -1]


def test_a_varying_base_has_no_reference():
    assert squares(drawn(did.group_time(small_panel()).aggregate("event"))) == []


def test_a_wanting_period_is_no_reference():
    """Periods that are two apart leave every other event time out."""
    frame = small_frame(cohorts=(0, 2005))
    panel = small_panel(frame=frame[frame["t"] % 2 == 1])
    fit = did.event_study(panel, reference=-2)
    assert fit.table["event_time"].tolist() == [-4, 0, 2, 4]
    assert squares(drawn(fit)) == [-2]
    assert event_times(fit).base == -2
    universal = did.group_time(panel, base_period="universal").aggregate("event")
    assert base_times(universal.table) == (-2,)
    assert event_times(universal).base == -2


def test_the_overall_effect_of_an_imputation_has_no_place_in_it():
    fit = did.imputation(small_panel(), pretrends=2)
    assert [x for x, _, _ in discs(drawn(fit))] == [-2, -1, 0, 1, 2, 3, 4]


def test_group_time_has_a_panel_for_each_cohort_on_the_same_scales():
    fit = did.group_time(small_panel(frame=small_frame(cohorts=(0, 2004, 2005, 2006, 2008))))
    panels = fit.plot().figure.axes
    assert [ax.get_title(loc="left")[:4] for ax in panels] == ["2004", "2005", "2006", "2008"]
    assert len({(*ax.get_xlim(), *ax.get_ylim()) for ax in panels}) == 1
    for ax in panels:
        own = fit.table[fit.table["cohort"] == int(ax.get_title(loc="left")[:4])]
        assert [y for _, y, _ in discs(ax)] == own["estimate"].tolist()


def test_group_time_draws_one_cohort_on_given_axes():
    fit = did.group_time(small_panel("dates"))
    ax = drawn(fit, cohort="2002-04-01")
    own = fit.table[fit.table["cohort"] == "2002-04-01"]
    assert [y for _, y, _ in discs(ax)] == own["estimate"].tolist()
    with pytest.raises(EvalkitError, match="no cohort 2003") as refused:
        fit.plot(cohort=2003)
    assert "2002-01-01, 2002-04-01" in str(refused.value)
    with pytest.raises(EvalkitError, match="no cohort is chosen"):
        fit.plot(Figure().subplots())


def test_long_names_under_the_axis_leave_some_out():
    years = did.group_time(small_panel()).aggregate("calendar")
    dates = did.group_time(small_panel("dates")).aggregate("calendar")
    assert len(drawn(years).get_xticks()) == len(years.table) == 5
    frame = small_frame(years=range(2001, 2010), cohorts=(0, 2002))
    long = did.group_time(small_panel("dates", frame)).aggregate("calendar")
    assert len(drawn(dates).get_xticks()) == 5
    assert len(drawn(long).get_xticks()) == 4
    assert len(long.table) == 8


def test_labels_stand_apart_and_inside():
    heights = apart([0.02, 0.01, 0.0, -0.5], 0.1)
    assert (np.diff(heights) <= -0.1 + 1e-12).all()
    assert min(heights) >= 0
    assert apart([0.9, 0.5, 0.1], 0.1) == [0.9, 0.5, 0.1]


def test_labels_of_a_narrow_band_do_not_lie_over_each_other():
    frame = small_frame().assign(jobs=lambda one: one["jobs"] * np.where(one["g"] > 0, 30, 1))
    ax = drawn(did.event_study(small_panel(frame=frame)))
    beside = [text for text in ax.texts if text.get_position()[0] == 1.02]
    heights = sorted(text.get_position()[1] for text in beside)
    assert len(heights) == 3
    assert (np.diff(heights) >= LINE * ax.figure.dpi / ax.bbox.height - 1e-9).all()
