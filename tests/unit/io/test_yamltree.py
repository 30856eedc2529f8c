"""YAML as the text that stands there: each trap that would change a number without a word."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import pytest

from evalkit.io.yamltree import read_tree


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1.337", {"a": "1.337"}),
        ("a: 1.330", {"a": "1.330"}),
        ("a: NO\nb: yes\nc: off", {"a": "NO", "b": "yes", "c": "off"}),
        ("a: 2025-07-01", {"a": "2025-07-01"}),
        ("a: 12:30:45", {"a": "12:30:45"}),
        ("a: 1e3\nb: 010\nc: 0x1F\nd: .inf", {"a": "1e3", "b": "010", "c": "0x1F", "d": ".inf"}),
        ("a: null\nb: ~\nc: true", {"a": "null", "b": "~", "c": "true"}),
        ("a: ~1 mln. euro", {"a": "~1 mln. euro"}),
        ("a: 2,0 mln. euro", {"a": "2,0 mln. euro"}),
        ("a: <5", {"a": "<5"}),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("2018: 14", {"2018": "14"}),
        ("a: {2018: 14, 2019: 47}", {"a": {"2018": "14", "2019": "47"}}),
        ("a: [x, y]", {"a": ["x", "y"]}),
        ("a: [2, 0]", {"a": ["2", "0"]}),
        ("a: ['1,5', 2]", {"a": ["1,5", "2"]}),
        ("a: x # noot", {"a": "x"}),
        ("a: |\n  een\n  twee\n", {"a": "een\ntwee\n"}),
        ("a: >-\n  een\n  twee\n", {"a": "een twee"}),
        ("\ufeffa: 1", {"a": "1"}),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("# niets", None),
        ("", None),
        ("- a\n- b", ["a", "b"]),
        ("%YAML 1.1\n---\na: 010", {"a": "010"}),
    ],
)
def test_text_stays_text(text: str, data: Any) -> None:
    tree = read_tree(text, "x.yaml")
    assert tree.data == data
    assert tree.problems == ()


BROKEN = [
    ("a: 1\nb: 2\na: 3", 3, "'a' stands here again", "already on line 1"),
    ("a: {b: 1, b: 2}", 1, "'b' stands here again", ""),
    ("x: 1\na: &n 1", 2, "an anchor or alias ('n')", "write it out"),
    ("a: *n", 1, "an anchor or alias ('n')", ""),
    ("a:\n  <<: {b: 1}", 2, "a merge key (`<<`)", "write the keys out"),
    ("a: !!str 1", 1, "a tag (", "every value is text"),
    ("a: !!python/object/apply:os.system [ls]", 1, "a tag (", ""),
    ("a: 1\nb: {2018: 2,0 mln. euro}", 2, "'0 mln. euro' has no value", "a line of its own"),
    ("a: {2018: 2,0}", 1, "a comma inside {…} separates", ""),
    ("a: [1,5 mln. euro, 2]", 1, "'1,5 mln. euro' is read as two items", "put it in quotes"),
    ("a: 1\n\tb: 2", 2, "a tab indents this line", "spaces only"),
    ("a:\n  - b\n  \t- c", 3, "a tab indents this line", ""),
    ("a: 1\n---\nb: 2", 2, "a second document", "one file for each"),
    ("? [a, b]\n: 1", 1, "a key that is not plain text", ""),
    ("a: 1\n? {b: c}\n: 1", 2, "a key that is not plain text", ""),
    ("a: x\nb: y: z", 2, "a second ': ' on this line", "quotes"),
    ("a: 1\nb\nc: 2", 3, "a key without a colon", ""),
    ("a: 1\n  b: 2", 2, "a second ': ' on this line, or a wrong indentation", ""),
    ("a:\n    b: 1\n  c: 2", 3, "this line does not fit the lines above it", ""),
    ("a: - b", 1, "a list begins on the line of its key", ""),
    ('a: "x', 1, "a quote is opened and never closed", ""),
    ("a: [1, 2", 1, "not closed", ""),
    ("a: ]", 1, "a value is missing here", ""),
    ("x: 1\na: >900 mln. euro", 2, "begins with > or | must be in quotes", "quote text"),
    ("a: > 5", 1, "begins with > or | must be in quotes", ""),
    ("a: **vet**", 1, "an anchor or alias ('*vet**')", "begins with & or * in quotes"),
    ("a: * vet", 1, "begins with * or & must be in quotes", ""),
    ("a: @seo2025", 1, "a sign that it cannot begin with", "quote text"),
    ("a: %", 1, "a sign that it cannot begin with", ""),
    ("a: 1\nb: \0", 2, "a sign stands here that is no text", ""),
    ("a: 1\nb: \x7f", 2, "a sign stands here that is no text", ""),
    ('a: "\\0"', 1, "a sign stands here that is no text", ""),
    ('a: "\\ud800"', 1, "a sign stands here that is no text", ""),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), BROKEN)
def test_traps_are_named_with_their_line(text: str, line: int, message: str, hint: str) -> None:
    (problem, *more) = read_tree(text, "x.yaml").problems
    assert not more
    assert (problem.file, problem.line) == ("x.yaml", line)
    assert message in problem.message
    assert hint in problem.hint
    assert problem.hint


@pytest.mark.parametrize("text", [row[0] for row in BROKEN])
def test_no_words_of_the_parser_reach_the_writer(text: str) -> None:
    said = " ".join(map(str, read_tree(text, "x.yaml").problems))
    for word in ("token", "scalar", "mapping", "node", "chomping", "block", "ruamel", "('"):
        assert word not in said.replace("alias ('", "").replace("a tag ('", "")


BOMBS = {
    "brackets": "a: " + "[" * 5000,
    "braces": "a: " + "{a: " * 500,
    "indentation": "\n".join("  " * depth + "k:" for depth in range(60)),
    "lists": "- " * 500,
    "laughs": "a: &a [x, x]\n"
    + "\n".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghi")),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_in_time(bomb: str) -> None:
    started = time.monotonic()
    tree = read_tree(BOMBS[bomb], "x.yaml")
    assert time.monotonic() - started < 20  # seconds, on a busy machine
    assert all(problem.line for problem in tree.problems)
    said = "an anchor or alias" if bomb == "laughs" else "nests more than 40 deep"
    assert any(said in problem.message for problem in tree.problems)


def test_lines_of_keys_and_items() -> None:
    tree = read_tree("a: 1\n\nb:\n  - x\n  - y: 2\n", "x.yaml")
    assert tree.lines[("a",)] == 1
    assert tree.lines[("b",)] == 3
    assert tree.lines[("b", 0)] == 4
    assert tree.lines[("b", 1, "y")] == 5
