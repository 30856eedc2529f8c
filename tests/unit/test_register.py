"""The shared register: read, checked against the cases, and traced through them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.errors import CaseError, EvalkitError
from evalkit.io.case import load_case
from evalkit.io.register import named_in, read_register
from evalkit.io.shipped import cases_dir, shipped_cases
from evalkit.register.mention import Trace
from evalkit.register.trace import trace

REGISTER = """\
premie:
  name: Scholingspremie
  also: [Premie voor scholing]
  what: geld voor scholing
"""


@pytest.fixture
def cases(small_case: Path) -> Path:
    """Two cases of one folder that speak of the same instrument, three years apart."""
    folder = small_case.parent / "cases"
    first, second = folder / "eerste", folder / "tweede"
    for path in (first, second):
        shutil.copytree(small_case, path)
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    instrument = first / "instruments" / "premie.yaml"
    text = instrument.read_text(encoding="utf-8")
    instrument.write_text(f"{text}\nidentity: premie\nstatus: lopend\n", encoding="utf-8")
    bib = second / "sources.bib"
    later = "@report{brief2024, title = {Kamerbrief}, author = {{EZ}}, year = 2024}\n"
    bib.write_text(bib.read_text(encoding="utf-8") + later, encoding="utf-8")
    file = second / "case.yaml"
    added = (
        "\ndocument: brief2024\nasides:\n  stop: {text: de premie stopt, identity: premie, "
        "status: gestopt, budget: 3 mln. euro, source: 'brief2024, p. 2'}\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    return folder


def test_it_gathers_what_each_document_says_the_oldest_first(cases: Path) -> None:
    found = trace("premie", cases)
    assert [mention.case for mention in found.mentions] == ["eerste", "tweede"]
    first, second = found.mentions
    assert (first.kind, first.status) == ("instrument", "lopend")
    assert any("plekken" in number.text.lower() for number in first.numbers)
    assert (second.kind, second.year, second.status) == ("mention", 2024, "gestopt")
    assert [number.value.replace("\xa0", " ") for number in second.numbers] == ["3 mln. euro"]
    assert second.source == "brief2024, p. 2"
    assert second.place.startswith("tweede/case.yaml:")
    assert found.changes[0].startswith("status: lopend (")
    assert found.changes[0].endswith("→ gestopt (2024)")
    assert Trace.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("period", "told"), [("onbekend", "(lopend)"), ("onbekend-heden", "(lopend, onbekend–heden)")]
)
def test_a_period_of_which_nothing_is_known_is_left_out(
    cases: Path, period: str, told: str
) -> None:
    file = cases / "eerste" / "instruments" / "premie.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [f"period: {period}" if line.startswith("period:") else line for line in lines]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert f" {told}\n" in trace("premie", cases).summary()


def test_an_identity_that_the_register_does_not_have_is_a_problem_at_its_line(cases: Path) -> None:
    file = cases / "tweede" / "case.yaml"
    text = file.read_text(encoding="utf-8").replace("identity: premie", "identity: premies")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as raised:
        load_case(cases / "tweede")
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == ("case.yaml", text.rstrip().count("\n") + 1)
    assert problem.message == "no 'premies' in the register"
    assert "premie" in problem.hint


def test_a_case_that_stands_apart_needs_no_register(cases: Path) -> None:
    (cases / "register.yaml").unlink()
    case = load_case(cases / "tweede")
    assert [name for _, name, _ in named_in(case)] == ["premie"]
    with pytest.raises(EvalkitError, match=r"no register\.yaml"):
        trace("premie", cases)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"),
    [
        ("name: Scholingspremie", "naam: Scholingspremie", 2, "unknown key 'naam'"),
        ("premie:", "Premie!:", 1, "is not an id"),
        ("what:", "name:", 4, "stands here again"),
    ],
)
def test_faults_of_the_register_have_their_line(
    cases: Path, right: str, wrong: str, line: int, message: str
) -> None:
    (cases / "register.yaml").write_text(REGISTER.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CaseError) as raised:
        read_register(cases)
    assert any(p.line == line and message in p.message for p in raised.value.problems), [
        str(p) for p in raised.value.problems
    ]


def test_every_entry_of_the_shipped_register_is_named_by_a_case() -> None:
    known = read_register(cases_dir())
    named = {name for slug in shipped_cases() for _, name, _ in named_in(load_case(slug))}
    assert named == set(known)


def test_the_command_prints_and_suggests(cases: Path) -> None:
    made = CliRunner().invoke(app, ["trace", "premie", "--cases", str(cases)])
    assert made.exit_code == 0
    assert "2024  Kamerbrief [tweede]" in made.output
    as_json = CliRunner().invoke(app, ["trace", "premie", "--cases", str(cases), "--json"])
    assert Trace.from_json(as_json.output) == trace("premie", cases)
    wrong = CliRunner().invoke(app, ["trace", "premje", "--cases", str(cases)])
    assert isinstance(wrong.exception, EvalkitError)
    assert "premie" in str(wrong.exception)
