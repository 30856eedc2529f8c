"""What holds for every record: frozen, closed, and unchanged by JSON."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import evalkit.model as model
from evalkit.model import Case, Citation, Instrument, Record, Source, Stage
from evalkit.model.chain import Link
from evalkit.model.milestone import Milestone
from evalkit.model.record import all_flaws, walk

RECORDS = [
    record
    for name in model.__all__
    if isinstance(record := getattr(model, name), type) and issubclass(record, Record)
]


@pytest.mark.parametrize("record", RECORDS)
def test_frozen_and_closed(record: type[Record]) -> None:
    assert record.model_config["frozen"]
    with pytest.raises(ValidationError) as caught:
        record.model_validate({"onzin": 1})
    assert any(e["type"] == "extra_forbidden" for e in caught.value.errors())


def test_every_record_of_the_shipped_case_is_frozen_and_survives_json(shipped: Case) -> None:
    kinds = {}
    for _, part in walk(shipped):
        kinds.setdefault(type(part), part)
        # Citations and the like are small; the whole of them is read back with the case below.
        field = next(iter(type(part).model_fields))
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, field, None)
    assert len(kinds) >= 15
    for kind, part in kinds.items():
        assert kind.from_json(part.to_json()) == part
        assert kind.model_validate(part.model_dump()) == part
    assert Case.from_json(shipped.to_json()) == shipped


def test_the_shipped_case_has_no_flaws(shipped: Case) -> None:
    assert list(all_flaws(shipped)) == []


def test_walk_gives_the_path_of_a_part(shipped: Case) -> None:
    parts = dict(walk(shipped))
    budget = parts["instruments", "mkb-idee", "input", "budget", "per_year", 2019]
    assert str(budget) == "7,8\N{NO-BREAK SPACE}mln.\N{NO-BREAK SPACE}euro"


def test_stages_in_order() -> None:
    assert [stage.order for stage in Stage] == [0, 1, 2, 3, 4, 5]
    assert list(Stage)[:5] == list(model.FIVE_STAGES)


@pytest.mark.parametrize(
    ("authors", "short", "name"),
    [
        ([], "", "De titel"),
        (["SEO"], "", "SEO"),
        (["UWV", "CBS"], "", "UWV & CBS"),
        (["A", "B", "C"], "", "A, B & C"),
        (["A", "B", "C", "D"], "", "A e.a."),
        (["SEO Economisch Onderzoek"], "SEO", "SEO"),
    ],
)
def test_short_name_of_a_source(authors, short: str, name: str) -> None:
    source = Source(kind="report", title="De titel", authors=authors, short=short)
    assert source.name == name


@pytest.mark.parametrize(
    ("text", "key", "place", "via"),
    [
        ("seo2025", "seo2025", "", None),
        ("seo2025, § 3.3", "seo2025", "§ 3.3", None),
        ("seo2025, p. 3, 4", "seo2025", "p. 3, 4", None),
        ("seo2020, geciteerd in seo2025, § 3.3", "seo2020", "", ("seo2025", "§ 3.3")),
        ("seo2020, p. 2, cited in seo2025", "seo2020", "p. 2", ("seo2025", "")),
    ],
)
def test_citation(text: str, key: str, place: str, via) -> None:
    citation = Citation.parse(text)
    assert (citation.source, citation.place) == (key, place)
    assert via == (citation.via and (citation.via.source, citation.via.place))
    assert citation.keys == ((key,) if via is None else (key, via[0]))
    assert Citation.from_json(citation.to_json()) == citation


@pytest.mark.parametrize("text", ["", ", p. 3", "seo 2025", "a b, p. 1"])
def test_what_is_no_citation(text: str) -> None:
    with pytest.raises(ValueError, match="is not a citation; write a key"):
        Citation.parse(text)


def test_a_record_names_itself_in_a_line():
    bon = Instrument.model_validate({"name": "Bon", "type": "subsidie", "period": "2021"})
    assert (str(bon), f"{bon}") == ("Instrument('Bon')", "Instrument('Bon')")
    assert "period=" in repr(bon)  # every field is still to be seen
    long = bon.model_copy(update={"name": "Subsidie voor " + "scholing " * 40})
    assert len(str(long)) < 90
    assert str(long).endswith("…')")
    nameless = str(Link(because="een bon verlaagt de prijs"))
    assert nameless == "Link(because='een bon verlaagt de prijs')"


def test_milestones_of_one_last_day_are_sorted_by_their_first() -> None:
    moments = ["2026-Q4", "2026", "2026-H1"]
    found = sorted(
        (Milestone.model_validate({"text": text, "when": text}) for text in moments),
        key=lambda one: one.order,
    )
    assert [one.text for one in found] == ["2026-H1", "2026", "2026-Q4"]
