"""Time the spine: start-up, load and check, score, report; writes docs/benchmarks/spine.md.

Run by ``make bench``. Every figure is the median of several runs in one go; machines differ, so
the ratios say more than the seconds.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from weasyprint import HTML

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.report.assemble import assemble
from evalkit.report.pages.layout import lay_out
from evalkit.report.render import render
from evalkit.report.style.style import load_style
from evalkit.report.text.proofread import proofread

CASE = "menselijk-kapitaal"
TARGET = Path(__file__).parents[1] / "docs" / "benchmarks" / "spine.md"


def cpu(work: Callable[[], object], runs: int) -> float:
    """Give the median processor time of a piece of work, in seconds."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return median(found)


def wall(*command: str, runs: int = 7) -> float:
    """Give the median time of a command from start to end, in seconds."""
    found = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(time.perf_counter() - start)
    return median(found[1:])  # the first fills the caches


def renderer_alone() -> tuple[int, float]:
    """Time WeasyPrint on the finished markup: what no work of ours can avoid."""
    case = load_case(CASE)
    style = load_style(case.style)
    document, edition = assemble(evaluate(case), style, "nl")
    layout = lay_out(document, edition, lambda _: None)

    def twice() -> None:
        # Two layouts, as page numbers need, and one PDF.
        for _ in range(2):
            pages = HTML(string=layout.html, base_url=f"{style.folder.as_uri()}/").render()
        pages.write_pdf(pdf_tags=True)

    return len(layout.pages.pages), cpu(twice, 2)


def main() -> None:
    python = sys.executable
    bare = wall(python, "-c", "pass")
    version = wall(python, "-m", "evalkit", "--version")
    help_ = wall(python, "-m", "evalkit", "--help")
    load = cpu(lambda: load_case(CASE), 5)
    check = cpu(lambda: proofread(CASE), 5)
    case = load_case(CASE)
    score = cpu(lambda: evaluate(case), 5)
    with tempfile.TemporaryDirectory() as folder:
        report = cpu(lambda: render(evaluate(load_case(CASE)), Path(folder) / "r.pdf"), 2)
    pages, alone = renderer_alone()
    rows = [
        ("`python -c pass` (the floor)", f"{bare:.2f}", "1,0"),
        ("`evalkit --version`", f"{version:.2f}", f"{version / bare:.1f}"),
        ("`evalkit --help`", f"{help_:.2f}", f"{help_ / bare:.1f}"),
        ("load", f"{load:.2f}", ""),
        ("load and check, prose included", f"{check:.2f}", ""),
        ("score and coverage", f"{score:.2f}", ""),
        (f"report, {pages} pages, cold", f"{report:.1f}", f"{report / alone:.2f}"),
        ("WeasyPrint alone on the same markup", f"{alone:.1f}", "1,00"),
    ]
    lines = [
        "# The spine, timed",
        "",
        (
            f"Case `{CASE}`, Python {platform.python_version()}, {platform.system()}. Commands in "
            "seconds of wall time, the rest in seconds of processor time; medians of one run of "
            "`make bench`."
        ),
        "",
        "| What | Seconds | Ratio to its floor |",
        "|---|---:|---:|",
        *(f"| {what} | {seconds} | {ratio.replace(',', '.')} |" for what, seconds, ratio in rows),
        "",
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
