"""The figure of a series beside what was to be expected."""

from __future__ import annotations

import re

import pytest

from evalkit.model.finding import Moment
from evalkit.report.figures.counterfactual import SeriesWords, counterfactual
from evalkit.report.figures.text import SANS, width

WORDS = SeriesWords(
    start="de inwerkingtreding van de Arbeidsomstandighedenregeling en van nog veel meer wetten",
    brief="de start",
    observed="gemeten",
    expected="gewogen vergelijkingsgroep",
    alt="Gemeten naast verwacht.",
    time="Kwartaal",
)


def series(periods: int, start: int, size: float = 1.0) -> list[Moment]:
    return [
        Moment(
            time=f"{2010 + at // 4}Q{at % 4 + 1}",
            observed=size * (10 + at + (at >= start)),
            expected=size * (10 + at),
            after=at >= start,
        )
        for at in range(periods)
    ]


@pytest.mark.parametrize(("periods", "start"), [(4, 2), (32, 20), (32, 31), (120, 3)])
@pytest.mark.parametrize("size", [0.001, 1.0, 125_000.0])
def test_everything_stays_on_the_drawing(periods: int, start: int, size: float) -> None:
    found = counterfactual(series(periods, start, size), WORDS, "nl", joined=True)
    height = float(re.search(r'viewBox="0 0 168 ([\d.]+)"', found.markup)[1])  # type: ignore[index]
    for x, y, rest, said in re.findall(
        r'<text x="(-?[\d.]+)" y="(-?[\d.]+)"([^>]*)>([^<]+)<', found.markup
    ):
        wide = width(said, SANS, 8) * (1.06 if 'weight="700"' in rest else 1.0)
        anchor = re.search(r'text-anchor="(\w+)"', rest)
        share = {"end": 1.0, "middle": 0.5}.get(anchor[1] if anchor else "", 0.0)
        assert float(x) - share * wide >= 0, said
        assert float(x) + (1 - share) * wide <= 168, said
        assert 0 < float(y) < height
    assert (
        min(float(v) for v in re.findall(r'(?:cx|cy|x1|y1|x2|y2)="(-?[\d.]+)"', found.markup)) > 0
    )


def test_the_axis_follows_the_series_and_not_nought() -> None:
    high = [
        Moment(time=one.time, observed=one.observed + 1000, expected=one.expected + 1000,
               after=one.after)
        for one in series(8, 4)
    ]  # fmt: skip
    ys = [float(y) for y in re.findall(r'cy="([\d.]+)"',
          counterfactual(high, WORDS, "nl", joined=False).markup)]  # fmt: skip
    assert max(ys) - min(ys) > 20


def test_points_are_joined_only_when_asked() -> None:
    joined = counterfactual(series(8, 4), WORDS, "nl", joined=True).markup
    loose = counterfactual(series(8, 4), WORDS, "nl", joined=False).markup
    assert joined.count("<line") - loose.count("<line") == 7
    assert joined.count("<circle") == loose.count("<circle") == 8


def test_what_was_expected_is_broken_after_the_start_only() -> None:
    markup = counterfactual(series(8, 4), WORDS, "nl", joined=False).markup
    assert markup.count('stroke-dasharray="1.2 0.9"') == 4


def test_the_data_hold_both_courses() -> None:
    head, *rows = counterfactual(series(4, 2), WORDS, "nl", joined=True).data
    assert head == ("Kwartaal", "gemeten", "gewogen vergelijkingsgroep")
    assert rows[0][0] == "2010Q1"
    assert [row[1:] for row in rows][2:] == [("13,00", "12,00"), ("14,00", "13,00")]
