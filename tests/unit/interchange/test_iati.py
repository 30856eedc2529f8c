"""Cases as IATI 2.03 activities and back, but for the losses that are listed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from evalkit.errors import CaseError
from evalkit.interchange.element import read_xml
from evalkit.interchange.from_iati import from_iati
from evalkit.interchange.gather import gather
from evalkit.interchange.iati_case import iati_into, read_iati
from evalkit.interchange.iati_structure import structure_problems
from evalkit.interchange.losses import told, without
from evalkit.interchange.tabulate import normal, tabulate
from evalkit.interchange.to_iati import to_iati
from evalkit.interchange.written import Written, read_written
from evalkit.io.case import load_case
from evalkit.io.shipped import shipped_cases

FOREIGN = """\
<iati-activities version="2.03">
  <iati-activity xml:lang="en" default-currency="USD">
    <iati-identifier>NL-KVK-1-A7</iati-identifier>
    <reporting-org ref="NL-KVK-1" type="22"><narrative>Schools Trust</narrative></reporting-org>
    <title><narrative>More schools</narrative></title>
    <description><narrative>Builds schools.</narrative></description>
    <participating-org role="1"><narrative>A donor</narrative></participating-org>
    <participating-org role="4"><narrative>A builder</narrative></participating-org>
    <activity-status code="2"/>
    <activity-date iso-date="2020-01-01" type="2"/>
    <activity-date iso-date="2023-12-31" type="3"/>
    <contact-info type="1"/>
    <budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
      <value value-date="2020-01-01">1500000.50</value></budget>
    <document-link format="application/pdf" url="https://example.org/a.pdf">
      <title><narrative>Final report</narrative></title><category code="A07"/>
      <document-date iso-date="2023-05-01"/></document-link>
    <result type="1"><title><narrative>Schools</narrative></title>
      <indicator measure="1"><title><narrative>Schools built</narrative></title>
        <baseline year="2019" value="10"/>
        <period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/>
          <target value="40"/><actual value="35"/></period>
        <period><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/>
          <actual value="1250"/></period>
      </indicator></result>
  </iati-activity>
</iati-activities>
"""


def canon(instruments: Any, language: str) -> Any:
    """Give instruments in one way of writing: `[a]` is `a`, and `{value, year}` is `… in …`."""
    return gather(tabulate(Written({"instruments": instruments}, (), language))).data


@pytest.mark.parametrize("slug", shipped_cases())
def test_shipped_cases_come_back_but_for_what_is_listed(slug: str) -> None:
    written, _ = read_written(slug)
    made = to_iati(slug)
    found = from_iati(made.text.encode(), f"{slug}.xml")
    gone = [*made.losses, *made.filled]
    kept = without(normal(written.data), made.losses)["instruments"]
    kept = without(
        {"instruments": kept}, [one for one in made.filled if one.loc[-1] == "references"]
    )
    back = without(dict(found), gone)["instruments"]
    mine = without(kept, [one for one in made.filled if one.loc[-1] in ("status", "description")])
    assert canon(back, written.language) == canon(
        without(mine, made.filled)["instruments"], written.language
    )
    for loss in made.losses:  # each of them is a key of the case, that is said
        here: Any = normal(written.data)
        for part in loss.loc[: -1 if loss.loc[-1] in ("nl", "en") else None]:
            here = here[part]
        assert here


@pytest.mark.parametrize("slug", ["menselijk-kapitaal", "talentstrategie"])
def test_what_was_filled_in_does_not_come_back_as_said(slug: str) -> None:
    """Only documents come back as more than was said: as references."""
    written, _ = read_written(slug)
    made = to_iati(slug)
    found = from_iati(made.text.encode(), f"{slug}.xml")
    back = without(dict(found), [o for o in made.filled if o.loc[-1] == "references"])
    kept = without(normal(written.data), made.losses)
    back = without(back, made.losses)
    assert canon(back["instruments"], "nl") == canon(kept["instruments"], "nl")


@pytest.mark.parametrize("slug", shipped_cases())
def test_the_file_holds_to_the_standard(slug: str) -> None:
    made = to_iati(slug)
    assert structure_problems(read_xml(made.text.encode(), "x.xml"), "x.xml") == []
    assert to_iati(slug).text == made.text
    for case in (load_case(slug),):
        assert made.text.count("<iati-activity ") == len(case.instruments)


@pytest.mark.parametrize("slug", shipped_cases())
def test_the_file_holds_to_the_rules_besides_the_schema(slug: str) -> None:
    """Of the rules of the standard: every activity began, and what is measured has a number."""
    top = read_xml(to_iati(slug).text.encode(), "x.xml")
    for activity in top.all("iati-activity"):
        dates = {one.attributes["type"]: one.attributes["iso-date"]
                 for one in activity.all("activity-date")}  # fmt: skip
        assert {"1", "2"} & dates.keys()
        assert sorted(dates.values()) == [dates[kind] for kind in sorted(dates)]
        for result in activity.all("result"):
            (indicator,) = result.all("indicator")
            found = [*indicator.all("baseline")]
            for period in indicator.all("period"):
                found += [*period.all("target"), *period.all("actual")]
            if indicator.attributes["measure"] != "5":
                assert all("value" in one.attributes for one in found)


def test_what_has_an_end_alone_is_given_a_beginning(small_case: Path) -> None:
    path = small_case / "instruments/premie.yaml"
    text = path.read_text("utf-8")
    (line,) = (one for one in text.splitlines() if one.startswith("period:"))
    for said, first in (("t/m 2019", "2018-01-01"), ("t/m 2016", "2016-01-01")):
        path.write_text(text.replace(line, f"period: {said}"), "utf-8")
        made = to_iati(small_case)
        assert f'<activity-date iso-date="{first}" type="1">' in made.text
        assert f"instruments/premie/period: IATI asks when it began; it is given {first}" in told(
            made.filled
        )
        loaded, _ = iati_into(made.text.encode(), "x.xml", small_case.resolve(), "kleine-casus")
        assert str(loaded.case.instruments["premie"].period).replace("t/m ", "") == said[4:]


def test_losses_are_named_with_their_reason(small_case: Path) -> None:
    text = told(to_iati(small_case).losses)
    assert "instruments/premie/links: IATI has no links between results" in text
    assert "instruments/premie/output/plekken/measured: IATI has no way of measuring" in text
    assert "instruments/premie/input/budget/total: IATI has no total of an indicator" in text


def test_numbers_stand_in_full_and_as_written(small_case: Path) -> None:
    text = to_iati(small_case).text
    assert '<value currency="EUR" value-date="2018-01-01">2000000</value>' in text
    assert '<actual value="2000000">' in text
    assert "<narrative>2,0 mln. euro</narrative>" in text
    assert '<baseline year="2013" value="35">' in text


def test_laid_over_its_own_case_nothing_changes(small_case: Path) -> None:
    data = to_iati(small_case).text.encode()
    loaded, _ = iati_into(data, "x.xml", small_case.resolve(), "kleine-casus")
    assert loaded.changes() == {}


def test_a_changed_value_changes_its_key_alone(small_case: Path) -> None:
    path = small_case / "instruments/premie.yaml"
    before = path.read_text("utf-8")
    text = to_iati(small_case).text.replace('value="57"', 'value="58"')
    with pytest.raises(CaseError, match="the value 58 and its comment '57 procent in 2016' differ"):
        iati_into(text.encode(), "x.xml", small_case.resolve(), "kleine-casus")
    text = text.replace("57 procent in 2016", "58 procent in 2016")
    loaded, _ = iati_into(text.encode(), "x.xml", small_case.resolve(), "kleine-casus")
    assert loaded.changes() == {"instruments/premie.yaml": before.replace("57 pro", "58 pro")}


def test_activities_of_others_become_a_case(tmp_path: Path) -> None:
    file = tmp_path / "trust.xml"
    file.write_text(FOREIGN, "utf-8")
    with pytest.raises(CaseError, match=r"trust.xml:2: the type of instrument .* is not given"):
        read_iati(file, tmp_path / "trust")
    loaded, unread = read_iati(file, tmp_path / "trust", "subsidie")
    assert unread == {"contact-info": 1}
    loaded.write(tmp_path / "trust")
    one = load_case(tmp_path / "trust").instruments["a7"]
    assert (one.name, str(one.period), one.executor) == ("More schools", "2020–2023", "A builder")
    assert one.budget is None
    assert str(one.input["budget"].per_year[2020]) == "1.500.000,50\N{NO-BREAK SPACE}USD"
    (node,) = one.output.values()
    assert node.text == "Schools built"
    assert node.target is not None
    assert node.target.year == 2021
    assert [int(value.amount or 0) for value in node.per_year.values()] == [35, 1250]
    assert [one.source for one in one.references] == ["final-report"]


def test_what_does_not_hold_to_the_standard_is_named_by_its_line() -> None:
    text = (
        FOREIGN.replace('<activity-status code="2"/>', "")
        .replace('role="4"', 'role="9"')
        .replace("2023-12-31", "2023-02-31")
        .replace('<indicator measure="1">', "<indicator>")
        .replace("1500000.50", "veel")
        .replace('<contact-info type="1"/>', '<sektor code="1"/>')
    )
    with pytest.raises(CaseError) as caught:
        from_iati(text.encode(), "x.xml", "subsidie")
    found = str(caught.value)
    for said in (
        "x.xml:2: <iati-activity> lacks <activity-status>",
        "x.xml:8: '9' is no value for participating-org/@role",
        "'2023-02-31' is no day that exists",
        "<sektor> cannot stand in <iati-activity>\n    hint: did you mean 'sector'?",
        "'veel' cannot stand in <value>",
        "<indicator> lacks the attribute 'measure'",
    ):
        assert said in found


def test_entities_and_other_files_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><iati-activities version="2.03"/>'
    for data, said in (
        (bomb, "declares a DOCTYPE"),
        (b"<iati-activities", "this is not XML"),
        (b"<html/>", "holds <html>, not <iati-activities>"),
    ):
        with pytest.raises(CaseError, match=said):
            from_iati(data, "x.xml")


def test_a_budget_of_years_that_overlap_is_refused() -> None:
    text = FOREIGN.replace('period-end iso-date="2020-12-31"', 'period-end iso-date="2021-06-30"')
    with pytest.raises(CaseError, match="this <budget> is of more than a year"):
        from_iati(text.encode(), "x.xml", "subsidie")


def test_new_activities_bring_their_themes_and_goals(small_case: Path, tmp_path: Path) -> None:
    other = tmp_path / "andere-casus"
    shutil.copytree(small_case, other)
    text = to_iati(small_case).text.replace("id:premie", "id:bonus")
    text = text.replace("goal:banen", "goal:loon").replace("Meer banen", "Meer loon")
    loaded, _ = iati_into(text.encode(), "x.xml", other.resolve(), "andere-casus")
    assert sorted(loaded.case.instruments) == ["bonus", "premie"]
    assert loaded.case.theory.goals["loon"].name == "Meer loon"
