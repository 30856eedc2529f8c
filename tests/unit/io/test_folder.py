"""A case folder holds text, and nothing outside it is read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from evalkit.errors import Problem
from evalkit.io.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "zaak"
    (root / "tables").mkdir(parents=True)
    (tmp_path / "geheim.txt").write_text("geheim")
    return Folder(root)


def refused(folder: Folder, name: str, **asked: Problem) -> Problem:
    assert folder.text(name, **asked) is None
    assert name not in folder.hashes
    return folder.problems[-1]


@pytest.mark.parametrize(
    "name", ["../geheim.txt", "tables/../../geheim.txt", "/etc/hostname", "tables/../.."]
)
def test_a_path_out_of_the_folder(folder: Folder, name: str) -> None:
    problem = refused(folder, name)
    assert "it leads out of the case folder" in problem.message
    assert problem.hint == "keep what a case needs inside its folder"


@pytest.mark.parametrize("target", ["../geheim.txt", "/etc/hostname"])
def test_a_link_out_of_the_folder(folder: Folder, target: str) -> None:
    (folder.root / "case.yaml").symlink_to(target)
    assert "it leads out of the case folder" in refused(folder, "case.yaml").message


def test_a_linked_folder_out_of_the_folder(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / "01.md").write_text("geheim")
    (folder.root / "chapters").symlink_to(tmp_path / "elders")
    (name,) = folder.names("chapters", ".md")
    assert "it leads out" in refused(folder, name).message


def test_a_link_inside_the_folder_is_fine(folder: Folder) -> None:
    (folder.root / "a.md").write_text("tekst")
    (folder.root / "b.md").symlink_to("a.md")
    assert folder.text("b.md") == "tekst"


def test_a_link_to_itself(folder: Folder) -> None:
    (folder.root / "a.md").symlink_to("a.md")
    assert refused(folder, "a.md").message


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 0, "the file is empty"),
        (b" \n\n", 0, "the file is empty"),
        (b"\xef\xbb\xbf", 0, "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0, "this is a binary file, not text"),
        (b"tekst\0tekst", 0, "this is a binary file, not text"),
        ("één".encode("utf-16"), 0, "the file is UTF-16 text, not UTF-8"),
        ("een\ngeëvalueerd".encode("latin-1"), 2, "this line is not UTF-8 text"),
    ],
)
def test_what_is_no_text(folder: Folder, data: bytes, line: int, says: str) -> None:
    (folder.root / "a.md").write_bytes(data)
    problem = refused(folder, "a.md")
    assert (problem.file, problem.line, problem.message) == ("a.md", line, says)
    assert problem.hint


def test_a_huge_file_is_not_read(folder: Folder) -> None:
    with (folder.root / "a.md").open("wb") as file:
        file.truncate(20_000_001)
    assert "it is larger than 20 MB" in refused(folder, "a.md").message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("geen.csv", "there is no such file"),
        ("tables", "it is a folder"),
        ("a\0b.csv", "this cannot be the name of a file"),
        ("\ud800.csv", "this cannot be the name of a file"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_names_that_lead_to_no_file(folder: Folder, name: str, says: str) -> None:
    assert says in refused(folder, name).message


def test_a_problem_is_placed_where_the_file_is_named(folder: Folder) -> None:
    asked = Problem("case.yaml", 12, "")
    problem = refused(folder, "tables/x.csv", asked_by=asked)
    assert str(problem).startswith("case.yaml:12: tables/x.csv: there is no such file")


@pytest.mark.parametrize(
    "data", [b"een\r\ntwee\r\n", b"een\rtwee\r", b"een\ntwee\n", b"\xef\xbb\xbfeen\ntwee\n"]
)
def test_line_ends_and_mark_of_byte_order(folder: Folder, data: bytes) -> None:
    (folder.root / "a.md").write_bytes(data)
    assert folder.text("a.md") == "een\ntwee\n"
    assert folder.hashes["a.md"] == hashlib.sha256(data).hexdigest()


def test_hidden_files_are_left_alone(folder: Folder) -> None:
    (folder.root / ".x.md").write_text("x")
    (folder.root / "b.md").write_text("x")
    (folder.root / "a.md").write_text("x")
    assert list(folder.names("", ".md")) == ["a.md", "b.md"]


@pytest.mark.parametrize("read", ["text", "data"])
def test_a_folder_for_a_file(folder: Folder, read: str) -> None:
    asked = Problem("case.yaml", 3, "")
    assert getattr(folder, read)("tables", asked_by=asked) is None
    (problem,) = folder.problems
    assert problem.message == "tables: the file is not read: it is a folder"
    assert problem.hint == "name a file in it"


def test_a_text_file_that_is_far_too_large(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalkit.io.folder._LARGEST", 2_000_000)
    (folder.root / "a.md").write_text("a" * 2_000_001)
    problem = refused(folder, "a.md")
    assert "it is larger than 2 MB" in problem.message
    assert "divide it" in problem.hint
