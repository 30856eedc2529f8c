"""Whatever happens to the bytes of a case: it is a case, or a list of problems."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import CaseError
from evalkit.io.bibliography import read_bibliography
from evalkit.io.case import load_case
from evalkit.io.tables import TableError, read_rows
from evalkit.io.yamltree import read_tree
from evalkit.model import Case

FILES = [
    "case.yaml",
    "theory.yaml",
    "instruments/premie.yaml",
    "sources.bib",
    "tables/banen.csv",
    "chapters/01-inleiding.md",
]
JUNK = [b"\0", b"\t", b"\xff", b'"', b"'", b"{", b"}", b"[", b"]", b":", b": ", b"- ", b"\n"]
JUNK += [b"*a", b"&a ", b"!x ", b"|", b">", b"%", b"@", b"#", b",", b"---\n", b"\r", b"<<: "]
JUNK += [b"? ", b"../", b'"\\0"', b'"\\ud800"', b"\xef\xbb\xbf", b"\\", b"$", b" -> ", b"PM"]
JUNK += [b"2018", b"1e3", b"9" * 5000, b"[]", b"{}", b"\xd9\xa3", b"null", b"~", b"-1"]
places = st.integers(0, 2000)
changes = st.lists(
    st.tuples(places, st.integers(0, 12), st.sampled_from(JUNK) | st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


def load(folder: Path) -> None:
    try:
        case = load_case(folder)
    except CaseError as error:
        assert error.problems  # noqa: PT017
        assert list(error.problems) == sorted(set(error.problems))  # noqa: PT017
        str(error).encode()  # it can be printed
        for problem in error.problems:
            assert problem.message
            lines = (folder / problem.file).read_bytes() if problem.line else b""
            assert problem.line <= lines.replace(b"\r", b"\n").count(b"\n") + 1
    else:
        assert Case.from_json(case.to_json()) == case
        json.loads(case.to_json())


@settings(max_examples=150)
@given(st.sampled_from(FILES), changes)
def test_changed_bytes(small_case: Path, name: str, todo) -> None:
    path = small_case / name
    whole = path.read_bytes()
    data = bytearray(whole)
    for place, length, junk in todo:
        at = place % (len(data) + 1)
        data[at : at + length] = junk
    path.write_bytes(data)
    try:
        load(small_case)
    finally:
        path.write_bytes(whole)


@settings(max_examples=60)
@given(st.sampled_from(FILES[:3]), st.randoms(use_true_random=False))
def test_changed_lines(small_case: Path, name: str, random) -> None:
    path = small_case / name
    whole = path.read_bytes()
    lines = whole.split(b"\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                lines.pop(at)
            case 1:
                lines.insert(random.randrange(len(lines) + 1), lines[at])
            case 2:
                lines[at] = b"  " + lines[at]
            case 3:
                lines[at] = lines[at].split(b":")[0] + b": " + random.choice(JUNK)
        lines = lines or [b""]
    path.write_bytes(b"\n".join(lines))
    try:
        load(small_case)
    finally:
        path.write_bytes(whole)


@given(st.text(max_size=80) | st.text("ab:-[]{},\"'#&*!|>\n \t?<%0", max_size=40))
def test_any_text_as_yaml(text: str) -> None:
    tree = read_tree(text, "x.yaml")
    assert all(problem.message for problem in tree.problems)


@given(st.text(max_size=80) | st.text('@report{},="ab \n\\%#()', max_size=60))
def test_any_text_as_bibtex(text: str) -> None:
    tree = read_bibliography(text, "x.bib")
    assert tree.data or tree.problems
    assert all(problem.line >= 0 for problem in tree.problems)


@given(st.text(max_size=80) | st.text('ab;,"\n ', max_size=40))
def test_any_text_as_csv(text: str) -> None:
    try:
        rows = read_rows(text.replace("\r", "\n"))
    except TableError as error:
        assert str(error)  # noqa: PT017
        return
    assert len({len(row) for row in rows}) == 1
