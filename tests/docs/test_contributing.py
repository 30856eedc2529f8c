"""Each kind of thing that one can add has an example, on a page whose code the tests run."""

from __future__ import annotations

import re

import pytest

from tests.docs.site_blocks import PAGES, ROOT, blocks

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ADDING = CONTRIBUTING.split("## Adding\n")[1]
ROWS = [line for line in ADDING.splitlines() if line.startswith("| a")]
KINDS = {
    "an estimator", "a diagnostic", "a ladder or regime", "a part of the report",
    "a kind of figure", "a rule of the audit", "an engine", "a house style", "a case",
}  # fmt: skip


def test_every_kind_has_a_row() -> None:
    assert {row.split("|")[1].strip() for row in ROWS} == KINDS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_its_example_is_run(row: str) -> None:
    found = re.search(r"\]\(([^)#]+)#?([^)]*)\) \|$", row)
    assert found is not None
    page = ROOT / found[1]
    text = page.read_text(encoding="utf-8")
    heads = [
        head.lower().replace(" ", "-") for head in re.findall(r"^## (.+)$", text, re.MULTILINE)
    ]
    assert page in PAGES
    assert not found[2] or found[2] in heads
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    own = section[heads.index(found[2]) + 1] if found[2] else text
    assert blocks(own)
