"""Moments and periods, as the manual promises that they may be written."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evalkit.model import Moment, Period
from evalkit.model.moment import existing_day

# Written -> first year, last year, ongoing, print in Dutch, print in English.
WRITTEN = [
    ("2018–2021", 2018, 2021, False, "2018–2021", "2018–2021"),
    ("2018-2021", 2018, 2021, False, "2018–2021", "2018–2021"),
    ("2018 – 2021", 2018, 2021, False, "2018–2021", "2018–2021"),
    ("2021", 2021, 2021, False, "2021", "2021"),
    ("2013–heden", 2013, None, True, "2013–heden", "2013–present"),
    ("2013-heden", 2013, None, True, "2013–heden", "2013–present"),
    ("2013–present", 2013, None, True, "2013–heden", "2013–present"),
    ("vanaf 2022", 2022, None, False, "vanaf 2022", "from 2022"),
    ("from 2022", 2022, None, False, "vanaf 2022", "from 2022"),
    ("2022–", 2022, None, False, "vanaf 2022", "from 2022"),
    ("tot 2030", None, 2029, False, "tot 2030", "until 2030"),
    ("until 2030", None, 2029, False, "tot 2030", "until 2030"),
    ("t/m 2028", None, 2028, False, "t/m 2028", "through 2028"),
    ("through 2028", None, 2028, False, "t/m 2028", "through 2028"),
    ("voor 2017", None, 2016, False, "vóór 2017", "before 2017"),
    ("before 2017", None, 2016, False, "vóór 2017", "before 2017"),
    ("voor 2017–2023", None, 2023, False, "vóór 2017–2023", "before 2017–2023"),
    ("onbekend–2023", None, 2023, False, "t/m 2023", "through 2023"),
    ("unknown–2023", None, 2023, False, "t/m 2023", "through 2023"),
    ("onbekend", None, None, False, "onbekend", "unknown"),
    ("onbekend–heden", None, None, True, "onbekend–heden", "unknown–present"),
    ("2025-H1", 2025, 2025, False, "eerste helft 2025", "first half of 2025"),
    ("2025-Q3", 2025, 2025, False, "derde kwartaal 2025", "third quarter of 2025"),
    ("2021-09–2021-12", 2021, 2021, False, "september 2021 – december 2021",
     "September 2021 – December 2021"),
    ("2023-02-03", 2023, 2023, False, "3 februari 2023", "3 February 2023"),
    ("2023-02-03 – heden", 2023, None, True, "3 februari 2023 – heden",
     "3 February 2023 – present"),
    ("2020-H2–2022", 2020, 2022, False, "tweede helft 2020 – 2022", "second half of 2020 – 2022"),
    ("voor 2017-H1–2020", None, 2020, False, "vóór eerste helft 2017 – 2020",
     "before first half of 2017 – 2020"),
    ("tot 2030-07-01", None, 2030, False, "tot 1 juli 2030", "until 1 July 2030"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last", "ongoing", "nl", "en"), WRITTEN)
def test_written_form(text, first, last, ongoing, nl, en) -> None:
    period = Period.parse(text)
    assert (period.first_year, period.last_year, period.ongoing) == (first, last, ongoing)
    assert period.prose("nl") == str(period) == nl
    assert period.prose("en") == en
    assert Period.from_json(period.to_json()) == period


@pytest.mark.parametrize("row", [row for row in WRITTEN if "-" not in row[0]])
def test_what_is_printed_reads_back_as_the_same(row) -> None:
    period = Period.parse(row[0])
    assert Period.parse(period.prose("nl")) == Period.parse(period.prose("en")) == period


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "",
            "is not a moment; write, with – between two ends, for instance 2021, 2018–2021",
        ),
        ("21", "is not a moment"),
        ("2021-9", "is not a moment"),
        ("2021-13", "is not a moment that exists"),
        ("2021-00", "is not a moment that exists"),
        ("2021-02-30", "is not a moment that exists"),
        ("2021-02-29", "is not a moment that exists"),
        ("1900-02-29", "is not a moment that exists"),
        ("1499", "is not a moment that exists"),
        ("2501", "is not a moment that exists"),
        ("2021-H3", "is not a moment"),
        ("2021-Q5", "is not a moment"),
        ("٢٠٢١", "is not a moment"),
        ("vanaf", "is not a moment"),
        ("tot morgen", "is not a moment"),
        ("–", "is not a moment"),
        ("2020–2021–2022", "is not a moment"),
        ("sinds 2022", "is not a moment"),
        ("2021–2018", "the period ends (2018) before it begins (2021)"),
        ("2021-H2–2021-H1", "ends (eerste helft 2021) before it begins (tweede helft 2021)"),
    ],
)
def test_what_is_no_period(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        Period.parse(text)
    assert says in str(caught.value)
    assert not isinstance(caught.value, ValidationError)


@pytest.mark.parametrize("text", ["2024-02-29", "2000-02-29", "2021-02-28"])
def test_days_of_february(text: str) -> None:
    assert Moment.parse(text).day is not None


def test_moments_in_order() -> None:
    order = ["2021-01-01", "2021-H1", "2021-02", "2021-Q2", "2021-H2", "2021-12-31"]
    firsts = [Moment.parse(text).first for text in order]
    assert firsts == sorted(firsts)
    assert Moment.parse("2021-H1").last == Moment.parse("2021-Q2").last
    assert Moment.parse("2021").first < Moment.parse("2021").last
    assert Moment.parse("2021-Q3").first == (2021, 7, 1)


@pytest.mark.parametrize("text", ["2021", "2025-H2", "2025-Q4", "2021-09", "2023-02-03"])
def test_moment_survives_json(text: str) -> None:
    moment = Moment.parse(text)
    assert Moment.from_json(moment.to_json()) == moment


@pytest.mark.parametrize(
    ("text", "years", "covered", "not_covered"),
    [
        ("2018–2021", (2018, 2019, 2020, 2021), [2018, 2021], [2017, 2022]),
        ("2013–heden", (), [2013, 2099], [2012]),
        ("tot 2030", (), [1900, 2029], [2030]),
        ("voor 2017–2019", (), [2015, 2019], [2020]),
        ("onbekend", (), [1900, 2100], []),
    ],
)
def test_years(text: str, years, covered: list[int], not_covered: list[int]) -> None:
    period = Period.parse(text)
    assert period.years == years
    assert all(period.covers(year) for year in covered)
    assert not any(period.covers(year) for year in not_covered)


@pytest.mark.parametrize("written", ["31-02-2025", "30 februari 2025", "31/6/2025", "2025-02-30"])
def test_a_date_of_publication_exists(written: str) -> None:
    with pytest.raises(ValueError, match="not a day that exists"):
        existing_day(written)


@pytest.mark.parametrize("written", ["28-02-2025", "november 2025", "najaar 2025", "3 maart 2025"])
def test_a_date_of_publication_may_be_in_words(written: str) -> None:
    assert existing_day(written) == written


def test_a_report_says_that_a_start_is_unknown() -> None:
    assert Period.parse("onbekend–heden").told("nl") == "begin onbekend"
    assert Period.parse("unknown–present").told("en") == "start unknown"
    assert Period.parse("2013–heden").told("nl") == "2013–heden"
