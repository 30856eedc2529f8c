"""The page of errors has every kind of error, and what really is said stands on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import evalkit as ek
from evalkit.errors import CaseError, EvalkitError, EvalkitWarning
from evalkit.judgement.profile import find_ladder

ROOT = Path(__file__).parents[2]


@cache
def page() -> str:
    sys.path.insert(0, str(ROOT / "docs" / "site"))
    try:
        from errors_page import errors_page
    finally:
        sys.path.pop(0)
    return str(errors_page())


def rows() -> list[tuple[str, str]]:
    found = re.findall(r"^\| (.*?) \| (.*?) \|$", page(), re.MULTILINE)
    return [(a.replace("\\", ""), b.replace("\\", "")) for a, b in found]


def below(kind: type) -> set[type]:
    return {kind}.union(*(below(one) for one in kind.__subclasses__()))


def says(pattern: str, text: str) -> bool:
    """Whether a text is what a message of the page says, the ellipses filled in."""
    parts = [re.escape(part) for part in pattern.split("…")]
    return len(pattern.replace("…", "")) > 12 and re.search(".+".join(parts), text) is not None


def test_every_kind_of_error_and_warning_is_there() -> None:
    page()  # it loads every module, so that no kind is missed
    for kind in below(EvalkitError) | below(EvalkitWarning):
        if kind.__module__.startswith("evalkit"):
            assert f"| `{kind.__name__}` | {kind.__doc__.split()[0]}" in page()


FRAME = pd.DataFrame({"firm": [1, 1], "year": [1, 2], "jobs": [1.0, 2.0], "start": [0, 0]})


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: ek.load_case("nowhere"),
        lambda: ek.load_ladder("effectlader"),
        lambda: find_ladder("nowhere.yaml"),
        lambda: ek.Panel(FRAME, unit="firm", time="yaer", outcome="jobs", cohort="start"),
        lambda: ek.did.twfe(FRAME),  # type: ignore[arg-type]
        lambda: ek.did.group_time(
            ek.Panel(FRAME, unit="firm", time="year", outcome="jobs", cohort="start")
        ),
    ],
)
def test_what_is_said_stands_on_the_page(mistake: Callable[[], object]) -> None:
    with pytest.raises(EvalkitError) as caught:
        mistake()
    found = [hint for message, hint in rows() if says(message, caught.value.message)]
    assert found, caught.value.message
    if caught.value.hint is not None:
        assert any(hint.startswith("*") or says(hint, caught.value.hint) for hint in found)


def test_what_a_case_is_told_stands_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("title: A\nperiod: 2020\nlanguage: fr\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        ek.load_case(tmp_path)
    for problem in caught.value.problems:
        found = any(says(message, problem.message) for message, _ in rows())
        assert found, problem.message


def test_most_of_the_messages_have_a_remedy_of_their_own() -> None:
    assert len(rows()) > 400
    bare = [message for message, hint in rows() if hint == "*as the message says*"]
    assert len(bare) < len(rows()) / 6
