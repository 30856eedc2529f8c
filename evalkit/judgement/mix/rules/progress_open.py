"""Targets that could not be set against anything, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import point_said, value_said
from evalkit.judgement.mix.targetname import head
from evalkit.judgement.mix.words import Said, enumerated, phrase, say, sentences, words
from evalkit.judgement.sentence import Sentence, listing
from evalkit.model.stage import Stage


def progress_open(mix: Reading) -> Iterator[MixFinding]:
    """Say which targets have no actual value, or one that cannot be compared."""
    lacking = [row for row in mix.progress if row.state == "no actual"]
    if lacking:
        yield _lacking(lacking, mix)
    for state in ("no year", "apart"):
        open_still = [row for row in mix.progress if row.state == state]
        for name in dict.fromkeys(row.instrument for row in open_still):
            yield _together(state, name, [r for r in open_still if r.instrument == name], mix)
    for row in mix.progress:
        if row.state in ("unlike", "pm", "beyond"):
            yield _single(row, mix)


def _lacking(rows: Sequence[ProgressRow], mix: Reading) -> MixFinding:
    parts = enumerated([_wanted(row) for row in rows])
    text = (
        say("progress", "no_actual_one", parts=parts)
        if len(rows) == 1
        else say("progress", "no_actual", n=len(rows), parts=parts)
    )
    beside = [pair for row in rows if (pair := _beside(row, mix)) is not None]
    return found(
        "progress_open", "progress", sentences(text, *(said for said, _ in beside)),
        about="no_actual",
        numbers={".".join(r.loc[1:]): r.target.amount for r in rows},
        facts=mix.facts(*(row.loc for row in rows), *(loc for _, loc in beside)),
        notes=[(f"‘{row.text}’", row.note) for row in rows],
    )  # fmt: skip


def _beside(row: ProgressRow, mix: Reading) -> tuple[Sentence, tuple[str, ...]] | None:
    """The main number of the same stage, which a reader would look for beside the target."""
    if not row.instrument:
        return None
    stage = row.loc[2]
    for key, node in mix.instruments[row.instrument].at(Stage(stage)).items():
        if node.headline and node.actual is not None and not node.actual.value.pm:
            said = say("progress", "besides", name=row.name, value=value_said(node), text=node.text)
            return said, ("instruments", row.instrument, stage, key)
    return None


def _wanted(row: ProgressRow) -> Sentence:
    slots: dict[str, Said] = {"target": point_said(row.target), "text": row.text}
    if row.name:
        return phrase("progress", "wanted", name=row.name, **slots)
    return phrase("progress", "wanted_whole", **slots)


def _together(state: str, key: str, rows: Sequence[ProgressRow], mix: Reading) -> MixFinding:
    parts = [
        phrase(
            "progress", "no_year_part",
            text=row.text, actual=point_said(row.actual), target=point_said(row.target),
        )
        for row in rows
        if row.actual is not None
    ]  # fmt: skip
    about = state.replace(" ", "_")
    which = f"{about}_one" if len(rows) == 1 else about
    name: Said = mix.label(key) if key else words("progress", "whole")
    numbers = {}
    for row in rows:
        numbers[f"{row.loc[-1]}.target"] = row.target.amount
        numbers[f"{row.loc[-1]}.actual"] = row.actual.amount if row.actual else None
    return found(
        "progress_open", "progress", say("progress", which, name=name, parts=listing(parts)),
        about=f"{about}.{key or 'mix'}", importance=1,
        numbers=numbers,
        facts=mix.facts(*(row.loc for row in rows)),
        notes=[(f"‘{row.text}’", row.note) for row in rows],
    )  # fmt: skip


def _single(row: ProgressRow, mix: Reading) -> MixFinding:
    other = row.beyond if row.state == "beyond" else row.actual
    if other is None:
        raise ValueError(f"{'.'.join(row.loc)} has nothing to be compared with")
    role = "beyond" if row.state == "beyond" else "actual"
    slots: dict[str, Said] = {
        "head": head(row), "target": point_said(row.target), role: point_said(other),
    }  # fmt: skip
    said = say("progress", row.state, **slots)
    if row.outlook:
        said = sentences(said, words("progress", f"outlook_{row.outlook}"))
    return found(
        "progress_open", "progress", said,
        about=f"{row.state}.{'.'.join(row.loc[-2:])}",
        numbers={"target": row.target.amount, role: other.amount},
        facts=mix.facts(row.loc), notes=[(f"‘{row.text}’", row.note)],
    )  # fmt: skip
