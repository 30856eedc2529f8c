"""The docs site is built without a warning, and asks nothing of the network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalkit.cli import app
from evalkit.io.schema import KINDS, schema

pytest.importorskip("material", reason="the docs site needs mkdocs-material")
pytestmark = pytest.mark.slow


def test_no_page_asks_anything_of_the_network(site: Path) -> None:
    asked = re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"?((?:https?:)?//[^\">\s]+)"
    )
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    found = {(page.name, url) for page in pages for url in asked.findall(page.read_text("utf-8"))}
    assert found == set()


def test_every_command_is_on_its_page(site: Path) -> None:
    page = (site / "reference/commands.html").read_text("utf-8")
    for command in app.registered_commands:
        assert f'id="{command.name}"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_file_is_on_its_page(kind: str, site: Path) -> None:
    page = (site / f"reference/files/{kind}.html").read_text("utf-8")
    for key in schema(kind).get("properties", {}):
        assert f"<code>{key}</code>" in page


def test_formulas_are_drawn_without_a_script(site: Path) -> None:
    page = (site / "methodology/group_time.html").read_text("utf-8")
    assert "<math" in page
    assert "arithmatex" not in page
