"""Time reports of 10, 40, 100 and 200 pages; writes docs/benchmarks/report.md.

Run by ``make bench``. The documents are the starter case of ``evalkit new`` with more and more
copies of an instrument, so that all of them hold tables, figures and footnotes alike; the smallest
is the starter case without most of its chapters. Each is made
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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from weasyprint import HTML

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.report.assemble import assemble
from evalkit.report.pages.layout import lay_out
from evalkit.report.render import render
from evalkit.report.style.style import load_style

TARGET = Path(__file__).parents[1] / "docs" / "benchmarks" / "report.md"
# Copies of an instrument that bring a report to about so many pages.
COPIES = {10: 0, 40: 7, 100: 27, 200: 60}
LEFT_OUT = ("01-inleiding", "04-evaluatie", "05-aanbevelingen", "07-bijlage-schakels",
            "08-bijlage-afkortingen")  # fmt: skip
MEGABYTE = 1024  # ru_maxrss counts kilobytes on Linux
SECONDS = {40: 6, 100: 20}  # aimed at, of a build with known page numbers
MEMORY, RATIO = 250, 1.15


def sized_case(folder: Path, copies: int) -> Path:
    """Write the starter case with copies of its instrument, or with fewer chapters."""
    case = new_case("groot", folder)
    for chapter in LEFT_OUT if not copies else ():
        (case / "chapters" / f"{chapter}.md").unlink()
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


def most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def measure(pages: int) -> dict[str, float]:
    """Make one document and give its pages, its times and the most memory that it took."""
    with tempfile.TemporaryDirectory() as folder:
        evaluation = evaluate(load_case(sized_case(Path(folder), COPIES[pages])))
        before = most_memory()
        file = Path(folder) / "report.pdf"
        first = cpu(lambda: render(evaluation, file, draft=True))
        most = most_memory()
        again = cpu(lambda: render(evaluation, file, draft=True))
        style = load_style(evaluation.case.style)
        document, edition = assemble(evaluation, style, "nl", draft=True)
        layout = lay_out(document, edition, lambda _: None, file)
        base = f"{style.folder.as_uri()}/"
        alone = cpu(
            lambda: HTML(string=layout.html, base_url=base).render().write_pdf(pdf_tags=True)
        )
    found = len(layout.pages.pages)
    times = {"first": first, "again": again, "alone": alone, "memory": most, "before": before}
    return {"asked": pages, "pages": found, **times}


def aims(rows: Sequence[dict[str, float]]) -> Iterator[str]:
    """Hold the times against what was aimed at, and say so where an aim was missed."""
    by_size = {int(row["asked"]): row for row in rows}
    for pages, seconds in SECONDS.items():
        if pages in by_size:
            found = by_size[pages]["again"]
            yield _aim(f"{pages} pages with known page numbers", found, seconds, ".1f", "s")
    most = max(rows, key=lambda row: row["again"] / row["alone"])
    ratio = most["again"] / most["alone"]
    yield _aim("the ratio to WeasyPrint alone, at its worst", ratio, RATIO, ".2f", "")
    for pages in SECONDS:
        if pages in by_size:
            found = by_size[pages]["memory"]
            yield _aim(f"memory for {pages} pages", found, MEMORY, ".0f", "MB")


def _aim(what: str, found: float, aimed: float, form: str, unit: str) -> str:
    verdict = "met" if found < aimed else "**missed**"
    told = f"- {what}: {found:{form}} {unit}".rstrip()
    return f"{told}; aimed at under {aimed} {unit}".rstrip() + f": {verdict}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--one", type=int, choices=COPIES, help=argparse.SUPPRESS)
    options.add_argument(
        "--pages", type=int, choices=COPIES, nargs="*", default=list(COPIES), help="which sizes"
    )
    asked = options.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one)))
        return
    rows = []
    for pages in asked.pages:
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
            "tags, attachments and all gates are in our times. The memory is the most that the "
            "process held up to the end of the first build; what it held before the report was "
            "begun (the libraries, and the analysis of the starter case with its diagnostics) "
            "stands beside it. Processor time goes up when other programs share the caches and "
            "cores, and so does the ratio, though less."
        ),
        "",
        "| Pages | First build | Second build | WeasyPrint alone | Ratio | Memory (MB) | before |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {row['pages']} | {row['first']:.1f} | {row['again']:.1f} | {row['alone']:.1f} | "
            f"{row['again'] / row['alone']:.2f} | {row['memory']:.0f} | {row['before']:.0f} |"
            for row in rows
        ),
        "",
        "What was aimed at, on two cores:",
        "",
        *aims(rows),
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
