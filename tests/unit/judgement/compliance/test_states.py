"""Present, explained or missing: what decides it."""

import pytest

from evalkit.errors import EvalkitError
from evalkit.judgement.compliance.compliance import Compliance
from evalkit.judgement.compliance.comply import comply, comply_with
from evalkit.judgement.compliance.profile import load_regime
from evalkit.judgement.score import score_case


@pytest.fixture
def answered(make_setting):
    """Answer one requirement of a regime, on the whole case or one that lacks something."""

    def one(name, statement=None, regime="rpe-2022", **changes):
        said = {regime: {} if statement is None else {name: statement}}
        setting = make_setting(compliance=said, **changes)
        return comply_with(load_regime(regime), setting)[name]

    return one


NO_BUDGET = {"bon": {"input": {}}}


def test_facts_that_hold_and_are_shown_are_present(answered):
    found = answered("spending")

    assert (found.state, found.by_writer, found.at) == ("present", False, ("sec-mix",))
    assert found.titles == ("De mix",)
    assert found.files == ("instruments/bon.yaml",)
    assert found.detail["nl"].startswith("Van het enige instrument is een totaalbudget")


def test_facts_that_lack_are_missing_with_what_lacks(answered):
    found = answered("spending", **NO_BUDGET)

    assert (found.state, found.at) == ("missing", ())
    assert found.detail["nl"].startswith("Van geen enkel instrument is een totaalbudget")
    assert found.prose("nl").endswith("Licht toe waar een bedrag niet bestaat of niet bekend is.")


def test_facts_that_are_not_shown_are_missing(answered):
    found = answered("spending", chapters={})

    assert found.state == "missing"
    assert found.detail["nl"].endswith("In het rapport is geen plaats aangewezen waar dit staat.")


def test_one_fact_of_two_is_not_enough(answered):
    budget = {"text": "Budget", "total": "5 mln. euro"}
    found = answered("spending", bon={"input": {"budget": budget}})

    assert found.state == "missing"
    assert "voor elk jaar" in found.detail["nl"]
    assert "totaalbudget" not in found.detail["nl"]


def test_an_explanation_is_printed_with_what_lacks(answered):
    found = answered("spending", {"because": "Er was geen geld."}, **NO_BUDGET)

    assert (found.state, found.by_writer) == ("explained", False)
    assert found.told("nl").startswith("Er was geen geld. Van geen enkel instrument")


def test_an_explanation_may_name_a_place(answered):
    found = answered("spending", {"because": "Deels.", "at": "@sec-oordeel"}, **NO_BUDGET)

    assert (found.state, found.at, found.titles) == (
        "explained", ("sec-oordeel",), ("Het oordeel",),
    )  # fmt: skip


def test_a_place_against_the_facts_is_the_word_of_the_writer(answered):
    found = answered("spending", {"at": "sec-oordeel"}, **NO_BUDGET)

    assert (found.state, found.by_writer, found.at) == ("present", True, ("sec-oordeel",))
    assert found.detail["nl"].startswith(
        "De plaats is aangewezen door de schrijver; de gegevens bevestigen dit niet of maar voor "
        "een deel. Van geen enkel instrument"
    )


def test_what_no_fact_can_show_needs_the_writer(answered):
    silent, told = answered("expert"), answered("expert", {"at": "bijlage-bewijs"})

    assert silent.state == "missing"
    assert (told.state, told.by_writer) == ("present", True)
    assert "uit de gegevens is dit niet na te gaan" in told.detail["nl"]


def test_a_place_of_the_writer_comes_first(answered):
    assert answered("spending", {"at": "sec-oordeel"}).at == ("sec-oordeel", "sec-mix")


def test_facts_that_show_only_part_need_a_place_of_the_writer(answered):
    silent, told = answered("efficiency"), answered("efficiency", {"at": "sec-oordeel"})

    assert silent.state == "missing"
    assert (told.state, told.by_writer, told.at) == ("present", False, ("sec-oordeel",))
    assert told.detail["nl"].endswith("De plaats is aangewezen door de schrijver.")


def test_facts_win_from_an_explanation(answered):
    found = answered("spending", {"because": "Zie ook de begroting."})

    assert found.state == "present"
    assert found.told("nl").startswith("Zie ook de begroting. Van het enige instrument")


def test_naming_a_regime_makes_it_apply(make_case):
    case = make_case(compliance={"oecd-dac": None, "rpe-2022": {"expert": None}})

    assert list(comply(case, score_case(case))) == ["oecd-dac", "rpe-2022"]
    bare = make_case()
    assert comply(bare, score_case(bare)) == {}


@pytest.mark.parametrize(
    ("said", "hint"), [({"rpe-202": {}}, "rpe-2022"), ({"rpe-2022": {"exprt": {}}}, "expert")]
)
def test_what_is_not_there_is_an_error_with_a_hint(said, hint, make_case):
    case = make_case(compliance=said)
    with pytest.raises(EvalkitError, match=f"did you mean '{hint}'"):
        comply(case, score_case(case))


def test_survives_json_and_prints(make_case):
    case = make_case(compliance={"rpe-2022": {"expert": {"because": "Nog <niet> gevraagd."}}})
    found = comply(case, score_case(case))["rpe-2022"]

    assert Compliance.from_json(found.to_json()) == found
    assert "Nog &lt;niet&gt; gevraagd." in found._repr_html_()
    data = found.as_json("en")
    assert data["counts"] == {"present": 7, "explained": 1, "missing": 6}
    assert data["requirements"][-2]["explanation"] == "Nog <niet> gevraagd."
    assert data["text"].startswith("RPE 2022, periodic report: of the fourteen items, seven are in")


def test_counts_are_told_in_the_singular_too(make_setting):
    found = comply_with(load_regime("oecd-dac"), make_setting())

    assert found.prose("nl") == (
        "OESO/DAC, evaluatiecriteria: van de zes onderdelen staat er één in het rapport en "
        "ontbreken er vijf (‘Relevantie’, ‘Samenhang’, ‘Doelmatigheid’, ‘Impact’ en "
        "‘Duurzaamheid van de resultaten’)."
    )
    with pytest.raises(KeyError):
        found["nergens"]
