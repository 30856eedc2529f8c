"""What must not change what a diagnostic finds, and what must change it in a known way.

Every diagnostic is tried on random panels whose rows are shuffled, units renamed and outcome
shifted, tilted by unit and period, and rescaled; with weights, on units split in two and on rows
that weigh nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evalkit import checks, did
from evalkit.panel import Panel

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")

SAME, SIZE, SIGNED = 0, 1, 2
"""A number that stays, that grows with the scale, or that takes its sign as well."""


def drawn(seed, cohorts=(0, 4, 5), units=6, periods=6):
    """Two units a cluster, all of one cohort; `x` moves, `w` is fixed by unit."""
    random = np.random.default_rng(seed)
    count = units * len(cohorts)
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(count), periods),
            "t": np.tile(np.arange(1, periods + 1), count),
            "g": np.repeat(cohorts, units * periods),
        }
    )
    frame["c"] = frame["unit"] // 2
    frame["w"] = np.repeat(random.uniform(0.5, 2, count), periods)
    frame["x"] = np.repeat(random.normal(size=count), periods) + random.normal(size=len(frame))
    treated = (frame["g"] > 0) & (frame["t"] >= frame["g"])
    level = np.repeat(random.normal(size=count), periods)
    return frame.assign(y=level + 0.3 * frame["t"] + treated + random.normal(size=len(frame)))


def panel_of(frame, **roles):
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)


def columns(found, by, **kinds):
    table = found.table.sort_values(by) if by else found.table
    return {name: (table[name].to_numpy(float), kind) for name, kind in kinds.items()}


def figures(found, **kinds):
    return {name: (found.figures[name], kind) for name, kind in kinds.items()}


def intervals(found, rows):
    """Ends of intervals as a set: a change of sign swaps them."""
    low, high = (found.table[name].to_numpy(float)[rows] for name in ("conf_low", "conf_high"))
    return {"middle": ((low + high) / 2, SIGNED), "reach": ((high - low) / 2, SIZE)}


def read_table(found, by="term"):
    return columns(found, by, estimate=SIGNED, std_error=SIZE, p_value=SAME)


def read_pretrends(found):
    return figures(
        found, statistic=SAME, p_value=SAME, power=SAME, slope_80=SIZE, bias_80=SIZE,
        bias_if_passed_80=SIZE, matters=SIZE, average_effect=SIGNED,
    )  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A diagnostic, what is read from it, and what it asks of the data."""

    check: object
    read: object
    data: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)
    rtol: float = 1e-6


CASES = {
    "pretrends": Case(
        lambda p, _: checks.pretrends(did.event_study(p, small_sample=False)), read_pretrends
    ),
    "honest": Case(
        lambda p, _: checks.honest(did.event_study(p, small_sample=False), weights="average"),
        lambda found: figures(found, breakdown_mbar=SAME, breakdown_m=SIZE)
        | intervals(found, slice(None)),
        rtol=1e-5,
    ),
    "placebo": Case(checks.placebo, read_table),
    "placebo_groups": Case(
        lambda p, e: checks.placebo_groups(p, e, groups="c"),
        read_table,
        {"cohorts": (0, 0, 4)},
    ),
    "leave_one_out": Case(
        checks.leave_one_out,
        lambda found: columns(found, "term", estimate=SIGNED, std_error=SIZE, change=SIGNED),
    ),
    "wild_bootstrap": Case(
        lambda p, _: checks.wild_bootstrap(p),
        lambda found: figures(found, p_value=SAME, treated_clusters=SAME)
        | intervals(found, slice(1, 2)),
        roles={"cluster": "c"},
        rtol=1e-5,
    ),
    "randomisation": Case(
        lambda p, e: checks.randomisation(p, e, statistic="estimate", by="cluster"),
        lambda found: figures(found, p_value=SAME, statistic=SIGNED, assignments=SAME)
        | {"spread": (np.sort(found.table["statistic"].abs()), SIZE)},
        {"cohorts": (0, 4), "units": 6},
        {"cluster": "c"},
    ),
    "jackknife": Case(
        checks.jackknife,
        lambda found: columns(found, None, estimate=SIGNED, std_error=SIZE, p_value=SAME),
        roles={"cluster": "c"},
    ),
    "overlap": Case(
        lambda p, _: checks.overlap(p, ["x"]),
        lambda found: columns(
            found, "cohort", greatest_treated=SAME, least_control=SAME, outside=SAME,
            difference=SAME, difference_weighted=SAME,
        ),
    ),
    "composition": Case(
        lambda p, _: checks.composition(p, ["x"]),
        lambda found: columns(
            found, "term", change=SAME, std_error=SAME, standardised=SAME, p_adjusted=SAME
        ),
        roles={"cluster": "c"},
    ),
    "power": Case(
        lambda p, e: checks.power(e(p), relevant=None),
        lambda found: figures(found, mde=SIZE, std_error=SIZE),
    ),
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", CASES)


def compare(name, frame, other, *, scale=1.0, roles=None, estimator=did.imputation):
    """Hold what is found in two frames against each other."""
    case = CASES[name]
    roles = case.roles | (roles or {})
    first, second = (case.check(panel_of(one, **roles), estimator) for one in (frame, other))
    assert second.outcome == first.outcome
    before, after = case.read(first), case.read(second)
    factors = {SAME: 1.0, SIZE: abs(scale), SIGNED: scale}
    for key, (value, kind) in before.items():
        expected = np.asarray(value, dtype=float) * factors[kind]
        size = np.nanmax(np.abs(expected[np.isfinite(expected)]), initial=0.0)
        np.testing.assert_allclose(
            after[key][0], expected, rtol=case.rtol, atol=case.rtol * size, err_msg=key
        )


def example(name, seed):
    return drawn(seed, **CASES[name].data)


ESTIMATORS = st.sampled_from([did.twfe, did.imputation])


@EVERY
@settings(max_examples=2)
@given(seed=st.integers(0, 10**6), estimator=ESTIMATORS)
def test_names_and_order_are_moot(name, seed, estimator):
    frame = example(name, seed)
    random = np.random.default_rng(seed)
    units, clusters = frame["unit"].max() + 1, frame["c"].max() + 1
    names = np.array([f"u{one:03}" for one in random.permutation(units)])
    towns = random.permutation(clusters) if name != "placebo_groups" else np.arange(clusters)
    other = frame.assign(unit=names[frame["unit"]], c=towns[frame["c"]])
    other = other.sample(frac=1, random_state=seed)
    compare(name, frame, other, estimator=estimator)


@EVERY
@settings(max_examples=2)
@given(
    seed=st.integers(0, 10**6),
    scale=st.floats(0.01, 1e3),
    sign=st.sampled_from([-1, 1]),
    constant=st.floats(-1e3, 1e3),
    estimator=ESTIMATORS,
)
def test_scale_and_level_of_the_outcome(name, seed, scale, sign, constant, estimator):
    frame = example(name, seed)
    other = frame.assign(y=sign * scale * (frame["y"] + constant))
    compare(name, frame, other, scale=sign * scale, estimator=estimator)


@EVERY
@settings(max_examples=2)
@given(seed=st.integers(0, 10**6), size=st.floats(0.1, 100), estimator=ESTIMATORS)
def test_what_is_a_units_or_a_periods_own_is_moot(name, seed, size, estimator):
    frame = example(name, seed)
    random = np.random.default_rng(seed + 1)
    own = random.normal(size=frame["unit"].max() + 1) * size
    common = random.normal(size=frame["t"].max() + 1) * size
    other = frame.assign(y=frame["y"] + own[frame["unit"]] + common[frame["t"]])
    compare(name, frame, other, estimator=estimator)


@EVERY
@settings(max_examples=2)
@given(seed=st.integers(0, 10**6), share=st.floats(0.1, 0.9))
def test_a_unit_split_in_two_of_its_cluster_is_the_unit(name, seed, share):
    frame = example(name, seed)
    if "cluster" not in CASES[name].roles:
        frame = frame.assign(c=frame["unit"])
    chosen = frame["unit"].isin(np.random.default_rng(seed).choice(frame["unit"].max() + 1, 3))
    twins = frame[chosen].assign(unit=frame["unit"] + 100, w=frame["w"] * (1 - share))
    other = pd.concat([frame.assign(w=frame["w"].where(~chosen, frame["w"] * share)), twins])
    roles = {"weights": "w", "cluster": "c"}
    if name == "wild_bootstrap":  # it prints a t test beside its own, and that one counts rows
        found = CASES[name].check(panel_of(frame, **roles), did.imputation)
        assume(abs(found.figures["p_value_t"] - 0.05) > 0.01)
    compare(name, frame, other, roles=roles)


@EVERY
@settings(max_examples=2)
@given(seed=st.integers(0, 10**6), estimator=ESTIMATORS)
def test_rows_of_weight_nought_are_none(name, seed, estimator):
    frame = example(name, seed)
    junk = drawn(seed + 1, **CASES[name].data).assign(w=0.0)
    junk = junk.assign(unit=junk["unit"] + 100, c=junk["c"] + 100, y=1e3 * junk["y"])
    compare(name, frame, pd.concat([frame, junk]), roles={"weights": "w"}, estimator=estimator)


@settings(max_examples=5)
@given(seed=st.integers(0, 10**6), scale=st.floats(-50, -0.02), constant=st.floats(-10, 10))
def test_units_of_a_covariate_are_moot(seed, scale, constant):
    frame = drawn(seed)
    compare("overlap", frame, frame.assign(x=scale * frame["x"] + constant))
    first, second = (
        checks.composition(panel_of(one, cluster="c"), "x").table
        for one in (frame, frame.assign(x=scale * frame["x"] + constant))
    )
    np.testing.assert_allclose(second["standardised"], -first["standardised"], rtol=1e-8)
    np.testing.assert_allclose(second["p_value"], first["p_value"], rtol=1e-8)
    # What is a cohort's or a period's own is in the effects of the regression.
    tilted = frame.assign(x=frame["x"] + 3.0 * frame["g"] - frame["t"] ** 2)
    third = checks.composition(panel_of(tilted, cluster="c"), "x").table
    np.testing.assert_allclose(third["change"], first["change"], rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(third["std_error"], first["std_error"], rtol=1e-8)


design = partial(checks.power_of_design, pre=3, post=2, variance=1.5)


@settings(max_examples=25)
@given(
    units=st.integers(20, 400),
    share=st.floats(0.2, 0.8),
    rho=st.floats(-0.5, 0.9),
    scale=st.floats(0.01, 100),
)
def test_power_of_a_design(units, share, rho, scale):
    own = design(units, treated=share, autocorrelation=rho).figures
    mirror = design(units, treated=1 - share, autocorrelation=rho).figures
    assert mirror["mde"] == pytest.approx(own["mde"])  # who is called treated is moot
    turned = design(units, treated=share, autocorrelation=rho, pre=2, post=3).figures
    assert turned["mde"] == pytest.approx(own["mde"])  # so is the direction of time
    rescaled = design(units, treated=share, autocorrelation=rho, variance=1.5 * scale**2).figures
    assert rescaled["mde"] == pytest.approx(scale * own["mde"])
    # Clusters whose members are all alike are units; those whose members are not, are not.
    alike = design(4 * units, treated=share, autocorrelation=rho, cluster_size=4, icc=1.0).figures
    assert alike["mde"] == pytest.approx(own["mde"])
    apart = design(units, treated=share, autocorrelation=rho, cluster_size=2).figures
    assert apart["std_error"] == pytest.approx(own["std_error"])
    assert design(2 * units, treated=share, autocorrelation=rho).figures["mde"] < own["mde"]
