"""The draft that a preview shows: the report as it stands, and what is wrong with it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from evalkit.audit.case.audit import audit_case
from evalkit.errors import CaseError, EvalkitError, Problem
from evalkit.evaluation import Evaluation, evaluate
from evalkit.io.case import load_case
from evalkit.io.shipped import shipped_styles
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.report.assemble import assemble
from evalkit.report.style.style import load_style, style_of
from evalkit.report.web.page import web_page


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend or to know, with its place.

    Attributes
    ----------
    kind
        ``problem`` stops the report; ``error``, ``warning`` and ``info`` are of the audit; ``page``
        is of the finished page.
    where
        ``file:line``, or nothing.
    text, hint
        What, and what to do.
    """

    kind: str
    where: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser shows.

    Attributes
    ----------
    html
        The page; the last good one when the case cannot be read now.
    remarks
        What is wrong or remarkable now.
    stamp
        Changes when the page does.
    seconds
        How long it took.
    stale
        Whether the page is older than the files.
    """

    html: bytes = b""
    remarks: tuple[Remark, ...] = ()
    stamp: str = ""
    seconds: float = 0.0
    stale: bool = False


@dataclass
class Draft:
    """Makes the page of a case again and again, as its files change.

    Parameters
    ----------
    folder
        The case folder.
    style
        A house style; by default that of the case.
    lang
        The language of the report; by default that of the case.
    """

    folder: Path
    style: str | None = None
    lang: Language | None = None
    shown: Shown = field(default_factory=Shown)
    _facts: str = ""
    _evaluation: Evaluation | None = None
    _case: Case | None = None  # with the places of its keys, for the audit

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders whose files make the page: the case, and a house style of one's own."""
        style = Path(self.style or "")
        own = self.style and self.style not in shipped_styles() and style.is_dir()
        return (self.folder, style) if own else (self.folder,)

    def make(self) -> Shown:
        """Make the page from the files as they are now; what is wrong is a remark, no error.

        Remarks of the audit are those of before, until :meth:`audit` has read the new text.
        """
        start = time.perf_counter()
        try:
            evaluation = self._evaluated()
            html, faults = self._page(evaluation)
        except CaseError as error:
            return self._kept([_remark(problem) for problem in error.problems], start)
        except EvalkitError as error:
            return self._kept([Remark("problem", "", error.message, error.hint or "")], start)
        except Exception as error:  # noqa: BLE001  the next save may mend it: keep watching
            return self._kept([_fault(error)], start)
        stamp = sha256(html).hexdigest()[:16]
        remarks = [*(Remark("page", "", fault) for fault in faults), *_audited(evaluation)]
        self.shown = Shown(html, tuple(remarks), stamp, time.perf_counter() - start)
        return self.shown

    def audit(self) -> Shown:
        """Read the text that is shown as a referee does; it takes longer than the page."""
        evaluation, shown = self._evaluation, self.shown
        if evaluation is None or self._case is None or shown.stale:
            return shown
        try:
            found = audit_case(self._case, evaluation.scores)
        except Exception as error:  # noqa: BLE001  as above
            self.shown = replace(shown, remarks=(*shown.remarks, _fault(error)))
            return self.shown
        self._evaluation = evaluation.model_copy(update={"audit": found})
        of_page = [remark for remark in shown.remarks if remark.kind == "page"]
        self.shown = replace(shown, remarks=(*of_page, *_audited(self._evaluation)))
        return self.shown

    def _kept(self, remarks: list[Remark], start: float) -> Shown:
        """Keep the last good page, and say what is wrong now."""
        last = self.shown
        seconds = time.perf_counter() - start
        self.shown = Shown(last.html, tuple(remarks), last.stamp, seconds, stale=True)
        return self.shown

    def _evaluated(self) -> Evaluation:
        """Evaluate; as long as nothing changes but prose, what was derived stays as it is."""
        case = load_case(self.folder)
        if self.lang in case.translations:
            case = load_case(self.folder, lang=self.lang)
        facts = _facts(case)
        if self._evaluation is None or facts != self._facts:
            self._evaluation, self._facts = evaluate(case), facts
        for key, finding in self._evaluation.findings.items():
            if finding.instrument is not None and finding.evidence is not None:
                case = case.with_evidence(finding.instrument, key, finding.evidence)
        self._case = case
        update = {"case": case.without_folder()}
        self._evaluation = self._evaluation.model_copy(update=update)
        return self._evaluation

    def _page(self, evaluation: Evaluation) -> tuple[bytes, tuple[str, ...]]:
        case = evaluation.case
        style = style_of(case) if self.style is None else load_style(self.style, folders=True)
        document, edition = assemble(evaluation, style, self.lang or case.language, draft=True)
        return web_page(document, edition)


def _fault(error: Exception) -> Remark:
    """Tell what evalkit itself does wrong, or a file that goes while it is read."""
    return Remark("problem", "", f"{type(error).__name__}: {error}", "save once more, or tell us")


def _audited(evaluation: Evaluation) -> list[Remark]:
    lang = evaluation.case.language
    return [Remark(one.severity, ", ".join(one.where), one.prose(lang)) for one in evaluation.audit]


def _facts(case: Case) -> str:
    """Tell apart what analyses depend on: every file but the prose."""
    files = sorted((name, mark) for name, mark in case.hashes.items() if not name.endswith(".md"))
    return sha256(repr((files, case.language)).encode()).hexdigest()


def _remark(problem: Problem) -> Remark:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Remark("problem", where, problem.message, problem.hint)
