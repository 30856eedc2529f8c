"""Targets that can be set against what was reached, with the pace that they need."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said, change_said, point_said
from evalkit.judgement.mix.targetname import head
from evalkit.judgement.mix.words import say, sentences, words
from evalkit.judgement.sentence import Sentence

_SAID = ("reached", "missed", "short", "level", "ahead", "behind", "unsure")


def progress_pace(mix: Reading) -> Iterator[MixFinding]:
    """Compare each target that has an actual value of the same measure."""
    for row in mix.progress:
        if row.computed:
            yield _one(row, mix)


def _one(row: ProgressRow, mix: Reading) -> MixFinding:
    if row.actual is None:
        raise ValueError(f"{'.'.join(row.loc)} was compared without an actual value")
    state = words("progress", row.state) if row.state in _SAID else None
    text = sentences(
        say(
            "progress", "compare",
            head=head(row), actual=point_said(row.actual), target=point_said(row.target),
        ),
        _shares(row),
        _pace(row),
        state,
    )  # fmt: skip
    numbers = {
        "target": row.target.amount, "actual": row.actual.amount,
        "baseline": row.baseline.amount if row.baseline else None,
        "share": row.share, "covered": row.covered, "pace": row.pace, "needed": row.needed,
    }  # fmt: skip
    return found(
        "progress_pace", "progress", text,
        about=".".join(row.loc[1:]), importance=1,
        numbers=numbers, facts=mix.facts(row.loc), notes=[(f"‘{row.text}’", row.note)],
    )  # fmt: skip


def _shares(row: ProgressRow) -> Sentence | None:
    """Say how far it is: by the change when there is a baseline, else by the level."""
    if row.covered is not None and row.baseline is not None:
        return say(
            "progress", "covered",
            baseline=point_said(row.baseline), share=amount_said(row.covered),
        )  # fmt: skip
    share_of_shares = row.target.amount is not None and row.target.amount.unit == "procent"
    if row.share is None or share_of_shares or row.way == "down":
        return None
    return say("progress", "share", share=amount_said(row.share))


def _pace(row: ProgressRow) -> Sentence | None:
    if row.needed is None or row.state in ("reached", "level", "above"):
        return None
    needed, year = change_said(row.needed), str(row.target.year)
    if row.pace is not None:
        return say("progress", "pace", pace=change_said(row.pace), needed=needed, year=year)
    why = "why_year" if row.baseline is not None else "why_baseline"
    return say("progress", "needed", needed=needed, year=year, why=words("progress", why))
