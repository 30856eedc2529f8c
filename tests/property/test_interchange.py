"""Whatever a case says: a workbook and IATI give it back, and a file changes where it should."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import CaseError
from evalkit.interchange.bibtex import edited_bibtex, lost_in
from evalkit.interchange.from_iati import from_iati
from evalkit.interchange.gather import gather
from evalkit.interchange.house import house_yaml
from evalkit.interchange.keypath import from_path, to_path
from evalkit.interchange.losses import without
from evalkit.interchange.merged import merged
from evalkit.interchange.tabulate import normal, tabulate
from evalkit.interchange.to_iati import activities_of
from evalkit.interchange.workbook import workbook_of
from evalkit.interchange.workbook_reader import read_book
from evalkit.interchange.written import Written
from evalkit.interchange.yaml_edit import edited
from evalkit.io.yamltree import read_tree

ids = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
signs = st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), max_codepoint=0x2FFF)
texts = st.text(signs, min_size=1, max_size=40).map(str.strip).filter(bool)
prose = st.lists(texts, min_size=1, max_size=3).map("\n".join)
numbers = st.sampled_from(
    ["26,8 mln. euro", "PM", "20-50 deelnemers", "~1.337", "81 procent", "een derde", "<5", "6+"]
)
observations = st.builds(
    lambda number, year: number if year is None else f"{number} in {year}",
    numbers, st.none() | st.integers(1990, 2040),
)  # fmt: skip
years = st.integers(1990, 2040).map(str)
nodes = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "baseline": observations, "target": observations, "actual": observations,
        "no_policy": observations, "note": prose, "unit": texts, "measured": st.just("survey"),
        "per_year": st.dictionaries(years, numbers, min_size=1, max_size=3),
        "lines": st.lists(
            st.fixed_dictionaries({"funder": texts, "amount": numbers}), min_size=1, max_size=2
        ),
    },
)  # fmt: skip
chain = st.dictionaries(ids, nodes, min_size=1, max_size=3)
instruments = st.fixed_dictionaries(
    {"name": texts, "type": st.sampled_from(["subsidie", "convenant"]),
     "period": st.sampled_from(["2018–2021", "2013–heden", "onbekend", "tot 2030", "2025-H1"])},
    optional={
        "description": prose, "aims": st.lists(texts, min_size=1, max_size=3),
        "ministries": st.lists(texts, min_size=1, max_size=2), "status": st.just("verkenning"),
        "goals": st.lists(ids, min_size=1, max_size=2, unique=True), "summary": prose,
        "input": chain, "output": chain, "outcome": chain, "target_group": texts,
    },
)  # fmt: skip
cases = st.fixed_dictionaries(
    {"title": texts, "period": st.just("2018–2025"),
     "instruments": st.dictionaries(ids, instruments, min_size=1, max_size=2)},
    optional={"abbreviations": st.dictionaries(ids, texts, min_size=1, max_size=2),
              "colophon": prose, "indicators": chain},
)  # fmt: skip
trees = st.recursive(
    texts | prose | st.lists(texts, max_size=3),
    lambda inner: st.dictionaries(ids, inner, min_size=1, max_size=4),
    max_leaves=12,
)
files = st.dictionaries(ids, trees, min_size=1, max_size=5)


def canon(data: Any) -> Any:
    return gather(tabulate(Written(data, (), "nl"))).data


@settings(max_examples=40)
@given(cases)
def test_a_workbook_gives_back_what_it_was_made_of(data: dict[str, Any]) -> None:
    book = read_book(workbook_of(tabulate(Written(data, (), "nl"))), "x.xlsx")
    assert book.problems == []
    found = gather(book.tables)
    assert found.misplaced == []
    assert found.data == canon(data)
    assert merged(data, canon(data), found.data) == data


@settings(max_examples=60)
@given(cases)
def test_iati_gives_back_what_it_does_not_list(data: dict[str, Any]) -> None:
    made = activities_of(Written(data, (), "nl"), "casus")
    found = from_iati(made.text.encode(), "x.xml")
    kept = without(normal(data), made.losses)
    told = [one for one in made.filled if one.loc[-1] == "description"]
    assert canon({"instruments": without(dict(found), told)["instruments"]}) == canon(
        {"instruments": kept["instruments"]}
    )


@settings(max_examples=200)
@given(files)
def test_house_yaml_reads_as_it_was_meant(data: dict[str, Any]) -> None:
    tree = read_tree(house_yaml(data), "x.yaml")
    assert tree.problems == ()
    assert tree.data == data


@settings(max_examples=150)
@given(files, st.data())
def test_an_edited_file_says_what_it_should(data: dict[str, Any], draw: Any) -> None:
    new = deepcopy(data)
    key = draw.draw(st.sampled_from(sorted(new)))
    what = draw.draw(st.sampled_from(["change", "drop", "add"]))
    if what == "drop" and len(new) > 1:
        del new[key]
    else:
        new[key if what == "change" else f"{key}-nieuw"] = draw.draw(trees)
    remarked = "# bovenaan\n" + house_yaml(data)
    found = edited(remarked, data, new)
    assert read_tree(found, "y.yaml").data == new
    assert found.startswith("# bovenaan\n") or found == house_yaml(new)


@given(st.lists(st.text(min_size=1, max_size=6) | st.integers(0, 9), min_size=1, max_size=4))
def test_a_path_leads_back(loc: list[Any]) -> None:
    assert from_path(to_path(tuple(loc))) == tuple(loc)


@given(st.dictionaries(ids, texts, min_size=1, max_size=3))
def test_bibtex_gives_titles_back_or_says_so(titles: dict[str, str]) -> None:
    sources = {key: {"kind": "book", "title": title} for key, title in titles.items()}
    text = edited_bibtex("", {}, sources)
    lost = {key for key, _ in lost_in(sources, text)}
    plain = {key for key, title in titles.items() if title.isascii() and title.isalnum()}
    assert not lost & plain


@given(st.binary(max_size=200))
def test_bytes_that_are_no_iati_are_refused(data: bytes) -> None:
    try:
        from_iati(data, "x.xml")
    except CaseError as error:
        assert error.problems  # noqa: PT017
