"""What veraPDF says of a finished report, where it is installed: a second opinion on PDF/UA."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

_PATIENCE = 300  # seconds; it starts a Java machine and reads every object of the file


def second_opinion(pdf: bytes) -> list[str]:
    """Ask veraPDF whether a file holds to PDF/UA-1.

    Parameters
    ----------
    pdf
        The file.

    Returns
    -------
    list of str
        The rules of ISO 14289-1 that it breaks, by clause and test; empty when it breaks none, and
        when veraPDF is not on the PATH.
    """
    program = shutil.which("verapdf")
    if program is None:
        return []
    with TemporaryDirectory(prefix="evalkit-") as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(pdf)
        try:
            done = subprocess.run(  # noqa: S603  a program of the user's own PATH, and our own file
                [program, "--flavour", "ua1", "--format", "text", "--verbose", file],
                capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return [f"veraPDF gave no verdict: {error}"]
    return _read(done.stdout, done.stderr)


def _read(said: str, complained: str) -> list[str]:
    """Read its verdict: a line on the file, then one for each rule that is broken."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    verdict = next((line for line in lines if line.startswith(("PASS ", "FAIL "))), None)
    if verdict is None:
        why = next(iter((complained or said).strip().splitlines()), "it said nothing")
        return [f"veraPDF gave no verdict: {why}"]
    if verdict.startswith("PASS "):
        return []
    rules = [line.removeprefix("FAIL ") for line in lines if line.startswith("FAIL ")]
    broken = list(dict.fromkeys(rule for rule in rules[1:])) or ["it does not say which rule"]
    return [f"veraPDF: the file breaks PDF/UA-1, {rule}" for rule in broken]
