"""Time reports of 10, 40, 100 and 200 pages; writes docs/benchmarks/report.md.

Run by ``make bench``. The documents are the starter case of ``evalkit new`` with more and more
copies of an instrument, so that all of them hold tables, figures and footnotes alike. Each is made
twice to the same file: the second build knows the page numbers of the first. WeasyPrint alone lays
out and writes the same finished markup once, which no work of ours can avoid. Each document has a
process of its own, so that memory can be told apart.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.report.assemble import assemble
from evalkit.report.layout import lay_out
from evalkit.report.render import render
from evalkit.report.style import load_style

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks" / "report.md"
# Copies of an instrument that bring a report to about so many pages.
COPIES = {10: 0, 40: 13, 100: 42, 200: 92}
MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux


def larger_case(folder: Path, copies: int) -> Path:
    """Write the starter case with copies of its instrument."""
    case = new_case("groot", folder)
    one = case / "instruments" / "leeradvies"
    facts = one.with_suffix(".yaml").read_text(encoding="utf-8")
    prose = one.with_suffix(".md").read_text(encoding="utf-8")
    for number in range(copies):
        name = case / "instruments" / f"advies-{number:03}"
        named = facts.replace("name: Leeradvies", f"name: Advies {number} Leeradvies")
        name.with_suffix(".yaml").write_text(
            named.replace("short: Leeradvies", f"short: Advies {number}"), encoding="utf-8"
        )
        name.with_suffix(".md").write_text(prose, encoding="utf-8")
    return case


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(pages: int) -> dict[str, float]:
    """Make one document and give its pages, its times and the most memory that it took."""
    with tempfile.TemporaryDirectory() as folder:
        evaluation = evaluate(load_case(larger_case(Path(folder), COPIES[pages])))
        file = Path(folder) / "report.pdf"
        first = cpu(lambda: render(evaluation, file, draft=True))
        again = cpu(lambda: render(evaluation, file, draft=True))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
        style = load_style(evaluation.case.style)
        document, edition = assemble(evaluation, style, "nl", draft=True)
        layout = lay_out(document, edition, lambda _: None, file)
        base = f"{style.folder.as_uri()}/"
        alone = cpu(
            lambda: HTML(string=layout.html, base_url=base).render().write_pdf(pdf_tags=True)
        )
    found = len(layout.pages.pages)
    return {"pages": found, "first": first, "again": again, "alone": alone, "memory": most}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--one", type=int, choices=COPIES, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one)))
        return
    rows = []
    for pages in COPIES:
        command = [sys.executable, __file__, "--one", str(pages)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(rows[-1], file=sys.stderr)
    lines = [
        "# Reports, timed",
        "",
        (
            f"Python {platform.python_version()}, {platform.system()}, one run of "
            "`benchmarks/report.py`. Seconds of processor time; the ratio is that of the second "
            "build, with known page numbers, to WeasyPrint alone on the same markup. Assembling, "
            "tags, attachments and all gates are in our times."
        ),
        "",
        "| Pages | First build | Second build | WeasyPrint alone | Ratio | Memory (MB) |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {row['pages']} | {row['first']:.1f} | {row['again']:.1f} | {row['alone']:.1f} | "
            f"{row['again'] / row['alone']:.2f} | {row['memory']:.0f} |"
            for row in rows
        ),
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
