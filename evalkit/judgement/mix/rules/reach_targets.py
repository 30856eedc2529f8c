"""How many targets were met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import point_said
from evalkit.judgement.mix.words import phrase, say, sentences, words
from evalkit.judgement.sentence import Sentence, listing

_GROUPS = {
    "reached": "reached", "missed": "missed", "short": "missed",
    "ahead": "under_way", "behind": "under_way",
    "above": "compared", "below": "compared", "level": "reached",
}  # fmt: skip
_ORDER = ("reached", "missed", "under_way", "compared", "unclear")


def reach_targets(mix: Reading) -> Iterator[MixFinding]:
    """Count the targets by how they stand; attainment is not effectiveness."""
    if not mix.instruments:
        return
    if not mix.progress:
        yield found("reach_targets", "reach", words("reach", "none"), importance=1)
        return
    rows = _once(mix.progress)
    groups: dict[str, list[ProgressRow]] = {name: [] for name in _ORDER}
    for row in rows:
        groups[_GROUPS.get(row.state, "unclear")].append(row)
    judged = len(rows) > len(groups["unclear"])
    text = sentences(
        _tally(groups, len(rows)),
        words("reach", "twins") if len(rows) < len(mix.progress) else None,
        words("reach", "attainment") if judged else None,
        *map(_outlook, (row for row in mix.progress if row.outlook)),
    )
    yield found(
        "reach_targets", "reach", text,
        importance=1,
        numbers={name: len(found) for name, found in groups.items()} | {"total": len(rows)},
        facts=mix.facts(*(row.loc for row in mix.progress)),
    )  # fmt: skip


def _once(rows: Sequence[ProgressRow]) -> list[ProgressRow]:
    """Keep a target once that stands with an instrument and with the problem or the theory."""
    own = {_name(row) for row in rows if row.instrument}
    return [row for row in rows if row.instrument or _name(row) not in own]


def _name(row: ProgressRow) -> tuple[str, int | None, str | None]:
    amount = row.target.amount
    return row.text.casefold(), row.target.year, None if amount is None else amount.low


def _outlook(row: ProgressRow) -> Sentence | None:
    """Say of a target that nobody can have reached yet where the expectations lie."""
    if row.beyond is None:
        return None
    return say(
        "reach", f"outlook_{row.outlook}",
        text=row.text, value=point_said(row.beyond), target=point_said(row.target),
    )  # fmt: skip


def _tally(groups: dict[str, list[ProgressRow]], total: int) -> Sentence:
    filled = {name: len(rows) for name, rows in groups.items() if rows}
    if set(filled) == {"unclear"}:
        return (
            say("reach", "tally_one_none")
            if total == 1
            else say("reach", "tally_none", total=total)
        )
    if total == 1:
        (name,) = filled
        return say("reach", "tally_one", parts=words("reach", f"{name}_sole"))
    parts = [
        phrase("reach", f"{name}_one") if n == 1 else phrase("reach", f"{name}_many", n=n)
        for name, n in filled.items()
    ]
    return say("reach", "tally", total=total, parts=listing(parts))
