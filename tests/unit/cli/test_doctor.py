"""``evalkit doctor``: what it finds, how it says so, and its exit code."""

from __future__ import annotations

import json
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.health import examination, machine, packages
from evalkit.health.finding import Finding
from evalkit.health.requirement import Requirement, read_requirement, requirements

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))


def doctor(*args: str):
    return CliRunner().invoke(app, ["doctor", *args])


@pytest.fixture
def looks(monkeypatch):
    """Let the doctor see these findings and nothing else."""

    def see(*found: Finding) -> None:
        monkeypatch.setattr(examination, "_LOOKS", {"given": lambda: iter(found)})

    return see


def test_a_machine_that_runs_the_tests_is_healthy(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    done = doctor()

    assert done.exit_code == 0, done.output
    assert "everything that evalkit needs is there" in done.output
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_document_with_every_package_of_the_project():
    document = json.loads(doctor("--json").stdout)

    assert document["healthy"] is True
    named = {one["name"] for one in document["findings"] if one["group"] == "packages"}
    assert named == {read_requirement(text).name for text in PROJECT["project"]["dependencies"]}


def test_what_is_needed_and_missing_gives_exit_code_one_and_its_remedy(looks):
    looks(Finding("pango", "Pango", good=False, needed=True, found="gone", remedy="fetch it"))

    done = doctor()

    assert done.exit_code == 1
    assert "missing   Pango: gone" in done.output
    assert "fetch it" in done.output
    assert "1 thing is missing" in done.output
    assert json.loads(doctor("--json").stdout)["healthy"] is False


def test_what_is_optional_and_missing_is_told_and_does_not_fail(looks):
    looks(Finding("tools", "veraPDF", good=False, found="not found", remedy="fetch it"))

    done = doctor()

    assert done.exit_code == 0
    assert "optional  veraPDF: not found" in done.output
    assert "fetch it" in done.output


def test_every_finding_that_is_not_good_says_what_to_do(monkeypatch):
    monkeypatch.setattr(packages, "_installed", lambda _: None)
    monkeypatch.setattr(machine.shutil, "which", lambda _: None)
    monkeypatch.setattr(machine, "_axe", lambda: None)

    found = [one for one in examination.examine().findings if not one.good]

    assert {"packages", "extras", "tools"} <= {one.group for one in found}
    assert [one.name for one in found if not one.remedy] == []


def test_the_lowest_versions_are_those_of_the_project():
    by_name = {one.name: one for one in requirements()}

    assert by_name["weasyprint"].exact
    assert f"weasyprint=={by_name['weasyprint'].lowest}" in PROJECT["project"]["dependencies"]
    extras = PROJECT["project"]["optional-dependencies"]
    assert {one.extra for one in requirements()} == {"", *extras}


@pytest.mark.parametrize(
    ("asked", "version", "holds"),
    [
        ("numpy>=1.26", "1.26.0", True),
        ("numpy>=1.26", "1.9", False),
        ("numpy>=1.26", "2.4.6", True),
        ("lxml>=5.2", "5.2rc1", True),  # its release is 5.2
        ("weasyprint==70.0", "70.0", True),
        ("weasyprint==70.0", "70.1", False),
        ("weasyprint==70.0", "70", True),
        ("fonttools[woff]>=4.53", "4.5", False),
        ("anything", "0.1", True),
    ],
)
def test_versions_are_compared_as_numbers(asked, version, holds):
    assert read_requirement(asked).holds(version) is holds


def test_a_package_that_is_too_old_is_named_with_both_versions(monkeypatch):
    monkeypatch.setattr(packages, "_installed", lambda _: "1.0")

    (found,) = packages.look_at_packages((Requirement("numpy", "1.26"),))

    assert not found.good
    assert found.needed
    assert found.found == "1.0 is installed, and >=1.26 is asked for"
    assert found.remedy == f"{sys.executable} -m pip install 'numpy>=1.26'"


def test_an_extra_is_no_necessity(monkeypatch):
    monkeypatch.setattr(packages, "_installed", lambda _: None)

    (found,) = packages.look_at_packages((Requirement("pyarrow", "15", extra="parquet"),))

    assert found.word == "optional"
    assert "Parquet files" in found.found


def test_an_installation_without_its_list_is_told():
    (found,) = packages.look_at_packages(())

    assert found.word == "missing"


def test_pango_that_does_not_load_is_told_in_its_own_words(monkeypatch):
    monkeypatch.setattr(machine, "_PANGO", "raise SystemExit('cannot load library pango')")

    (found,) = machine.look_at_pango()

    assert found.word == "missing"
    assert found.found == "cannot load library pango"
    assert "apt-get install libpango" in found.remedy


def test_a_font_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    broken = tmp_path / "Broken.ttf"
    broken.write_bytes(b"no font")
    style = type("Style", (), {"settings": {"fonts": [{"file": str(broken)}]}})()
    monkeypatch.setattr("evalkit.report.style.style.load_style", lambda _: style)

    found = list(machine.look_at_fonts())

    assert {one.word for one in found} == {"missing"}
    assert found[0].found.startswith("Broken.ttf cannot be read")


def test_a_folder_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    def refuse(**_: object):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine.tempfile, "NamedTemporaryFile", refuse)

    (found,) = machine.look_at_folders(tmp_path / "reports")

    assert found.word == "missing"
    assert found.found == f"{tmp_path}: Permission denied"
    assert "-o FOLDER" in found.remedy


def test_a_module_that_lacks_is_told_and_the_other_looks_go_on(monkeypatch):
    def broken():
        raise ModuleNotFoundError("No module named 'fontTools'")
        yield

    good = Finding("python", "Python", good=True, found="3.11")
    looks = {"fonts": broken, "python": lambda: iter([good])}
    monkeypatch.setattr(examination, "_LOOKS", looks)

    found = examination.examine()

    assert [one.word for one in found.findings] == ["missing", "good"]
    assert "No module named 'fontTools'" in found.findings[0].found


def test_programs_are_found_on_the_path(monkeypatch, tmp_path):
    program = tmp_path / "verapdf"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EVALKIT_AXE", str(program))

    words = {one.name: one.word for one in machine.look_at_tools()}

    assert words == {
        "Chromium": "optional",
        "axe-core": "good",
        "veraPDF": "good",
        "pdftoppm": "optional",
    }


def test_a_package_of_two_extras_is_told_once_with_both():
    asked = (Requirement("x", "1", extra="one"), Requirement("x", "2", extra="two"))

    (finding,) = packages.look_at_packages(asked)

    assert "one: an extra; two: an extra" in finding.found
    assert finding.remedy.endswith("'x>=2'")
