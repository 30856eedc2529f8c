"""compliance.yaml: problems with their file and line, and what the shipped case says."""

import shutil

import pytest

from evalkit.errors import CaseError
from evalkit.io.case import load_case
from evalkit.io.shipped import shipped_case_dir
from evalkit.judgement.compliance.comply import comply
from evalkit.judgement.score import score_case
from evalkit.model import Case
from evalkit.model.label import labels_in

SLUG = "menselijk-kapitaal"
ROWS = {
    "rpe-2022": [
        ("theme", "present", False, ("sec-onderwerp",)),
        ("motive", "present", True, ("sec-onderwerp", "sec-rol")),
        ("theory", "present", False, ("sec-inleiding", "fig-theorie", "sec-beleidsmix")),
        ("instruments", "present", False, ("fig-ambities", "sec-beleidsmix")),
        ("spending", "explained", False, ("sec-beleidsmix", "sec-doelmatigheid")),
        ("evaluations", "present", False, ("bijlage-bronnen", "bijlage-schakels")),
        ("not-evaluated", "explained", False, ("sec-aanpak",)),
        ("effectiveness", "present", False, ("sec-doeltreffendheid", "fig-ladder")),
        ("efficiency", "explained", False, ("sec-doelmatigheid",)),
        ("side-effects", "explained", False, ("sec-samenhang",)),
        ("recommendations", "present", False, ("sec-aanbevelingen",)),
        ("less-means", "explained", False, ("sec-doelmatigheid",)),
        ("expert", "explained", False, ()),
        ("follow-up", "explained", False, ()),
    ],
    "oecd-dac": [
        ("relevance", "present", False, ("sec-spanning", "sec-dekking")),
        ("coherence", "present", False, ("sec-samenhang",)),
        ("effectiveness", "present", False, ("sec-doeltreffendheid", "fig-ladder")),
        ("efficiency", "explained", False, ("sec-doelmatigheid",)),
        ("impact", "explained", False, ("sec-doeltreffendheid",)),
        ("sustainability", "present", True, ("sec-doeltreffendheid", "sec-doelmatigheid")),
    ],
}


@pytest.fixture(scope="module")
def shipped() -> Case:
    return load_case(SLUG)


def test_the_rows_of_the_shipped_case(shipped):
    found = comply(shipped, score_case(shipped))

    assert {
        name: [(a.id, a.state, a.by_writer, a.at) for a in one.answers]
        for name, one in found.items()
    } == ROWS


def test_every_place_of_the_shipped_case_has_a_title(shipped):
    for found in comply(shipped, score_case(shipped)).values():
        assert all(title for answer in found.answers for title in answer.titles)


def test_numbers_of_the_shipped_case(shipped):
    spending = comply(shipped, score_case(shipped))["rpe-2022"]["spending"]
    known = [i.label for i in shipped.instruments.values() if (
        i.budget is not None and i.budget.unit == "euro" and not i.budget.per)]  # fmt: skip

    assert known == ["MKB!dee", "Omscholingsregeling", "NGF Opschaling PPS-en"]
    assert (
        "Van drie van de elf instrumenten is een totaalbudget in euro bekend."
        in (spending.detail["nl"])
    )
    # Three names say more than the eight of which no budget is known.
    assert (
        "Het gaat om: MKB!dee, Omscholingsregeling en NGF Opschaling PPS-en."
        in (spending.detail["nl"])
    )
    assert "Techniekpact" not in spending.detail["nl"]


BROKEN = """\
rpe-2022:
  theory: {at: fig-theori, because: De theorie is nog niet af.}
  expert:
    at:
      - sec-rol
      - sec-nergens-te-vinden-hier
    because: Er is nog geen deskundige gevraagd.
  spendin: {because: Er was geen geld voor.}
  follow-up: {becuase: Later.}
oecd:
beleidskompas: straks
"""


def test_problems_have_file_line_and_hint(tmp_path):
    folder = tmp_path / SLUG
    shutil.copytree(shipped_case_dir(SLUG), folder)
    (folder / "compliance.yaml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(folder)

    assert [(p.file, p.line, p.message, p.hint) for p in caught.value.problems] == [
        ("compliance.yaml", 2, "no heading, figure or table 'fig-theori'",
         "did you mean 'fig-theorie'?"),
        ("compliance.yaml", 6, "no heading, figure or table 'sec-nergens-te-vinden-hier'",
         "give the heading, figure or table this label: {#…}"),
        ("compliance.yaml", 8, "the regime 'rpe-2022' has no requirement 'spendin'",
         "did you mean 'spending'?"),
        ("compliance.yaml", 9, "unknown key 'becuase'", "did you mean 'because'?"),
        ("compliance.yaml", 10, "no regime 'oecd'", "did you mean 'oecd-dac'?"),
        ("compliance.yaml", 11, caught.value.problems[-1].message,
         caught.value.problems[-1].hint),
    ]  # fmt: skip
    assert "keys are expected here" in caught.value.problems[-1].message


LAZY = """\
rpe-2022:
  motive: {at: sec-onderwerp}
  side-effects: {at: sec-onderwerp, says: Alle neveneffecten zijn grondig onderzocht}
  less-means:
    at: sec-onderwerp
    says:
      - Het actieplan wil meer mensen naar de techniek en de ICT trekken
      - Dit is een beleidsoptie met minder geld
  expert: {because: n.v.t.}
  follow-up: {at: bijlage-naleving, says: Deze bijlage laat per onderdeel zien}
"""


def test_a_lazy_writer_is_told_at_the_line(tmp_path):
    folder = tmp_path / SLUG
    shutil.copytree(shipped_case_dir(SLUG), folder)
    (folder / "compliance.yaml").write_text(LAZY, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(folder)

    lines = [(p.line, p.message) for p in caught.value.problems]
    assert lines == [
        (2, "nothing shows that this place meets the requirement"),
        (3, "none of the words under `says` stands in 'sec-onderwerp'"),
        (3, ("these words do not stand in sec-onderwerp: "
            "'Alle neveneffecten zijn grondig onderzocht'")),
        (8, ("these words do not stand in sec-onderwerp: "
            "'Dit is een beleidsoptie met minder geld'")),
        (9, "'n.v.t.' gives no reason"),
        (10, "'bijlage-naleving' is the place of this very table"),
    ]  # fmt: skip
    assert all(p.hint for p in caught.value.problems)


def test_a_chapter_that_cannot_be_read_is_the_only_problem(tmp_path):
    folder = tmp_path / SLUG
    shutil.copytree(shipped_case_dir(SLUG), folder)
    (folder / "chapters" / "06-evaluatie.md").write_text("", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(folder)

    assert [p.file for p in caught.value.problems] == ["chapters/06-evaluatie.md"]


def test_compliance_has_no_place_in_case_yaml(tmp_path):
    folder = tmp_path / SLUG
    shutil.copytree(shipped_case_dir(SLUG), folder)
    (folder / "compliance.yaml").unlink()
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(f"compliance: {{rpe-2022: {{}}}}\n{text}", encoding="utf-8")
    with pytest.raises(CaseError, match="'compliance' has no place here"):
        load_case(folder)


def test_the_case_survives_json(shipped):
    again = Case.from_json(shipped.to_json())

    assert again.compliance == shipped.compliance
    assert again.compliance["rpe-2022"]["efficiency"].at == ("sec-doelmatigheid",)


def test_labels_are_those_that_the_report_will_have():
    text = (
        "Inleiding zonder kop\n::: lead\n:::\n# Een {#sec-een .appendix}\n## Twee\n"
        "<!-- # Weg {#sec-weg} -->\n```\n# Code {#sec-code}\n```\n"
        '::: table csv spanning {#tbl-een caption="Een tabel"}\n:::\n::: verdicts\n:::\n'
    )

    assert [(label.id, label.title, label.holds) for label in labels_in(text)] == [
        ("", "", "lead"),
        ("sec-een", "Een", ""),
        ("tbl-een", "Een tabel", "table csv spanning"),
        ("sec-een", "Een", "verdicts"),
    ]
