"""What a writer may claim in compliance.yaml: places that exist, and words that stand there."""

from typing import Any

import pytest

from evalkit.model import Case
from evalkit.model.claim_flaws import bare
from evalkit.model.label import passages_in
from evalkit.model.record import all_flaws

CHAPTER = """\
# Oordeel {#sec-oordeel}

::: lead
De bon is *vaak* gebruikt en kostte weinig.
:::

<!-- Over neveneffecten is niets bekend geworden. -->

## Kosten {#sec-kosten}

De bon kostte {{ instruments.bon.input.budget.total }} en daarmee
minder dan begroot [@bureau, p. 3].[^noot]
Zie ook [de begroting van toen](https://x.nl) ‘in één’ oogopslag.

::: table csv kosten {#tbl-kosten caption="Wat de bon per jaar heeft gekost"}
:::

## Leeg {#sec-leeg}

# Naleving {#bijlage-naleving .appendix}

Deze bijlage laat per onderdeel zien waar het staat.

::: compliance
:::
"""


def flaws(**statement: Any) -> list[tuple[Any, ...]]:
    return told({"oecd-dac": {"impact": statement}})


def told(claims: dict[str, Any]) -> list[tuple[Any, ...]]:
    case = Case.model_validate(
        {
            "slug": "proef", "title": "Proef", "period": "2020–2024", "compliance": claims,
            "chapters": {"01-oordeel": CHAPTER},
            "instruments": {"bon": {
                "name": "Bon", "type": "subsidie", "period": "2020–2021",
                "prose": "# Output {#sec-bon-output}\nEr zijn veel meer bonnen uitgedeeld.",
            }},
        }
    )  # fmt: skip
    return [(*flaw.loc[2:], flaw.message) for flaw in all_flaws(case)]


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("sec-oordeel", "De bon is vaak gebruikt en kostte weinig"),
        ("@sec-kosten", "en daarmee minder dan begroot."),
        ("sec-kosten", "Zie ook de begroting van toen 'in één' oogopslag"),
        ("sec-oordeel", "en daarmee minder dan begroot"),  # a subsection is part of its section
        ("sec-kosten", "De bon kostte … en daarmee minder"),  # a value stands between
        ("tbl-kosten", "Wat de bon per jaar heeft gekost"),
        ("sec-bon", "Er zijn veel meer bonnen uitgedeeld."),
        ("sec-bon-output", "Er zijn veel meer bonnen uitgedeeld."),
        (
            ["sec-oordeel", "tbl-kosten"],
            ["De bon is vaak gebruikt", "Wat de bon per jaar heeft gekost"],
        ),
    ],
)
def test_words_that_stand_there_hold(at, says):
    assert flaws(at=at, says=says) == []


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("sec-leeg", "De bon is vaak gebruikt"),  # the section is empty
        ("sec-kosten", "De bon is vaak gebruikt"),  # it stands above it
        ("sec-oordeel", "Over neveneffecten is niets bekend"),  # a comment
        ("sec-kosten", "De bon kostte en … daarmee minder"),  # nothing is filled in there
        ("sec-kosten", "De bon kostte en daarmee minder"),  # a value stands between
        ("sec-oordeel", "on is vaak gebruikt en"),  # half a word
        ("sec-oordeel", "Wij hebben de neveneffecten grondig onderzocht"),
    ],
)  # fmt: skip
def test_words_that_do_not_stand_there_are_flaws(at, says):
    found = flaws(at=at, says=says)

    assert ("impact", "says", 0, f"these words do not stand in {at}: '{says}'") in found
    assert ("impact", "at", 0, f"none of the words under `says` stands in '{at}'") in found


def test_a_place_along_for_the_ride_is_a_flaw():
    assert flaws(at=["sec-oordeel", "sec-leeg"], says="De bon is vaak gebruikt") == [
        ("impact", "at", 1, "none of the words under `says` stands in 'sec-leeg'")
    ]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ({"at": "sec-oordeel"}, "nothing shows that this place meets the requirement"),
        ({"says": "De bon is vaak gebruikt"}, "the place of these words lacks"),
        ({"at": "sec-oordeel", "says": "De bon"}, "'De bon' is too short to be found and judged"),
        ({"because": "n.v.t."}, "'n.v.t.' gives no reason"),
        ({"because": "Niet gedaan – – …"}, "'Niet gedaan – – …' gives no reason"),
        ({"at": "sec-oordel", "says": "De bon is vaak gebruikt"},
         "no heading, figure or table 'sec-oordel'"),
        ({"at": "bijlage-naleving", "says": "Deze bijlage laat per onderdeel zien"},
         "'bijlage-naleving' is the place of this very table"),
    ],
)  # fmt: skip
def test_a_claim_that_nobody_could_check_is_one_flaw(statement, message):
    (found,) = flaws(**statement)

    assert found[-1] == message


def test_an_explanation_may_name_a_place_without_words():
    assert flaws(at="sec-kosten", because="De gevolgen zijn nog niet gemeten.") == []


@pytest.mark.parametrize(
    "said",
    [
        {"at": "sec-oordeel", "says": "De bon is vaak gebruikt"},
        {"because": "Dit rapport is alleen een demonstratie."},
    ],
)
def test_one_passage_does_not_meet_two_requirements_of_a_regime(said):
    twice = told({"oecd-dac": {"impact": said, "relevance": said}})
    apart = told({"oecd-dac": {"impact": said}, "better-regulation": {"relevance": said}})

    assert [found[-1] for found in twice] == ["'impact' rests on the same words"]
    assert apart == []


def test_marks_are_taken_out():
    assert bare("**Vet** en _schuin_ met een_streep, `code` en x*y") == (
        "Vet en schuin met een_streep, code en xy"
    )


def test_what_stands_under_each_label():
    assert dict(passages_in(CHAPTER))["tbl-kosten"] == "Wat de bon per jaar heeft gekost"
    assert dict(passages_in(CHAPTER))["sec-leeg"] == ""
    assert dict(passages_in("# A {#sec-a}\n```\n# B {#sec-b}\n```\ntekst\n")) == {"sec-a": "tekst"}
