"""A small case with data, for analyses to run on and to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.analysis.bonnen import FILES, firms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a case with one analysis."""
    for name, text in FILES.items():
        path = tmp_path / "bonnen" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "bonnen/data").mkdir()
    firms().to_csv(tmp_path / "bonnen/data/bedrijven.csv", index=False)
    return tmp_path / "bonnen"
