"""The README does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import evalkit
from evalkit.cli import app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
MAKEFILE = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [text for written, text in found if written == language]


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_examples_run(code: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(evalkit.__file__).parents[1]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_is_a_python_example() -> None:
    assert blocks("python")


def test_every_command_that_is_named_exists() -> None:
    known = {command.name for command in app.registered_commands}
    named = set(re.findall(r"^evalkit (\w+)", "\n".join(blocks("")), re.MULTILINE))
    assert named
    assert named <= known


def test_every_make_target_that_is_named_exists() -> None:
    named = set(re.findall(r"^make (\w+)", "\n".join(blocks("")), re.MULTILINE))
    assert named == {"report", "test"}
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in named)


def test_every_link_leads_somewhere() -> None:
    root = Path(__file__).parents[2]
    links = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r'src="([^"]+)"', README)
    assert links
    assert [link for link in links if not (root / link).exists()] == []


def test_every_public_name_is_there() -> None:
    assert [name for name in evalkit.__all__ if not hasattr(evalkit, name)] == []
    assert evalkit.__all__ == sorted(evalkit.__all__)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, evalkit, evalkit.cli; "
        "heavy = {'pandas', 'weasyprint', 'numpy', 'scipy', 'matplotlib', 'statsmodels'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    env = {"PYTHONPATH": str(Path(evalkit.__file__).parents[1]), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
