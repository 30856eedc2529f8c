"""Make docs/gallery.md: every kind of figure and table, from one case that is made up.

``python docs/gallery.py`` writes the page and its pictures. The case is the starter case of
``evalkit new`` with the tables and the chapter of ``docs/gallery/`` added. A test compares what is
committed with what this makes.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.io.shipped import style_dir
from evalkit.report.assemble import assemble
from evalkit.report.document import Exhibit
from evalkit.report.style.style import load_style

HERE = Path(__file__).parent
PARTS = HERE / "gallery"
TARGET = HERE / "gallery.md"
SVG = "http://www.w3.org/2000/svg"
HEAD = """# Gallery

Made by `docs/gallery.py`; change the case in `docs/gallery/` or the figure, not this page.

Every kind of figure and table, as a report prints it. **All names and numbers are made up.** Each
was made by the line above it, in a chapter of a case;
[case-format.md](case-format.md#figures-and-tables-from-data) says how the data are written.
Whoever cannot see a picture gets the text and the rows below it.
"""
# What each is for, by the label of the exhibit; one without a line here stands under its caption.
WHAT: Mapping[str, str] = {
    "fig-lijnen": "Lines: several series over time, with a break in the count and a target",
    "fig-uitgelicht": "Lines, one of them picked out",
    "fig-streefpad": "The way to a target, from an indicator of the case",
    "fig-index": "Bars as an index",
    "fig-staven": "Bars beside each other; PM and what is missing are not nought",
    "fig-gestapeld": "Stacked bars",
    "fig-bellen": "Bubbles: three numbers of each thing",
    "fig-agenda": "A budget as stacked bars",
    "tbl-agenda": "The same budget as a table; its totals are checked, PM included",
    "tbl-budgetten": "The budgets of the instruments by year, from the model",
    "fig-budgetten": "The same as stacked bars",
    "tbl-scenario": "Scenarios against dimensions",
    "tbl-maatregelen": "Goals, perspectives and measures",
    "tbl-maatregelenlijst": "The measures of an agenda, theme by theme",
    "tbl-mijlpalen": "A calendar of milestones",
    "tbl-reacties": "Recommendations with their answers and actions",
    "fig-investeringen": "An investment agenda as bars",
    "tbl-investeringen": "The same agenda as a table; PM stays visible in every total",
    "tbl-toelichting": "What each amount of it rests on",
    "tbl-afspraken": "Commitments by theme",
    "tbl-landen": "A comparison of countries with lessons",
    "fig-stappen": "Steps and work packages",
    "fig-theorie": "The policy theory",
    "tbl-looptijden": "When instruments ran",
    "fig-doelen": "Instruments against goals",
    "fig-ladder": "The ladder of evidence",
    "tbl-treden": "Rung and direction of each instrument",
    "tbl-stadia": "Execution, output, outcome and efficiency of each instrument",
    "tbl-oversteek": "Where the same evidence stands on each ladder",
    "tbl-voorbeeld": "Any table from CSV",
    "fig-analysis-reeks": "A series against what was to be expected",
    "fig-analysis-scholing": "Effects around the start",
}


def gallery_case(folder: Path) -> Path:
    """Write the case of the gallery into a folder."""
    case = new_case("galerij", folder)
    _insert(case / "case.yaml", "tables:", PARTS / "tables.yaml")
    _insert(case / "case.yaml", "indicators:", PARTS / "indicators.yaml")
    with (case / "analyses.yaml").open("a", encoding="utf-8") as file:
        file.write((PARTS / "analyses.yaml").read_text("utf-8"))
    for name in ("tables", "data"):
        shutil.copytree(PARTS / name, case / name, dirs_exist_ok=True)
    shutil.copytree(PARTS / "agenda", case, dirs_exist_ok=True)
    with (case / "instruments" / "leeradvies.yaml").open("a", encoding="utf-8") as file:
        file.write((PARTS / "leeradvies.yaml").read_text("utf-8"))
    shutil.copy(PARTS / "chapter.md", case / "chapters" / "05-galerij.md")
    return case


def pages() -> dict[Path, str]:
    """Make the page and its pictures, by the file that each belongs in."""
    with tempfile.TemporaryDirectory() as folder:
        case = load_case(gallery_case(Path(folder)))
        evaluation = evaluate(case)
        _, edition = assemble(evaluation, load_style("seo"), "nl")
        written = "\n".join([*case.chapters.values()])
        texts = {key: table.rows for key, table in case.tables.items()}
    made: dict[Path, str] = {}
    parts = [HEAD]
    by_id = {exhibit.id: exhibit for exhibit in edition.exhibits}
    order = [*WHAT, *(one for one in by_id if one not in WHAT)]
    for id_ in order:
        exhibit = by_id[id_]
        if exhibit.drawing.markup.startswith("<svg"):
            made[PARTS / f"{id_}.svg"] = outlined(exhibit.drawing.markup)
        directive = re.search(rf"^:::.*#{re.escape(id_)}[ }}].*$", written, re.MULTILINE)
        parts += _entry(exhibit, directive[0] if directive else "", texts)
    made[TARGET] = "\n".join(parts)
    return made


def _insert(file: Path, line: str, part: Path) -> None:
    """Put lines under a key of a YAML file."""
    text = file.read_text("utf-8")
    begin = text.index(f"\n{line}")
    end = text.index("\n", begin + 1) + 1
    file.write_text(f"{text[:end]}{part.read_text('utf-8')}{text[end:]}", encoding="utf-8")


def _entry(
    exhibit: Exhibit, directive: str, texts: Mapping[str, Sequence[Sequence[str]]]
) -> Iterator[str]:
    caption = _plain(exhibit.caption)
    yield f"## {WHAT.get(exhibit.id, caption)}\n"
    if directive:
        yield f"```markdown\n{directive}\n:::\n```\n"
        key = directive.partition("{")[0].split()[3:]
        for rows in (texts[name] for name in key if name in texts):
            lines = "\n".join(";".join(row) for row in rows)
            yield f"```\n{lines}\n```\n"
    yield f"**{exhibit.label}** {caption}\n"
    if exhibit.drawing.legend:
        yield f"{_plain(exhibit.drawing.legend)}\n"
    if not exhibit.drawing.markup.startswith("<svg"):
        yield from _table(exhibit.drawing.data)
    else:
        alt = exhibit.drawing.alt.replace("[", "(").replace("]", ")")
        yield f"![{alt}](gallery/{exhibit.id}.svg)\n"
        yield f"<details><summary>{exhibit.label}: its text and its rows</summary>\n"
        yield f"{exhibit.drawing.alt}\n"
        yield from _table(exhibit.drawing.data)
        yield "</details>\n"
    if exhibit.source:
        yield f"Bron: {_plain(exhibit.source)}\n"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write rows as a Markdown table, each as wide as the widest."""
    wide = max(len(row) for row in rows)
    for at, row in enumerate(rows):
        cells = [_cell(cell) for cell in row] + [""] * (wide - len(row))
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield f"|{'---|' * wide}"
    yield ""


def _cell(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").split())


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def outlined(svg: str) -> str:
    """Turn the words of a drawing into shapes, so that it looks the same without our fonts."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    glyphs: dict[str, str] = {}
    for parent in root.iter():
        for at, child in enumerate(list(parent)):
            if child.tag == f"{{{SVG}}}text":
                parent[at] = _shape(child, glyphs)
    defined = ET.Element(f"{{{SVG}}}defs")
    for key, outline in sorted(glyphs.items()):
        if outline:
            ET.SubElement(defined, f"{{{SVG}}}path", {"id": key, "d": outline})
    root.insert(0, defined)
    return ET.tostring(root, encoding="unicode") + "\n"


_FILES = {
    ("Source Sans 3", "400"): "SourceSans3-Regular.ttf",
    ("Source Sans 3", "600"): "SourceSans3-Semibold.ttf",
    ("Source Sans 3", "700"): "SourceSans3-Bold.ttf",
    ("Source Serif 4", "400"): "SourceSerif4-Regular.ttf",
    ("Source Serif 4", "300"): "SourceSerif4-Light.ttf",
    ("Source Serif 4", "600"): "SourceSerif4-Semibold.ttf",
}
_FONTS: dict[str, TTFont] = {}


def _shape(text: ET.Element, glyphs_used: dict[str, str]) -> ET.Element:
    """Draw one line of text with the outlines of its font, each kept once."""
    file = _FILES[text.get("font-family", ""), text.get("font-weight", "400")]
    if file not in _FONTS:
        _FONTS[file] = TTFont(style_dir("seo") / "fonts" / file)
    font = _FONTS[file]
    glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    size = float(text.get("font-size", "1")) / em
    spacing = float(text.get("letter-spacing", "0"))
    found = [glyphs[names[ord(sign)]] for sign in text.text or ""]
    whole = sum(glyph.width * size + spacing for glyph in found)
    x = float(text.get("x", "0"))
    x -= {"middle": whole / 2, "end": whole}.get(text.get("text-anchor", ""), 0.0)
    y = text.get("y", "0")
    group = ET.Element(f"{{{SVG}}}g", {"fill": text.get("fill", "")})
    for sign, glyph in zip(text.text or "", found, strict=True):
        key = f"{file.partition('-')[2][:2]}{ord(sign):x}{'s' if 'Serif' in file else ''}"
        if key not in glyphs_used:
            pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}")
            glyph.draw(pen)
            glyphs_used[key] = pen.getCommands()
        if glyphs_used[key]:
            move = f"translate({x:.2f} {y}) scale({size:.5f} {-size:.5f})"
            ET.SubElement(group, f"{{{SVG}}}use", {"href": f"#{key}", "transform": move})
        x += glyph.width * size + spacing
    return group


def main() -> int:
    """Write the page and its pictures, and take away pictures that no figure makes any more."""
    made = pages()
    for old in PARTS.glob("*.svg"):
        if old not in made:
            old.unlink()
    for file, text in made.items():
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
