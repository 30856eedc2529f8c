"""Verdicts on the page: per instrument, and on the mix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from evalkit.judgement.profile import scales
from evalkit.judgement.sentence import wording
from evalkit.judgement.stageverdict import StageVerdict
from evalkit.judgement.verdict import Reason, Verdict
from evalkit.language.numbers import Language
from evalkit.report.anchors import instrument_anchor
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol

_MANY = 3  # instruments from which the same reason is printed once
_PART = "partly-covered"


def verdict_html(key: str, edition: Edition) -> str:
    """Render the verdict on an instrument: level, direction, reasons, evidence, next step."""
    verdict = edition.evaluation.scores[key]
    unmet = [reason for reason in verdict.reasons if reason.rule.endswith("-unmet")]
    now = range(verdict.level + 1)
    met = [reason for reason in verdict.reasons if reason not in unmet]
    side = f"<h3>{edition.label('verdict.heading')}</h3>{_robust(verdict, edition)}"
    parts = [
        f"<p><b>{_level(verdict, edition)}</b></p>",
        _override(verdict, edition),
        _sentences("verdict.reasons", met, edition),
        _sentences("verdict.caps", [*unmet, *_limits(verdict, now, edition)], edition),
        _sentences("verdict.then", _limits(verdict, [verdict.level + 1], edition), edition),
        f"<p><b>{edition.label('verdict.next')}.</b> {escape(verdict.next_step[edition.lang])}</p>",
    ]
    body = f'<div class="verdict-side">{side}</div><div class="verdict-main">{"".join(parts)}</div>'
    apart = _apart(verdict, edition)
    return f'<section class="verdict"><div class="verdict-body">{body}</div>{apart}</section>'


def _level(verdict: Verdict, edition: Edition) -> str:
    symbol = direction_symbol(verdict.direction, alt="")
    said = direction_said(verdict, edition.lang)
    return f"{_named(verdict, edition)} – {symbol} {escape(said)}"


def direction_said(verdict: Verdict, lang: Language) -> str:
    """Print the direction where no heading says what it is of: "unknown" alone tells nothing."""
    said = verdict.direction_label(lang)
    if verdict.status:
        return wording("verdict", "direction_of")[lang].format(label=said)
    return wording("verdict", "no_direction")[lang] if verdict.direction == "unknown" else said


def _named(verdict: Verdict, edition: Edition) -> str:
    level = edition.label("ladder.level").format(level=verdict.level)
    return f"{escape(level)}, {escape(_rung(verdict, edition.lang))}"


def _placed(verdict: Verdict, reason: Reason, edition: Edition) -> str:
    """Print the level with a reason; a reason that begins with the direction says it already."""
    told = escape(reason.prose(edition.lang))
    if reason.rule != "direction":
        return f"{_level(verdict, edition)}. {told}"
    return f"{_named(verdict, edition)}. {direction_symbol(verdict.direction, alt='')} {told}"


def _partly(verdict: Verdict, reason: Reason, edition: Edition) -> str:
    """Say it when the evidence that a reason rests on is about a part of the instrument only."""
    for one in verdict.reasons:
        if one.rule == _PART and one is not reason and set(one.evidence) & set(reason.evidence):
            return f" {escape(one.prose(edition.lang))}"
    return ""


def _rung(verdict: Verdict, lang: Language) -> str:
    """Name the rung; a rung called "effective" is put otherwise when the finding is not.

    Up to rung 1 the name promises nothing, and the direction that stands beside it says the rest.
    """
    unfavourable = verdict.direction in ("negative", "none", "mixed")
    return verdict.spoken[lang] if unfavourable and verdict.level > 1 else verdict.label[lang]


def _limits(verdict: Verdict, at: Collection[int], edition: Edition) -> list[Reason]:
    """Pick the limits at some rungs: those that hold an instrument back now, or would higher up."""
    levels = {cap.id: cap.level for cap in edition.ladder.caps}
    return [cap for cap in verdict.caps if levels[cap.rule] in at]


def _override(verdict: Verdict, edition: Edition) -> str:
    """Print a departure from the rules as what it is: signed, with its reason."""
    found = verdict.override
    if found is None:
        return ""
    text = edition.label("verdict.departure").format(
        derived=verdict.derived, level=found.level, signed=found.signed, date=found.date
    )
    head = edition.label("verdict.override")
    return f"<p><b>{head}.</b> {escape(text)} {escape(found.reason)}</p>"


def _sentences(head: str, reasons: Sequence[Reason], edition: Edition) -> str:
    if not reasons:
        return ""
    items = "".join(f"<li>{escape(reason.prose(edition.lang))}</li>" for reason in reasons)
    return f'<p class="verdict-label">{edition.label(head)}</p><ul class="reasons">{items}</ul>'


def _apart(verdict: Verdict, edition: Edition) -> str:
    """Say side by side what is known of execution, output and efficiency.

    What is known of the outcome is the verdict itself.
    """
    scales = (verdict.stages.get("activities"), verdict.stages.get("output"), verdict.efficiency)
    cells = [_stage(found, edition) for found in scales if found is not None]
    return f'<div class="verdict-strip">{"".join(cells)}</div>' if cells else ""


def _stage(found: StageVerdict, edition: Edition) -> str:
    lang = edition.lang
    told = edition.label("stages.told").format(
        label=found.label[lang], level=found.level, top=found.top
    )
    finding = ""
    if found.direction != "unknown":
        symbol = direction_symbol(found.direction, alt="")
        first, _, rest = _whose(found, lang).partition(" ")
        finding = f'<span class="together">{symbol} {escape(first)}</span> {escape(rest)} '
    reason = escape(deciding_stage(found).prose(lang))
    head = escape(f"{found.title[lang]}: {told}.")
    return f"<div><p><b>{head}</b> {finding}{reason}</p></div>"


def _whose(found: StageVerdict, lang: Language) -> str:
    """Say what the picture of a stage is, and by whose word."""
    told = [one.prose(lang) for one in found.reasons if one.rule == "direction"]
    return " ".join(told) or found.finding[lang]


def _robust(verdict: Verdict, edition: Edition) -> str:
    """Say how much hangs on a single thing, and what would change the level most.

    It stands in the margin, beside the verdict.
    """
    found = verdict.robustness
    if not found.tried:
        return ""
    told = [found.text[edition.lang]]
    if found.doubts:
        told.append(min(found.doubts, key=lambda doubt: doubt.level).prose(edition.lang))
    head, text = edition.label("verdict.robust"), escape(" ".join(told))
    return f'<div class="verdict-firm"><p><b>{head}.</b> {text}</p></div>'


def deciding_stage(found: StageVerdict) -> Reason:
    """Pick the sentence that puts a stage on its rung: what it lacks, a limit, or what it has."""
    scale = next(scale for scale in scales() if scale.name == found.ladder)
    limits = {cap.id: cap.level for cap in scale.caps}
    rungs = {base.id: base.level for base in scale.bases}
    lacks = [one for one in found.reasons if one.rule.endswith("-unmet")]
    caps = [cap for cap in found.caps if limits.get(cap.rule) == found.level]
    has = [one for one in found.reasons if rungs.get(one.rule) == found.level]
    return (*lacks, *caps, *reversed(has), *found.reasons)[0]


def deciding(verdict: Verdict) -> Reason:
    """Pick the sentence that says most of an instrument: what holds it back, if anything does."""
    held = [reason for reason in verdict.reasons if reason.rule.endswith("-unmet")]
    limits = verdict.caps if verdict.derived < verdict.base else ()
    return (*limits, *held, *verdict.caps, *verdict.reasons)[0]


def telling(verdict: Verdict, edition: Edition) -> Reason:
    """Pick what sets an instrument apart when all are held back by the same rule."""
    bases = {base.id for base in edition.ladder.bases}
    own = [one for one in verdict.reasons if one.rule.partition("-unmet")[0] not in bases]
    own = [one for one in own if one.rule.partition("-withheld")[0] not in bases]
    return (*own, *verdict.caps, deciding(verdict))[0]


def _shared(edition: Edition) -> str:
    """Print the reason that holds all instruments back once."""
    verdicts = edition.evaluation.scores.instruments
    found = [deciding(verdict) for verdict in verdicts]
    alike = {(one.level, reason.rule) for one, reason in zip(verdicts, found, strict=True)}
    if len(found) < _MANY or len(alike) > 1:
        return ""
    # What they share stands before the colon; behind it is what each of them lacks.
    reason = found[0].prose(edition.lang).partition(": ")[0].rstrip(".")
    text = edition.label("verdict.shared").format(reason=reason[:1].lower() + reason[1:])
    return f" {escape(text)}"


def mix_html(edition: Edition, file: str, line: int) -> str:
    """Render the verdict on the mix, and per instrument the reason that decided it.

    The list refers to the section of each instrument, from where the report asks for it.
    """
    scores, lang = edition.evaluation.scores, edition.lang
    shared = _shared(edition)
    items = []
    for verdict in scores.instruments:
        name = escape(edition.case.instruments[verdict.id].label)
        where = edition.references.ask(instrument_anchor(verdict.id), file, line)
        reason = telling(verdict, edition) if shared else deciding(verdict)
        told = f"{_placed(verdict, reason, edition)}{_partly(verdict, reason, edition)}"
        items.append(f"<li><b>{name}</b> ({where}): {told[:1].lower()}{told[1:]}</li>")
    profile = edition.label("verdict.profile").format(
        title=scores.title[lang], publisher=scores.publisher, edition=scores.edition[lang]
    )
    mix = escape(scores.mix.prose(lang))
    listed = f'<ul class="verdicts">{"".join(items)}</ul>'
    return f'<p>{mix}{shared}</p>{listed}<p class="source">{escape(profile)}</p>'
