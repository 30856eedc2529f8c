"""Whether a piece of evidence fits a description."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.judgement.piece import Piece
from evalkit.judgement.predicate import Description


def fits(piece: Piece, wanted: Description, kinds: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a piece of evidence is what a description asks for.

    Parameters
    ----------
    kinds
        The ids of the pieces of each kind that the description may use.
    """
    return (
        all(piece.id in kinds[name] for name in wanted.kind)
        and not any(piece.id in kinds[name] for name in wanted.except_for)
        and _says(piece, wanted)
        and _threatened(piece, wanted)
    )


def _says(piece: Piece, wanted: Description) -> bool:
    one_of = (
        (wanted.design, {piece.design}),
        (wanted.about, set(piece.about)),
        (wanted.author, {piece.author}),
        (wanted.finds, {piece.finds}),
        (wanted.execution, {piece.execution}),
        (wanted.criterion, set(piece.criterion)),
    )
    exactly = (
        (wanted.before, piece.before),
        (wanted.after, piece.after),
        (wanted.compared, bool(piece.comparison)),
        (wanted.self_report, piece.self_report),
        (wanted.stale, piece.stale),
    )
    return all(not asked or set(asked) & has for asked, has in one_of) and all(
        asked is None or asked == has for asked, has in exactly
    )


def _threatened(piece: Piece, wanted: Description) -> bool:
    state = piece.threats
    return (
        all(state.get(name) == "handled" for name in wanted.handled)
        and (not wanted.unhandled or any(state.get(n) == "not handled" for n in wanted.unhandled))
        and (not wanted.untested or any(name not in state for name in wanted.untested))
    )
