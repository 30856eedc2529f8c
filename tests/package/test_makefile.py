"""What `make` does to an environment that is there already."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_an_environment_without_pip_is_given_pip_and_keeps_what_it_has(tmp_path: Path) -> None:
    """Uv makes environments without pip; to clear one would throw away somebody's packages."""
    place = tmp_path / "environment"
    venv.create(place, with_pip=False)
    mine = place / "lib" / "mine.txt"
    mine.write_text("kept", encoding="utf-8")
    stamp = place / ".stamp-venv"
    command = ["make", f"VENV={place}", f"PYTHON={sys.executable}", str(stamp)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert mine.read_text(encoding="utf-8") == "kept"
    found = subprocess.run([place / "bin" / "python", "-m", "pip", "--version"], check=False)
    assert found.returncode == 0
    assert stamp.is_file()
