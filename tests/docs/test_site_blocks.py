"""Every code block of the tutorials, how-to pages and comparisons does what the page says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.docs.site_blocks import DOCS, PAGES, Block, Reader, blocks

# They render whole reports, which takes minutes: `make site-test` runs them.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("EVALKIT_SITE"), reason="run by `make site-test`"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_reader_who_follows_the_page_gets_what_it_promises(page: Path, tmp_path: Path) -> None:
    found = blocks(page.read_text(encoding="utf-8"))
    reader = Reader(tmp_path)
    for block in found:
        reader.follow(block)
    assert found or page.stem == "software"  # it compares, and has nothing to run


def test_the_reader_sees_what_is_not_printed(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.follow(Block("python", "", "print('one')\n"))
    reader.follow(Block("text", "", "one\n"))

    with pytest.raises(AssertionError, match="not printed"):
        reader.follow(Block("text", "", "two\n"))


def test_the_reader_sees_a_command_that_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no case"):
        Reader(tmp_path).follow(Block("sh", "", "evalkit check nowhere\n"))


def test_a_block_that_nothing_runs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="nothing runs"):
        Reader(tmp_path).follow(Block("yaml", "", "a: b\n"))
