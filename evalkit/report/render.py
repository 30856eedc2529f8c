"""Write a report, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from evalkit.errors import EvalkitError, GateError, RenderError
from evalkit.evaluation import Evaluation
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.language.suggest import did_you_mean
from evalkit.report.assemble import assemble
from evalkit.report.gates import failures
from evalkit.report.layout import Progress, lay_out
from evalkit.report.pdf import pdf_bytes
from evalkit.report.style import load_style

FORMATS = ("pdf", "json")


def render(
    evaluation: Evaluation,
    path: str | Path,
    *,
    style: str | Path | None = None,
    lang: Language | None = None,
    progress: Progress = lambda _: None,
) -> Path:
    """Write the report of an evaluation.

    Parameters
    ----------
    evaluation
        What to report.
    path
        Where to; its ending (``.pdf`` or ``.json``) decides what is written. Beside a PDF the
        evaluation is written as JSON, and travels inside it as an attachment too.
    style
        A shipped house style or the folder of one's own; by default the one of the case.
    lang
        ``nl`` or ``en``; by default the language of the case.
    progress
        Is told of each step.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    CaseError
        The prose of the case cannot be rendered; it lists every problem.
    GateError
        The finished pages failed a check; nothing was written.
    EvalkitError
        There is no such style, language or format, or the file cannot be written.
    """
    target = Path(path)
    if target.suffix.removeprefix(".") not in FORMATS:
        hint = f"let the file end in {' or '.join(f'.{name}' for name in FORMATS)}"
        raise EvalkitError(f"'{target.name}' is no format that evalkit writes", hint=hint)
    if lang is not None and lang not in LANGUAGES:
        raise EvalkitError(f"no language '{lang}'", hint=did_you_mean(lang, LANGUAGES))
    if lang in evaluation.case.translations:
        hint = f"read it with `load_case(..., lang='{lang}')` and evaluate that"
        what = f"this evaluation holds the {evaluation.case.language} texts of its case"
        raise EvalkitError(what, hint=hint)
    record = f"{evaluation.to_json()}\n".encode()
    if target.suffix == ".json":
        _write({target: record})
        return target
    pdf = _pdf(evaluation, style, lang, record, progress)
    _write({target: pdf, target.with_suffix(".json"): record})
    return target


def _pdf(
    evaluation: Evaluation,
    style: str | Path | None,
    lang: Language | None,
    record: bytes,
    progress: Progress,
) -> bytes:
    case = evaluation.case
    found = load_style(case.style) if style is None else load_style(style, folders=True)
    document, edition = assemble(evaluation, found, lang or case.language)
    layout = lay_out(document, edition, progress)
    progress(edition.label("progress.pdf"))
    pdf, complaints = pdf_bytes(layout, case.slug, record)
    progress(edition.label("progress.gates"))
    failed = failures(pdf, layout, edition, complaints)
    if failed:
        raise GateError(failed)
    return pdf


def _write(files: dict[Path, bytes]) -> None:
    """Write every file beside its place first, and move them there when all are whole."""
    ready: list[tuple[str, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            ready.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        for name, path in ready:
            Path(name).chmod(0o644)
            Path(name).replace(path)
    except OSError as error:
        raise RenderError(
            f"{error.filename or 'the report'} cannot be written: {error.strerror}",
            hint="choose another place with -o, or free some room",
        ) from None
    finally:
        for name, _ in ready:
            Path(name).unlink(missing_ok=True)
