"""Verdicts on the page: per instrument, and on the mix."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evalkit.judgement.verdict import Reason, Verdict
from evalkit.language.numbers import Language
from evalkit.report.anchors import instrument_anchor
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol


def verdict_html(key: str, edition: Edition) -> str:
    """Render the verdict on an instrument: level, direction, reasons, evidence, next step."""
    verdict = edition.evaluation.scores[key]
    parts = [
        f"<h3>{edition.label('verdict.heading')}</h3>",
        f"<p><b>{_level(verdict, edition)}</b></p>",
        _override(verdict, edition),
        _sentences("verdict.reasons", verdict.reasons, edition),
        _sentences("verdict.caps", _near(verdict, edition), edition),
        f"<p><b>{edition.label('verdict.next')}:</b> {escape(verdict.next_step[edition.lang])}</p>",
    ]
    return f'<section class="verdict">{"".join(parts)}</section>'


def _level(verdict: Verdict, edition: Edition) -> str:
    lang = edition.lang
    symbol = direction_symbol(verdict.direction, alt="")
    level = edition.label("ladder.level").format(level=verdict.level)
    return (
        f"{escape(level)}, {escape(_rung(verdict, lang))} – "
        f"{symbol} {escape(verdict.direction_label(lang))}"
    )


def _rung(verdict: Verdict, lang: Language) -> str:
    """Name the rung; a rung called "effective" is put otherwise when the finding is not."""
    unfavourable = verdict.direction in ("negative", "none", "mixed")
    return verdict.spoken[lang] if unfavourable else verdict.label[lang]


def _near(verdict: Verdict, edition: Edition) -> list[Reason]:
    """Keep the limits that hold the instrument back now, or would one rung higher."""
    levels = {cap.id: cap.level for cap in edition.ladder.caps}
    return [cap for cap in verdict.caps if levels[cap.rule] <= verdict.level + 1]


def _override(verdict: Verdict, edition: Edition) -> str:
    """Print a departure from the rules as what it is: signed, with its reason."""
    found = verdict.override
    if found is None:
        return ""
    text = edition.label("verdict.departure").format(
        derived=verdict.derived, level=found.level, signed=found.signed, date=found.date
    )
    head = edition.label("verdict.override")
    return f"<p><b>{head}:</b> {escape(text)} {escape(found.reason)}</p>"


def _sentences(head: str, reasons: Sequence[Reason], edition: Edition) -> str:
    if not reasons:
        return ""
    items = "".join(f"<li>{escape(reason.prose(edition.lang))}</li>" for reason in reasons)
    return f'<p class="verdict-label">{edition.label(head)}</p><ul class="reasons">{items}</ul>'


def deciding(verdict: Verdict) -> Reason:
    """Pick the sentence that says most of an instrument: what holds it back, if anything does."""
    held = [reason for reason in verdict.reasons if reason.rule.endswith("-unmet")]
    limits = verdict.caps if verdict.derived < verdict.base else ()
    return (*limits, *held, *verdict.caps, *verdict.reasons)[0]


def mix_html(edition: Edition) -> str:
    """Render the verdict on the mix, and per instrument the reason that decided it."""
    scores, lang = edition.evaluation.scores, edition.lang
    items = []
    for verdict in scores.instruments:
        name = escape(edition.case.instruments[verdict.id].label)
        where = edition.references.ask(instrument_anchor(verdict.id), "case.yaml", 0)
        reason = deciding(verdict).prose(lang)
        items.append(
            f"<li><b>{name}</b> ({where}): {_level(verdict, edition)}. {escape(reason)}</li>"
        )
    profile = edition.label("verdict.profile").format(
        title=scores.title[lang], publisher=scores.publisher, edition=scores.edition[lang]
    )
    mix = escape(scores.mix.prose(lang))
    listed = f'<ul class="verdicts">{"".join(items)}</ul>'
    return f'<p>{mix}</p>{listed}<p class="source">{escape(profile)}</p>'
