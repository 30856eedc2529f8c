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
SAID = {"at": "sec-oordeel", "says": "de bon kostte minder dan begroot."}


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
    assert "Nog te doen: geef per instrument het budget" in found.prose("nl")
    assert found.prose("nl").endswith("Vast te leggen in: instruments/*.yaml: input.")


def test_facts_that_are_not_shown_are_missing(answered):
    found = answered("spending", chapters={})

    assert found.state == "missing"
    assert found.detail["nl"].endswith("Geen plaats in het rapport is aangewezen.")


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
    found = answered("spending", SAID, **NO_BUDGET)

    assert (found.state, found.by_writer, found.at) == ("present", True, ("sec-oordeel",))
    assert found.state_label("nl") == "aanwezig volgens de opstellers"
    assert found.detail["nl"].startswith("Van geen enkel instrument is een totaalbudget")
    assert found.detail["nl"].endswith(
        "Aangewezen tekst: ‘de bon kostte minder dan begroot’. De gegevens bevestigen dit "
        "niet, of maar voor een deel."
    )


def test_a_place_without_its_words_is_no_answer(answered):
    found = answered("spending", {"at": "sec-oordeel"}, **NO_BUDGET)

    assert (found.state, found.at, found.says) == ("missing", (), ())


def test_what_no_fact_can_show_needs_the_writer(answered):
    silent, told = answered("expert"), answered("expert", SAID)

    assert silent.state == "missing"
    assert (told.state, told.by_writer) == ("present", True)
    assert told.says == ("de bon kostte minder dan begroot.",)
    assert told.detail["nl"] == (
        "Aangewezen tekst: ‘de bon kostte minder dan begroot’. Of dat volstaat, is uit de "
        "gegevens niet af te leiden."
    )
    assert silent.detail["nl"].endswith("Geen plaats aangewezen en geen uitleg gegeven.")


def test_a_place_of_the_writer_comes_first(answered):
    assert answered("spending", SAID).at == ("sec-oordeel", "sec-mix")


def test_facts_that_show_only_part_need_a_place_of_the_writer(answered):
    silent, told = answered("efficiency"), answered("efficiency", SAID)

    assert silent.state == "missing"
    assert (told.state, told.by_writer, told.at) == ("present", False, ("sec-oordeel",))
    assert told.detail["nl"].endswith("Aangewezen tekst: ‘de bon kostte minder dan begroot’.")


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
    assert data["counts"] == {"present": 6, "explained": 1, "missing": 7}
    assert data["requirements"][-2]["explanation"] == "Nog <niet> gevraagd."
    assert data["text"].startswith("RPE 2022, periodic report. Of the fourteen items, six are in")


def test_counts_are_told_in_the_singular_too(make_setting):
    found = comply_with(load_regime("oecd-dac"), make_setting())

    assert found.prose("nl") == (
        "OESO/DAC, evaluatiecriteria. Van de zes onderdelen staat er één in het rapport en "
        "ontbreken er vijf."
    )
    reason = {"because": "Dat is nog niet onderzocht."}
    claims = {"oecd-dac": {"impact": reason, "coherence": reason}}
    fewer = comply_with(load_regime("oecd-dac"), make_setting(compliance=claims))
    assert fewer.told("nl") == (
        "Van de zes onderdelen staat er één in het rapport, zijn er twee toegelicht en ontbreken "
        "er drie (‘Relevantie’, ‘Doelmatigheid’ en ‘Duurzaamheid van de resultaten’)."
    )
    with pytest.raises(KeyError):
        found["nergens"]


EMPTY = {"instruments": {}, "theory": {}, "indicators": {}, "recommendations": {}, "chapters": {}}


@pytest.mark.parametrize(
    ("said", "nl", "en"),
    [
        ({}, "Alle zes onderdelen ontbreken.", "All six items are missing."),
        (
            {"because": "Daar was geen tijd voor."},
            (
                "Van alle zes onderdelen is toegelicht waarom zij niet in het rapport staan, of "
                "niet volledig."
            ),
            "For all six items it is explained why they are not in the report, or not in full.",
        ),
        (
            SAID,
            (
                "Alle zes onderdelen staan in het rapport. Dat ‘Relevantie’, ‘Samenhang’, "
                "‘Doeltreffendheid’, ‘Doelmatigheid’, ‘Impact’ en ‘Duurzaamheid van de resultaten’ "
                "aanwezig zijn, berust alleen op wat de opstellers van dit "
                "rapport aanwijzen."
            ),
            (
                "All six items are in the report. That ‘Relevance’, ‘Coherence’, ‘Effectiveness’, "
                "‘Efficiency’, ‘Impact’ and ‘Sustainability of the results’ are present rests only "
                "on what the authors of this report point to."
            ),
        ),
    ],
)
def test_all_of_them_are_told_as_all(said, nl, en, make_setting):
    regime = load_regime("oecd-dac")
    claims = {"oecd-dac": {one.id: said for one in regime.requirements}}
    found = comply_with(regime, make_setting(**EMPTY, compliance=claims))

    assert (found.told("nl"), found.told("en")) == (nl, en)


def test_the_only_one_is_told_as_such(make_setting):
    whole = load_regime("oecd-dac")
    regime = whole.model_copy(update={"requirements": whole.requirements[:1]})
    found = comply_with(regime, make_setting(**EMPTY))

    assert found.told("nl") == "Het onderdeel ontbreekt."
    assert found.based_on("nl").startswith("Het onderdeel berust op de tekst zelf. ")


def test_the_table_says_what_each_requirement_rests_on(make_setting):
    found = comply_with(load_regime("better-regulation"), make_setting())

    assert found["efficiency"].based_on("nl") == "toolbox, tool 47"
    assert found["comparison"].based_on("nl") == "lezing van evalkit"
    assert found.based_on("nl").startswith(
        "Van de zeven onderdelen berusten er zes op een andere publicatie die de tekst weergeeft "
        "en berust er één op de lezing van evalkit (‘Punten van vergelijking’). "
    )
    assert found.as_json("en")["requirements"][-2]["basis"] == "reading"


def test_the_name_of_the_regime_stands_once(make_setting):
    found = comply_with(load_regime("oecd-dac"), make_setting())
    title = found.title["nl"]

    assert title not in found.told("nl") + found.based_on("nl") + found.caption["nl"]
    assert found.summary("nl").count(title) == 1
    assert found.prose("nl") == f"{title}. {found.told('nl')}"
