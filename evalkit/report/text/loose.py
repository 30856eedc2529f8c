"""Check prose when the case itself is broken, so that one run still finds everything.

The parts that figures and values are made from may be missing then. What can be said without them
is said: citations, references, footnotes, directives.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from evalkit.audit.case.own_labels import by_directive
from evalkit.errors import Problem
from evalkit.evaluation import evaluate
from evalkit.model.case import Case
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.sections.instrument import stage_named
from evalkit.report.style.style import load_style
from evalkit.report.text.directive import Directive, Handler
from evalkit.report.text.markdown import closing
from evalkit.report.text.prose import Prose


def loose_problems(case: Case) -> list[Problem]:
    """List what is wrong with the prose of a case, as far as that can be told from prose alone."""
    texts = {f"chapters/{key}.md": text for key, text in case.chapters.items()}
    texts |= {case.prose_file(key): i.prose for key, i in case.instruments.items() if i.prose}
    bare = case.model_copy(
        update={
            "instruments": {}, "indicators": {}, "recommendations": {}, "order": (), "analyses": {},
            "contributions": {}, "compliance": {},
        }
    )  # fmt: skip
    edition = Edition(evaluate(bare, ladder="effectladder"), case.language, load_style("seo"))
    handlers: dict[str, Handler] = dict.fromkeys(HANDLERS, _quiet)
    for file, text in texts.items():
        _read(Prose(edition, file, handlers=handlers), text)
    return [*edition.problems, *_dangling(edition, case)]


def _quiet(edition: Edition, found: Directive) -> str:
    """Let a figure or table be referred to, without making it."""
    if found.attributes.id:
        kind = "table" if found.name == "table" else "figure"
        edition.target(found.attributes.id, kind, "1", found.file, found.line)
    return found.body


def _read(prose: Prose, text: str) -> None:
    tokens = prose.tokens(text)
    index = 0
    while index < len(tokens):
        end = closing(tokens, index)
        if tokens[index].type == "heading_open" and tokens[index].tag == "h1":
            _title(prose, tokens[index], tokens[index + 1])
        else:
            prose.blocks(tokens[index : end + 1])
        index = end + 1
    prose.done()


def _title(prose: Prose, opening: Token, inline: Token) -> None:
    line = (opening.map or [0])[0] + 1
    if prose.file.startswith("instruments/"):
        stage_named(inline.content.strip(), line, prose)
        return
    _, found = prose.heading(inline)
    if found.id:
        prose.edition.target(found.id, "chapter", "1", prose.file, line)


def _dangling(edition: Edition, case: Case) -> Iterator[Problem]:
    """Leave out references to what the report makes itself."""
    composed = by_directive(case)
    for problem in edition.references.dangling():
        label = problem.message.split(" ")[0].removeprefix("@")
        if label not in composed and not any(
            key in label for key in (*case.instruments, *case.analyses)
        ):
            yield problem
