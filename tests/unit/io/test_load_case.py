"""A broken case yields a clear list: every problem once, at its line, in words of the writer."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError, EvalkitError
from evalkit.io.case import find_case, load_case
from evalkit.model import Case

Problems = Callable[[Path], list[str]]

# Words of the machinery, which no writer should meet.
JARGON = re.compile(
    r"Input should|valid (string|integer|dictionary|tuple)|dict\b|tuple|NoneType|None\b|pydantic|"
    r"ruamel|Traceback|Error\b|\bint\b|\bstr\b|errno|codec|0x|object at|Literal|type=|\[key\]",
    re.IGNORECASE,
)


def edit(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def line_of(text: str, marker: str) -> int:
    return text.count("\n", 0, text.index(marker)) + 1


MKB, TP = "instruments/mkb-idee.yaml", "instruments/techniekpact.yaml"

# file, what stands there, what is put there, the text that marks the line, message, hint
BROKEN = [
    (MKB, "status: gestopt", "statsu: gestopt", "statsu", "unknown key 'statsu'",
     "did you mean 'status'?"),
    (MKB, "type: subsidie\n", "", "name: MKB", "the key 'type' is missing", "required"),
    (MKB, "type: subsidie", "type: subsidy", "type: subsidy",
     "'subsidy' is not one of the words for this", "did you mean 'subsidie'?"),
    (MKB, "total: 26,8 mln. euro", "total: 26,9 mln. euro", "total: 26,9",
     "total 26,9 mln. euro is not the sum of its years, 26,8 mln. euro", "mend a year"),
    (MKB, "2018: 2 mln. euro", "2018: 2.05 mln. euro", "2018: 2.05",
     "'2.05' can be read two ways: in a Dutch case '.' groups thousands", ""),
    (MKB, "2018: 2 mln. euro", "2018: 1e3 euro", "2018: 1e3", "'1e3 euro' is not a quantity", ""),
    (MKB, "2018: 2 mln. euro", "20018: 2,0 mln. euro", "20018", "'20018' is too large", "2200"),
    (MKB, "2018: 2 mln. euro", "2018a: 2,0 mln. euro", "2018a",
     "'2018a' is not a whole number", "digits"),
    (MKB, "actual: 81 procent", "actual: 81 procent in 1066", "in 1066",
     "'1066' is too small", "1800"),
    (MKB, "actual: 81 procent", "actual: [81, 82]", "actual: [81",
     "keys are expected here, not a list", "value, year, source"),
    (MKB, "measured: self-report", "measured: gevraagd", "measured: gevraagd",
     "'gevraagd' is not one of the words", "choose from: self-report"),
    (MKB, "period: 2018–2021", "period: 2021–2018", "period: 2021",
     "the period ends (2018) before it begins (2021)", ""),
    (MKB, "period: 2018–2021", "period: ooit", "period: ooit", "'ooit' is not a moment", ""),
    (MKB, "evidence: [ondernemersenquete]", "evidence: [ondernemerenquete]", "[ondernemerenquete]",
     "no evidence 'ondernemerenquete'", "did you mean 'ondernemersenquete'?"),
    (MKB, "  budget -> plekken:", "  budget -> plakken:", "budget -> plakken",
     "no node 'plakken' in this chain", "did you mean 'plekken'?"),
    (MKB, "  budget -> plekken:", "  plekken -> budget:", "plekken -> budget",
     "the link runs backwards, from activities to input", "`budget -> plekken`"),
    (MKB, "source: seo2025, § 3.3", "source: seo205, § 3.3", "seo205",
     "no source 'seo205' in sources.bib", "did you mean 'seo2025'?"),
    (MKB, "successor: SLIM-regeling", "successor: slim", "successor: slim",
     "no instrument 'slim'", "with a capital"),
    (MKB, "  vacatures:\n    role", "  vacature:\n    role", "  vacature:",
     "no goal 'vacature'", "did you mean 'vacatures'?"),
    (MKB, "after: true", "after: ja", "after: ja", "'ja' is neither true nor false", "write true"),
    (MKB, "about: [intermediate]", "about: [activiteiten]", "about: [activiteiten]",
     "'activiteiten' is not one of the words", "did you mean 'activities'?"),
    (MKB, "about: [intermediate]", "about: []", "about: []", "this is empty", "fill"),
    (MKB, "  edities:\n", "  De Edities:\n", "De Edities:", "'De Edities' is not an id", "hyphens"),
    (MKB, "name: MKB!dee", "name: [MKB]", "name: [MKB]", "text is expected here, not a list", ""),
    (MKB, "short: MKB!dee", "short: MKB!dee\nprose: x", "prose: x",
     "'prose' has no place here", "instruments/mkb-idee.md"),
    (MKB, "    total: 26,8", "    total_computed: true\n    total: 26,8", "  budget:",
     "`total_computed` is not yours", ""),
    (MKB, "status: gestopt", "status: gestopt\nstatus: lopend", "status: lopend",
     "'status' stands here again", "already on line 4"),
    (MKB, "status: gestopt", "\tstatus: gestopt", "\tstatus", "a tab indents this line", "spaces"),
    (MKB, "status: gestopt", "status: &x gestopt", "&x", "an anchor or alias ('x')", "quotes"),
    (MKB, "status: gestopt", "status: !x gestopt", "!x", "a tag ('!x')", "leave it out"),
    (MKB, "ministries: [EZK, SZW]", "ministries: {2018: 2,0 mln. euro}", "ministries",
     "a comma inside {…} separates", "a line of its own"),
    (TP, "35 procent in 2013", "35 procent in 2021", "actual: bijna 100", "", ""),
    ("case.yaml", "title: Menselijk", "titel: Menselijk", "titel", "unknown key 'titel'",
     "did you mean 'title'?"),
    ("case.yaml", "language: nl", "language: de", "language: de", "no language 'de'", "nl or en"),
    ("case.yaml", "file: tables/spanning.csv", "file: tables/spaning.csv", "spaning",
     "tables/spaning.csv: there is no such file", "mend the name"),
    ("case.yaml", "file: tables/spanning.csv", "file: ../../../etc/passwd", "etc/passwd",
     "it leads out of the case folder", "inside its folder"),
    ("case.yaml", "file: tables/spanning.csv", "file: /etc/hostname", "/etc/hostname",
     "it leads out of the case folder", "inside its folder"),
    ("case.yaml", "version: demonstratie", "theory: {}\nslug: x", "slug: x",
     "'slug' has no place here", "the name of the folder"),
    ("theory.yaml", "[techniekpact, agdb, ", "[techniekpakt, agdb, ", "techniekpakt",
     "no instrument 'techniekpakt'", "did you mean 'techniekpact'?"),
    ("sources.bib", "title = {Eindevaluatie MKB!dee 2018}", "titel = {Eindevaluatie}",
     "@report{seo2020mkbidee", "a source has no field 'titel'", "did you mean 'title'?"),
    ("sources.bib", "@report{seo2020mkbidee", "@rapport{seo2020mkbidee", "@rapport",
     "'@rapport' is no kind of source", "did you mean 'report'?"),
    ("tables/spanning.csv", "2018;7,4", "2018;1;7,4", "2018;1",
     "this row has 4 cells, the head has 3", "CSV UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "marker", "message", "hint"),
    BROKEN,
    ids=[f"{row[0]}: {row[2].strip()[:40]!r}" for row in BROKEN],
)
def test_one_thing_broken(
    shipped_copy: Path, problems: Problems, file, old, new, marker, message, hint
) -> None:
    text = edit(shipped_copy, file, old, new)
    found = [line.replace("\N{NO-BREAK SPACE}", " ") for line in problems(shipped_copy)]
    place = f"{file}:{line_of(text, marker)}: "
    right = [p for p in found if p.startswith(place) and message in p and hint in p]
    assert len(right) == 1, found
    assert not [p for p in found if JARGON.search(p)]
    assert len(found) <= 2, "one mistake, and at most one more that follows from it"


def whole_file(folder: Path, name: str, data: bytes | None) -> None:
    path = folder / name
    path.unlink()
    if data is not None:
        path.write_bytes(data)


FILES = [
    ("case.yaml", None, "case.yaml: there is no such file | a case is a folder with a case.yaml"),
    ("case.yaml", b"", "case.yaml: the file is empty | "),
    ("case.yaml", b"# alleen een noot\n", "case.yaml:1: case.yaml should hold keys, not nothing"),
    ("case.yaml", b"- a\n- b\n", "case.yaml:1: case.yaml should hold keys, not a list"),
    ("case.yaml", b"tekst\n", "case.yaml:1: case.yaml should hold keys, not one text"),
    ("case.yaml", b"\x89PNG\0\0", "case.yaml: this is a binary file, not text"),
    ("case.yaml", "titel: één\nx: ë".encode("latin-1"), "case.yaml:1: this line is not UTF-8"),
    ("case.yaml", b"title: x: y\n", "case.yaml:1: this is not YAML: a second ': '"),
    ("theory.yaml", b"", "theory.yaml: the file is empty | "),
    ("theory.yaml", None, "theory.yaml: there is no such file | add it"),
    ("theory.yaml", b"goals:\n\tbanen: y\n", "theory.yaml:2: a tab indents this line"),
    ("theory.yaml", b"\0\1\2", "theory.yaml: this is a binary file"),
    ("sources.bib", None, "sources.bib: there is no such file | add it"),
    ("sources.bib", b"", "sources.bib: the file is empty | "),
    ("sources.bib", b"\xff\xfe\0", "sources.bib: the file is UTF-16 text"),
    ("instruments/premie.yaml", b"", "instruments/premie.yaml: the file is empty"),
    ("instruments/premie.yaml", b"name: a: b", "instruments/premie.yaml:1: this is not YAML"),
    ("instruments/premie.md", b"\xe9", "instruments/premie.md:1: this line is not UTF-8 text"),
    ("chapters/01-inleiding.md", b"\0", "chapters/01-inleiding.md: this is a binary file"),
    ("tables/banen.csv", None, "case.yaml:6: tables/banen.csv: there is no such file"),
    ("tables/banen.csv", b"", "case.yaml:6: tables/banen.csv: the file is empty"),
    ("tables/banen.csv", b"a\n1\n", "tables/banen.csv: a table needs a head"),
    ("tables/banen.csv", b'a;b\n"x;1\n', "tables/banen.csv:2: this is not CSV: a quote"),
]


@pytest.mark.parametrize(("name", "data", "expected"), FILES)
def test_a_file_that_cannot_be_read_is_the_only_problem(
    small_case: Path, problems: Problems, name: str, data: bytes | None, expected: str
) -> None:
    whole_file(small_case, name, data)
    (found,) = problems(small_case)
    assert found.startswith(expected)
    assert not JARGON.search(found)


def test_a_small_case_is_whole(small_case: Path) -> None:
    case = load_case(small_case)
    assert case.slug == "kleine-casus"
    assert case.instruments["premie"].prose.startswith("# Input")
    assert set(case.hashes) == {
        str(path.relative_to(small_case)) for path in small_case.rglob("*") if path.is_file()
    }
    assert Case.from_json(case.to_json()) == case


def test_a_torn_bibliography_hides_no_slip_in_another_key(
    small_case: Path, problems: Problems
) -> None:
    edit(small_case, "sources.bib", "title = {Banen},", "title = {Banen}")
    edit(small_case, "instruments/premie.yaml", "source: cbs2021\n", "source: cbs2022\n")
    first, second = problems(small_case)
    assert first.startswith("instruments/premie.yaml:30: no source 'cbs2022'")
    assert second.startswith("sources.bib:4: this is not BibTeX")


def test_an_english_case_with_a_broken_case_file_keeps_its_language(
    small_case: Path, problems: Problems
) -> None:
    edit(small_case, "case.yaml", "language: nl", "language: en\nfoo: a: b")
    path = small_case / "instruments/premie.yaml"
    path.write_text(path.read_text().replace(",0 mln.", ".05 mln.").replace(",8 mln.", ".85 mln."))
    assert len(problems(small_case)) == 2  # the sum is wrong too, and is read in English
    assert "9.90 million euros" not in problems(small_case)[1]


def test_several_keys_missing_from_one_record_leave_its_neighbours_alone(
    small_case: Path, problems: Problems
) -> None:
    edit(
        small_case, "instruments/premie.yaml", "  telling:\n", "  leeg:\n    text: x\n  telling:\n"
    )
    found = problems(small_case)
    place = "instruments/premie.yaml:29: the key "
    assert [p.split(" is missing")[0] for p in found] == [
        f"{place}'{key}'" for key in ("about", "design", "source")
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("case.yml", "case.yml: this file is not read | rename it to end in .yaml"),
        ("instruments/b.yml", "instruments/b.yml: this file is not read"),
        ("chapters/02.markdown", "chapters/02.markdown: this file is not read"),
        ("instruments/los.md", "instruments/los.md: no instrument belongs to this prose"),
        ("instruments/MKB!dee.yaml", "instruments/MKB!dee.yaml:1: 'MKB!dee' is not an id"),
    ],
)
def test_files_out_of_place(small_case: Path, problems: Problems, name: str, says: str) -> None:
    shutil.copy(small_case / "instruments/premie.yaml", small_case / name)
    (found,) = problems(small_case)
    assert found.startswith(says)


@pytest.mark.parametrize("name", ["case.yaml", "sources.bib", "chapters/01-inleiding.md"])
def test_links_out_of_the_folder(small_case: Path, problems: Problems, name: str) -> None:
    outside = small_case.parent / "elders"
    outside.write_bytes((small_case / name).read_bytes())
    (small_case / name).unlink()
    (small_case / name).symlink_to(outside)
    (found,) = problems(small_case)
    assert found.startswith(f"{name}: the file is not read: it leads out of the case folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(small_case: Path, problems: Problems) -> None:
    os.mkfifo(small_case / "chapters" / "02.md")
    (found,) = problems(small_case)
    assert found.startswith("chapters/02.md: there is no such file")


@pytest.mark.parametrize(
    "order", ["[premie, {a: b}]", "[[premie]]", "premie", "{a: b}", "", "[premie, premie]"]
)
def test_odd_orders_end_in_words(small_case: Path, order: str) -> None:
    path = small_case / "case.yaml"
    path.write_text(path.read_text() + f"order: {order}\n")
    try:
        load_case(small_case)
    except CaseError as error:
        assert not JARGON.search(str(error))  # noqa: PT017


def test_everything_broken_at_once(shipped_copy: Path) -> None:
    """All problems come out in one run, each once, in order, and without a traceback."""
    expected = []
    for file, old, new, marker, message in [
        (MKB, "status: gestopt", "statsu: gestopt", "statsu", "unknown key 'statsu'"),
        (MKB, "total: 169 projecten", "total: 170 projecten", "total: 170", "not the sum"),
        (MKB, "evidence: [ondernemersenquete]", "evidence: [ondernemerenquete]",
         "[ondernemerenquete]", "no evidence"),
        (TP, "65 techniekcoaches", "6.55 techniekcoaches", "6.55", "two ways"),
        (TP, "successor: [agdb, ", "successor: [agbd, ", "agbd", "no instrument 'agbd'"),
        ("case.yaml", "tables/spanning.csv", "../spanning.csv", "../spanning", "leads out"),
        ("theory.yaml", "[mkb-idee, ", "[mkb-ide, ", "mkb-ide,", "no instrument 'mkb-ide'"),
        ("sources.bib", "year = {2017}", "yaer = {2017}", "@report{awti2017", "no field 'yaer'"),
    ]:  # fmt: skip
        text = edit(shipped_copy, file, old, new)
        expected.append((f"{file}:{line_of(text, marker)}: ", message))
    (shipped_copy / "instruments/o2lab.yaml").write_bytes(b"\0\1")
    expected.append(("instruments/o2lab.yaml: ", "binary"))
    (shipped_copy / "instruments/hca-ict.yaml").write_text("name: a\n\tb: c\n")
    expected.append(("instruments/hca-ict.yaml:2: ", "a tab"))
    (shipped_copy / "chapters/02-arbeidsmarkt.md").write_text("")
    expected.append(("chapters/02-arbeidsmarkt.md: ", "the file is empty"))
    with pytest.raises(CaseError) as caught:
        load_case(shipped_copy)
    found = [str(problem) for problem in caught.value.problems]
    assert list(caught.value.problems) == sorted(set(caught.value.problems))
    for place, message in expected:
        assert len([p for p in found if p.startswith(place) and message in p]) == 1, (place, found)
    assert len(found) == len(expected), found
    files = len({place.split(":")[0] for place, _ in expected})
    assert str(caught.value).endswith(f"{len(expected)} problems in {files} files")


def test_finding_a_case(small_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_case(small_case) == small_case
    assert find_case("menselijk-kapitaal").name == "menselijk-kapitaal"
    with pytest.raises(EvalkitError, match="did you mean 'menselijk-kapitaal'"):
        find_case("menselijk-kapital")
    with pytest.raises(EvalkitError, match="is a file"):
        find_case(small_case / "case.yaml")
    with pytest.raises(CaseError, match="`evalkit new` makes one"):
        load_case(tmp_path / ".")
    with pytest.raises(EvalkitError, match="there is no case"):
        find_case("../menselijk-kapitaal")


def test_a_folder_may_have_any_name(small_case: Path) -> None:
    folder = small_case.rename(small_case.parent / "Mijn Évaluatie 2025")
    assert load_case(folder).slug == "mijn-evaluatie-2025"
