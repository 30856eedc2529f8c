"""Write a report, whole or not at all."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evalkit.errors import EvalkitError, EvalkitWarning, RenderError
from evalkit.evaluation import Evaluation
from evalkit.io.whole import write_whole
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.language.suggest import did_you_mean
from evalkit.report.assemble import assemble
from evalkit.report.document import Document
from evalkit.report.edition import Edition
from evalkit.report.finished import finished
from evalkit.report.formats import parse_formats, targets
from evalkit.report.pages.gates import enforce, failures
from evalkit.report.pages.layout import Progress, lay_out
from evalkit.report.pages.pdf import pdf_bytes
from evalkit.report.style.style import load_style, style_of
from evalkit.report.web.page import web_page


def render(
    evaluation: Evaluation,
    path: str | Path,
    *,
    formats: str | Sequence[str] = (),
    style: str | Path | None = None,
    lang: Language | None = None,
    draft: bool = False,
    progress: Progress = lambda _: None,
) -> Path:
    """Write the report of an evaluation.

    Parameters
    ----------
    evaluation
        What to report.
    path
        Where to; its ending (``.pdf``, ``.html``, ``.docx`` or ``.json``) decides what is written.
        Beside a report the evaluation is written as JSON; it travels inside a PDF too.
    formats
        What to write instead: ``"pdf,html"``, ``["pdf", "html"]`` or ``"all"``. The files stand
        beside each other under the name of `path`.
    style
        A shipped house style or the folder of one's own; by default the one of the case.
    lang
        ``nl`` or ``en``; by default the language of the case.
    draft
        Whether to write it also when a check fails, stamped as a draft; what is wrong is then
        given as `EvalkitWarning`.
    progress
        Is told of each step.

    Returns
    -------
    Path
        The file that was written, or the first of several.

    Raises
    ------
    CaseError
        The prose of the case cannot be rendered; it lists every problem.
    GateError
        The finished report failed a check; nothing was written.
    EvalkitError
        There is no such style, language or format, or a file cannot be written.
    """
    wanted = targets(Path(path), parse_formats(formats) if formats else ())
    _refuse_language(evaluation, lang)
    record = f"{evaluation.to_json()}\n".encode()
    first = next(iter(wanted.values()))
    files = {wanted["json"] if "json" in wanted else first.with_suffix(".json"): record}
    reports = {name: target for name, target in wanted.items() if name != "json"}
    if reports:
        _refuse_blank(evaluation)
        found = style_of(evaluation.case) if style is None else load_style(style, folders=True)
        document, edition = assemble(
            evaluation, found, lang or evaluation.case.language, draft=draft
        )
        job = _Job(document, edition, record, progress, reports.get("pdf"))
        files = {**{target: _MAKERS[name](job) for name, target in reports.items()}, **files}
    _write(files)
    return first


def _refuse_language(evaluation: Evaluation, lang: Language | None) -> None:
    """Refuse a language that there is not, or that the texts of this evaluation are not in."""
    if lang is not None and lang not in LANGUAGES:
        raise EvalkitError(f"no language '{lang}'", hint=did_you_mean(lang, LANGUAGES))
    if lang in evaluation.case.translations:
        hint = f"read it with `load_case(..., lang='{lang}')` and evaluate that"
        what = f"this evaluation holds the {evaluation.case.language} texts of its case"
        raise EvalkitError(what, hint=hint)


def _refuse_blank(evaluation: Evaluation) -> None:
    """Refuse a report of a case that has no text: it would be a cover and an empty contents."""
    if not evaluation.case.chapters:
        hint = (
            "write chapters/01-findings.md; in it `::: instruments`, `::: verdicts` and "
            "`::: sources` print what the case holds"
        )
        raise EvalkitError(
            f"{evaluation.case.slug} has no chapters, so nothing to print", hint=hint
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """What every format is made from."""

    document: Document
    edition: Edition
    record: bytes
    progress: Progress
    before: Path | None = None
    """The PDF of an earlier build, which knows the pages of what has not changed."""

    def checked(self, name: str, failed: Sequence[str]) -> None:
        """Stop a report that failed a check; of a draft tell what is wrong."""
        for line in enforce(failed, self.edition):
            warnings.warn(f"{name}: {line}", EvalkitWarning, stacklevel=5)


def _pdf(job: _Job) -> bytes:
    label = job.edition.label
    layout = lay_out(job.document, job.edition, job.progress, job.before)
    job.progress(label("progress.pdf"))
    data, complaints = pdf_bytes(layout, job.edition.case.slug, job.record)
    job.progress(label("progress.gates"))
    job.checked("pdf", failures(data, layout, job.edition, complaints))
    return data


def _html(job: _Job) -> bytes:
    job.progress(job.edition.label("progress.html"))
    data, faults = web_page(job.document, job.edition)
    job.checked("html", faults)
    return data


def _docx(job: _Job) -> bytes:
    from evalkit.report.docx.write import docx_bytes  # who asks for a PDF need not load it

    label, edition = job.edition.label, job.edition
    job.progress(label("progress.docx"))
    draft = label("report.draft") if edition.draft else ""
    return docx_bytes(finished(job.document, edition), edition.style, draft=draft)


_MAKERS: Mapping[str, Callable[[_Job], bytes]] = {"pdf": _pdf, "html": _html, "docx": _docx}


def _write(files: dict[Path, bytes]) -> None:
    try:
        write_whole(files)
    except OSError as error:
        raise RenderError(
            f"{error.filename or 'the report'} cannot be written: {error.strerror}",
            hint="choose another place with -o, or free some room",
        ) from None
