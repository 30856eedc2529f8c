import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from evalkit.errors import EvalkitError
from evalkit.io.schema import KINDS, all_schemas, schema, write_schemas
from evalkit.io.shipped import cases_dir
from evalkit.io.yamltree import read_tree

STARTER = Path(__file__).resolve().parents[3] / "evalkit" / "io" / "starter"
FOLDERS = [
    *(path.parent for path in sorted(cases_dir().glob("*/case.yaml"))),
    STARTER / "nl",
    STARTER / "en",
]
FILES = [
    *((folder / f"{kind}.yaml", kind) for folder in FOLDERS for kind in ("case", "theory")),
    *(
        (f / f"{kind}.yaml", kind)
        for f in FOLDERS
        for kind in ("analyses", "contribution", "compliance")
        if (f / f"{kind}.yaml").exists()
    ),
    *((path, "instrument") for f in FOLDERS for path in sorted(f.glob("instruments/*.yaml"))),
]
NODE = {"text": "Subsidie"}
CASE = {"title": "Menselijk kapitaal", "period": "2020–2025"}
INSTRUMENT = {"name": "MKB!dee", "type": "subsidie", "period": "2018–2021"}
EVIDENCE = {"source": "seo2020", "design": "survey", "about": "output"}


def complaints(kind: str, data: object) -> list[str]:
    return list(_said(Draft202012Validator(schema(kind)).iter_errors(data)))


def _said(errors):
    """Say every complaint, and those behind a choice that no alternative fits."""
    for error in errors:
        yield f"{error.json_path}: {error.message}"
        yield from _said(error.context)


def as_an_editor_reads(text: str) -> object:
    """Read YAML as JSON: numbers are numbers, keys are text, a date is the text of it."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=date.isoformat))


def test_there_are_files_to_try():
    assert len(FILES) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema(kind):
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_files_fit_as_evalkit_reads_them(path, kind):
    tree = read_tree(path.read_text(encoding="utf-8"), path.name)

    assert not tree.problems
    assert complaints(kind, tree.data) == []


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_files_fit_as_an_editor_reads_them(path, kind):
    assert complaints(kind, as_an_editor_reads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_files_fit_with_keys_that_are_whole_numbers(path, kind):
    # PyYAML, ruamel.yaml and others give `2018:` as a whole number.
    data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))

    assert not any("propertyNames" in line for line in complaints(kind, _without_dates(data)))
    assert complaints(kind, _without_dates(data)) == []


def _without_dates(value):
    if isinstance(value, dict):
        return {key: _without_dates(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_dates(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


ANALYSIS = {
    "title": "Banen", "question": "Kost het banen?", "data": "data/a.csv", "source": "cbs2023",
    "design": "group_time", "outcome": "lemp", "time": "year", "cohort": "first",
}  # fmt: skip


def analysis(**keys):
    return "analyses", {"banen": {**ANALYSIS, **keys}}


def case(**keys):
    return "case", {**CASE, **keys}


def instrument(**keys):
    return "instrument", {**INSTRUMENT, **keys}


def node(**keys):
    return instrument(output={"aandacht": {**NODE, **keys}})


def evidence(**keys):
    return instrument(evidence={"enquete": {**EVIDENCE, **keys}})


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        case(authors="A. Auteur"),
        case(version=2, date=2025),
        case(subtitle=None),
        case(recommendations={"mandaat": {"title": "Spreek af", "instruments": "agdb"}}),
        case(indicators={"spanning": {"text": "Spanning", "per_year": {"2018": 7.4}}}),
        ("theory", {"goals": {"instroom": {"name": "Instroom", "stage": "outcome"}}}),
        ("theory", {"impact": {"welvaart": NODE}, "links": {"a, b -> c": {"because": "…"}}}),
        ("theory", {"external": {"conjunctuur": {"text": "…", "bears_on": "vacatures"}}}),
        instrument(goals="behoud"),
        instrument(goals=["behoud", "instroom"]),
        instrument(goals={"behoud": None, "instroom": {"role": "side"}}),
        instrument(period=2021),
        instrument(status=None, override=None),
        instrument(override={"level": 2, "reason": "…", "signed": "A", "date": "2025-11-01"}),
        node(total="sum", per_year={"2018": "2,0 mln. euro"}),
        node(total=169, year=2020),
        node(total="169 projecten", year="2020"),
        node(actual=81),
        node(actual="81 procent", target={"value": 90, "year": "2020", "source": "seo2020"}),
        node(lines=[{"funder": "NGF", "share": "42%", "form": "in kind"}]),
        evidence(about=["output", "outcome"], criterion=["effectiveness", "efficiency"]),
        evidence(before=True, after="false", threats={"few clusters": "not handled"}),
        evidence(source=["seo2020, geciteerd in seo2025, § 3.3", "cbs2023"]),
        analysis(),
        analysis(outcome={"column": "lemp", "relevant": "0,02", "intended": "not lower"}),
        analysis(outcome={"column": "lemp", "relevant": 0.02}, checks=[], evidence_for=None),
        analysis(covariates="lpop", checks="pretrends", seed=7, anticipation="1", balanced="false"),
        analysis(title={"nl": "Banen", "en": "Jobs"}, units={"nl": "banen", "en": "jobs"}),
    ],
)
def test_accepts_what_evalkit_reads(kind, data):
    assert complaints(kind, data) == []


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (*case(titel="…"), "titel"),
        (*case(language="fr"), "fr"),
        (*case(slug="menselijk-kapitaal"), "slug"),
        (*case(instruments={}), "instruments"),
        (*case(theory={}), "theory"),
        (*case(sources={}), "sources"),
        (*case(chapters={}), "chapters"),
        (*case(hashes={}), "hashes"),
        (*case(tables={"spanning": {"file": "a.csv", "rows": []}}), "rows"),
        (*case(tables={"Spanning": {"file": "a.csv"}}), "Spanning"),
        (*case(order=["MKB!dee"]), "MKB!dee"),
        ("case", {"period": "2020"}, "'title' is a required property"),
        ("case", {**CASE, "title": ""}, "should be non-empty"),
        ("theory", {"goals": {"instroom": {}}}, "'name' is a required property"),
        ("theory", {"links": {"a = b": {}}}, "a = b"),
        ("theory", {"links": {"a -> b -> c": {}}}, "a -> b -> c"),
        ("theory", {"outputs": {}}, "outputs"),
        (*instrument(type="subsidy"), "subsidy"),
        (*instrument(status="bezig"), "bezig"),
        (*instrument(prose="# Input"), "prose"),
        (*instrument(impact={"welvaart": NODE}), "impact"),
        (*instrument(goals={"behoud": {"role": "hoofd"}}), "behoud"),
        (*instrument(goals=["Behoud van talent"]), "Behoud van talent"),
        (*instrument(output={"Aandacht": NODE}), "Aandacht"),
        (*instrument(output=[NODE]), "Subsidie"),
        (*instrument(override={"level": -1, "reason": "…", "signed": "A", "date": "…"}), "level"),
        (*node(measurd="register"), "measurd"),
        (*node(measured="gemeten"), "gemeten"),
        (*node(total_computed=True), "total_computed"),
        (*node(per_year={"18": "2,0 mln. euro"}), "18"),
        (*node(year="in 2020"), "in 2020"),
        (*node(year=3020), "3020"),
        (*node(total=["1", "2"]), "1"),
        (*node(actual={"waarde": 81}), "waarde"),
        (*node(lines=[{"share": "42%"}]), "funder"),
        (*evidence(design="enquête"), "enquête"),
        (*evidence(about=[]), "about"),
        (*evidence(about="outputs"), "outputs"),
        (*evidence(before="ja"), "ja"),
        (*evidence(threats={"bias": "handled"}), "bias"),
        (*evidence(threats={"attrition": "yes"}), "yes"),
        ("instrument", {**INSTRUMENT, "evidence": {"enquete": {"design": "survey"}}}, "required"),
        ("analyses", {"Banen": ANALYSIS}, "Banen"),
        ("analyses", {"banen": {"title": "Banen"}}, "'design' is a required property"),
        (*analysis(design="did"), "did"),
        (*analysis(checks=["pretrend"]), "pretrend"),
        (*analysis(outcome={"columns": "lemp"}), "columns"),
        (*analysis(outcome=["lemp"]), "lemp"),
        (*analysis(outcome={"column": "lemp", "intended": "up"}), "up"),
        (*analysis(anticipation=-1), "-1"),
        (*analysis(balanced="ja"), "ja"),
    ],
)
def test_refuses_what_evalkit_refuses(kind, data, said):
    found = complaints(kind, data)

    assert len(found) >= 1
    assert said in "\n".join(found)


def test_keys_carry_the_help_of_the_docstrings():
    found = schema("instrument")

    assert found["properties"]["aims"]["description"] == "Its own stated aims."
    # Of a class that this one builds on, and of names that share a line.
    node_keys = found["$defs"]["ChainNode"]["properties"]
    assert "realisatie" in node_keys["actual"]["description"]
    assert "`sum`" in node_keys["total"]["description"]
    assert "breakdown" in node_keys["part_of"]["description"]


def test_every_record_is_described():
    found = all_schemas()["$defs"]

    assert [name for name, part in found.items() if not part.get("description")] == []
    assert found["Citation"]["description"].startswith("A place in a source")


def test_descriptions_hold_no_markup_of_docstrings():
    text = json.dumps(all_schemas())

    assert "----" not in text
    assert "``" not in text
    assert "Attributes" not in text


def test_all_schemas_hold_each_kind_and_every_reference_leads_somewhere():
    found = all_schemas()
    Draft202012Validator.check_schema(found)

    for kind in KINDS:
        one = {"$schema": found["$schema"], "$defs": found["$defs"], "$ref": f"#/$defs/{kind}"}
        wrong = {"nonsense": 1}
        for _ in range(
            {"analyses": 1, "contribution": 1, "compliance": 2, "themes": 1, "responses": 1}.get(
                kind, 0
            )
        ):
            wrong = {"x": wrong}
        errors = list(Draft202012Validator(one).iter_errors(wrong))
        assert any("nonsense" in error.message for error in errors)
    text = json.dumps(found)
    named = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert named <= set(found["$defs"])


def test_unknown_kind_is_an_error_with_a_hint():
    with pytest.raises(EvalkitError, match="'instruments'") as raised:
        schema("instruments")

    assert raised.value.hint == "did you mean 'instrument'?"


def test_write_schemas_makes_the_folder_and_renews_its_files(tmp_path):
    folder = tmp_path / "case" / "schemas"
    folder.mkdir(parents=True)
    (folder / "case.schema.json").write_text("old", encoding="utf-8")

    written = write_schemas(folder)

    assert [path.name for path in written] == [f"{kind}.schema.json" for kind in KINDS]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in written)
    for path, kind in zip(written, KINDS, strict=True):
        assert json.loads(path.read_text(encoding="utf-8")) == schema(kind)


def test_write_schemas_says_why_it_cannot(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(EvalkitError, match="cannot be written") as raised:
        write_schemas(tmp_path / "file" / "schemas")

    assert "--into" in str(raised.value.hint)
