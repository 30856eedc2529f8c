"""Every fact is found where it is and not found where it lacks, with the numbers."""

import pytest

from evalkit.judgement.compliance.fact import Setting
from evalkit.judgement.compliance.facts import FACTS
from evalkit.judgement.score import score_case
from tests.unit.judgement.compliance.whole_case import BON, EVIDENCE

PLACES = {
    "mechanisms": ("fig-theorie",),
    "goals": ("fig-matrix",),
    "described": ("sec-mix",),
    "linked": ("fig-matrix",),
    "targets": ("sec-mix",),
    "budgets": ("sec-mix",),
    "yearly": ("sec-mix",),
    "evidence": ("bijlage-bewijs",),
    "studied": ("bijlage-bewijs",),
    "judged": ("sec-oordeel",),
    "comparison": ("bijlage-bewijs",),
    "measured": ("sec-mix",),
    "recommendations": ("sec-advies",),
    "founded": ("sec-advies",),
}
NO_EVIDENCE = {"evidence": {}}
LACKS = [
    ("period", {"period": "2020–heden"}, "heeft geen begin of geen einde"),
    ("question", {"theory": {"question": ""}}, "Er is geen hoofdvraag vastgelegd."),
    ("mechanisms", {"theory": {"links": {"bonnen -> cursussen": {}}}}, "geen enkele schakel"),
    ("mechanisms", {"theory": {"links": {}}}, "De beleidstheorie heeft geen schakels."),
    ("risks", {"theory": {"links": {"bonnen -> cursussen": {}}}}, "geen enkele schakel"),
    ("risks", {"theory": {"links": {}}}, "De beleidstheorie heeft geen schakels."),
    ("external", {"theory": {"external": {}}}, "geen invloeden van buiten het beleid"),
    ("goals", {"theory": {"goals": {}}}, "De beleidstheorie noemt geen doelen."),
    ("problem", {"indicators": {}}, "Geen indicator met een bron"),
    ("problem", {"indicators": {"krapte": {"text": "Krapte", "actual": "3", "source": "bureau"}}},
     "Geen indicator met een bron"),
    ("no_policy", {"indicators": {}}, "Nergens is vastgelegd"),
    ("described", {"bon": {"target_group": ""}}, "Van geen enkel instrument"),
    ("linked", {"bon": {"goals": {}}}, "Bij geen enkel instrument"),
    ("targets", {"bon": {"output": {}}}, "Bij geen enkel instrument"),
    ("budgets", {"bon": {"input": {}}}, "Van geen enkel instrument"),
    ("yearly", {"bon": {"input": {}}}, "Van geen enkel instrument"),
    ("yearly", {"bon": {"period": "2020–2023"}}, "Van geen enkel instrument"),
    ("evidence", {"bon": NO_EVIDENCE}, "Er is geen bewijs met een bron vastgelegd."),
    ("studied", {"bon": {"evidence": {"plan": EVIDENCE | {"design": "theory"}}}},
     "Over de gevolgen van geen enkel instrument"),
    ("studied",
     {"bon": {"evidence": {"plan": EVIDENCE | {"design": "description", "finds": "unknown"}}}},
     "Over de gevolgen van geen enkel instrument"),
    ("judged", {"instruments": {}}, "Er zijn geen instrumenten vastgelegd."),
    ("efficiency", {"bon": {"evidence": {"a": EVIDENCE | {"criterion": "effectiveness"}}}},
     "Van geen enkel instrument is er bewijs over de doelmatigheid"),
    ("efficiency", {"bon": {"evidence": {"a": EVIDENCE | {
        "criterion": "efficiency", "finds": "unknown", "execution": "too early"}}}},
     "Van geen enkel instrument is er bewijs over de doelmatigheid"),
    ("comparison", {"bon": NO_EVIDENCE}, "Bij geen enkel instrument"),
    ("measured", {"bon": NO_EVIDENCE}, "Van geen enkel instrument"),
    # a monitor says nothing of what it measured
    ("measured", {"bon": {"evidence": {"a": EVIDENCE | {"design": "monitoring"}}}},
     "Van geen enkel instrument"),
    ("measured", {"bon": {"evidence": {"a": EVIDENCE | {"finds": "unknown"}}}},
     "Van geen enkel instrument"),
    ("recommendations", {"recommendations": {}}, "Er zijn geen aanbevelingen vastgelegd."),
    ("founded", {"recommendations": {}}, "Er zijn geen aanbevelingen vastgelegd."),
    ("founded", {"recommendations": {"door": {"title": "Ga door"}}},
     "Bij geen enkele aanbeveling"),
]  # fmt: skip


def test_a_value_of_the_outcome_is_a_measurement(make_setting):
    node = {"text": "Behouden banen", "actual": "40 in 2021", "source": "bureau"}
    monitor = {"a": EVIDENCE | {"design": "monitoring"}}
    assert FACTS["measured"](make_setting(bon={"evidence": monitor, "outcome": {"b": node}})).holds
    assert not FACTS["measured"](make_setting(bon={"evidence": monitor})).holds


def test_the_goals_are_named(make_setting):
    told = FACTS["goals"](make_setting()).text["nl"]
    names = [goal.name for goal in make_setting().case.theory.goals.values()]
    assert names
    assert all(f"‘{name}’" in told for name in names)


def test_documents_of_which_nothing_was_taken_are_counted_apart(make_setting):
    document = EVIDENCE | {"design": "description", "finds": "unknown"}
    document.pop("execution", None)
    told = FACTS["evidence"](make_setting(bon={"evidence": {"a": EVIDENCE, "b": document}})).text
    assert "Wat aan één daarvan is ontleend, is niet vastgelegd." in told["nl"]
    assert (
        "ontleend"
        not in FACTS["evidence"](make_setting(bon={"evidence": {"a": EVIDENCE}})).text["nl"]
    )


@pytest.mark.parametrize("name", FACTS)
def test_found(name, make_setting):
    found = FACTS[name](make_setting())

    assert found.holds, found.text["nl"]
    assert found.name == name
    assert found.at == PLACES.get(name, ())


@pytest.mark.parametrize(("name", "changes", "said"), LACKS)
def test_not_found(name, changes, said, make_setting):
    found = FACTS[name](make_setting(**changes))

    assert not found.holds
    assert said in found.text["nl"]


def test_every_fact_is_tried_without():
    assert {name for name, _, _ in LACKS} == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
@pytest.mark.parametrize("changes", [{}, {"instruments": {}, "theory": {}, "indicators": {}}])
def test_sentences_are_whole_in_both_languages(name, changes, make_setting):
    text = FACTS[name](make_setting(**changes)).text

    for lang in ("nl", "en"):
        assert text[lang].endswith(".")
        assert text[lang][0].isupper()
        assert "{" not in text[lang]
    assert text["nl"] != text["en"]


def test_names_what_lacks(make_setting):
    poor = BON | {"name": "Lening", "short": "", "input": {}, "target_group": "", "goals": {}}
    setting = make_setting(instruments={"bon": BON, "lening": poor})

    assert FACTS["budgets"](setting).text == {
        "nl": "Van één van de twee instrumenten is een totaalbudget in euro bekend. "
        "Dat geldt niet voor: Lening.",
        "en": "A total budget in euros is known for one of the two instruments. "
        "This does not hold for: Lening.",
    }
    assert (
        FACTS["described"](setting)
        .text["nl"]
        .endswith("Onvolledig: Lening (zonder het doel en de doelgroep).")
    )
    assert FACTS["linked"](setting).files == ("instruments/bon.yaml",)


def test_an_umbrella_lends_its_budget(make_setting):
    part = BON | {"name": "Deel", "short": "", "part_of": "bon", "input": {}}
    found = FACTS["budgets"](make_setting(instruments={"bon": BON, "deel": part}))

    assert found.holds
    assert found.text["nl"].endswith("Het budget van de paraplu geldt ook voor Deel.")


@pytest.mark.parametrize(
    "budget",
    [
        {"text": "Budget", "per_year": {"2020": "2 mln. euro", "2021": "PM"}},
        {"text": "Budget", "per_year": {"2020": "2", "2021": "3"}},
        {"text": "Budget", "total": "5 mln. euro"},
    ],
)
def test_a_year_without_an_amount_in_euro_is_not_known(budget, make_setting):
    assert not FACTS["yearly"](make_setting(bon={"input": {"budget": budget}})).holds


def test_budget_lines_count_by_their_year(make_setting):
    lines = [{"funder": "EZ", "year": y, "amount": "1 mln. euro"} for y in (2020, 2021)]
    budget = {"text": "Budget", "lines": lines}

    assert FACTS["yearly"](make_setting(bon={"input": {"budget": budget}})).holds


def test_a_plan_needs_amounts_and_no_past(make_setting):
    plan = {"status": "voorgenomen", "period": "2024–2030"}

    assert FACTS["yearly"](make_setting(bon=plan)).holds
    assert not FACTS["yearly"](make_setting(bon=plan | {"input": {}})).holds
    gap = {"budget": {"text": "Budget", "per_year": {"2026": "2 euro", "2030": "2 euro"}}}
    assert not FACTS["yearly"](make_setting(bon=plan | {"input": gap})).holds


def test_an_instrument_without_reasons_is_not_judged(make_case):
    case = make_case()
    scores = score_case(case)
    silent = tuple(v.model_copy(update={"reasons": ()}) for v in scores.instruments)
    bare = scores.model_copy(update={"instruments": silent})

    assert not FACTS["judged"](Setting(case, bare)).holds


def test_one_silent_link_of_two_is_named(make_setting):
    theory = {
        "outcome": {"banen": {"text": "Banen"}},
        "links": {"bonnen -> cursussen": {"because": "goedkoper"}, "cursussen -> banen": {}},
    }
    text = FACTS["mechanisms"](make_setting(theory=theory)).text["nl"]

    assert text == (
        "Bij één van de twee schakels van de beleidstheorie is vastgelegd waarom de ene stap "
        "tot de andere leidt. Voor de schakel ‘Cursussen → Banen’ geldt dat niet."
    )


def test_titles_of_recommendations_alone_are_not_the_recommendations(make_setting):
    chapters = {"00": "# Samenvatting {#samenvatting}\n::: recommendations titles\n:::\n"}

    assert FACTS["recommendations"](make_setting(chapters=chapters)).at == ()
