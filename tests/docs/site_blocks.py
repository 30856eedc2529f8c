"""The code blocks of the pages of the docs site, and a reader who does what they say.

A block with a title is a file and is written; ``sh`` and ``python`` are run, one after the other,
in one folder; every line of a ``text`` block stands in what the block before it printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    page
    for folder in ("start", "tutorials", "howto", "compare")
    for page in (DOCS / folder).glob("*.md")
)
_FENCE = re.compile(
    r'^```(?P<language>\w*)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$',
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Block:
    """A code block: its language, the file that it is, and its text."""

    language: str
    title: str
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(f["language"], f["title"] or "", f["text"]) for f in _FENCE.finditer(page)]


class Reader:
    """Someone who follows a page in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = ""
        self.python: list[str] = []
        programs = folder / ".bin"
        programs.mkdir()
        command = programs / "evalkit"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m evalkit "$@"\n')
        command.chmod(0o755)
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "MPLBACKEND": "Agg",
            "COLUMNS": "200",
        }

    def follow(self, block: Block) -> None:
        if block.title:
            self._write(block)
        elif block.language == "sh":
            self._run(["sh", "-e", "-c", block.text])
        elif block.language == "python":
            self._python(block)
        elif block.language == "text":
            self._compare(block)
        else:
            raise AssertionError(f"nothing runs this block of {block.language!r}:\n{block.text}")

    def _write(self, block: Block) -> None:
        file = self.folder / block.title
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")

    def _python(self, block: Block) -> None:
        """Run what was run before once more, quietly, so that its names are there."""
        before = "\n".join(self.python)
        quiet = (
            "import contextlib, io\n"
            f"with contextlib.redirect_stdout(io.StringIO()):\n    exec({before!r}, globals())\n"
        )
        self._run([sys.executable, "-W", "error", "-c", f"{quiet}\n{block.text}"])
        self.python.append(block.text)

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command[-1]}\n{self.said}"

    def _compare(self, block: Block) -> None:
        said = " ".join(self.said.split())
        lines = [" ".join(line.split()) for line in block.text.splitlines() if line.strip()]
        assert lines
        missing = [line for line in lines if line.removesuffix("…").strip() not in said]
        assert missing == [], f"not printed: {missing}\nprinted:\n{self.said}"
