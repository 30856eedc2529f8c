"""Whether a piece of evidence fits a description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalkit.judgement.piece import Piece
from evalkit.judgement.predicate import Description


def kinds_of(piece: Piece, kinds: Mapping[str, Sequence[Description]]) -> dict[str, bool]:
    """Tell of each kind of a ladder whether a piece of evidence is of it.

    A kind uses only kinds that stand above it (see `check.faults`) and asks nothing of other
    pieces, so that a piece is sorted once, whatever else is doubted.
    """
    found: dict[str, bool] = {}
    for name, descriptions in kinds.items():
        found[name] = any(fits(piece, wanted, found) for wanted in descriptions)
    return found


def fits(piece: Piece, wanted: Description, found: Mapping[str, bool]) -> bool:
    """Tell whether a piece of evidence is what a description asks for.

    Parameters
    ----------
    found
        Of each kind that the description may use, whether the piece is of it.
    """
    for name in wanted.kind:
        if not found[name]:
            return False
    for name in wanted.except_for:
        if found[name]:
            return False
    return _says(piece, wanted) and _threatened(piece, wanted)


def _says(piece: Piece, wanted: Description) -> bool:
    """Compare each key that is filled in; the author of a piece may be unknown."""
    for name, asked in wanted.asked:
        value = getattr(piece, name)
        if isinstance(asked, bool):
            if bool(value) != asked:
                return False
        elif isinstance(value, tuple):
            if asked.isdisjoint(value):
                return False
        elif ("unknown" if value is None and name == "author" else value) not in asked:
            return False
    return True


def _threatened(piece: Piece, wanted: Description) -> bool:
    state = piece.threats
    if not (wanted.handled or wanted.unhandled or wanted.untested):
        return True
    return (
        all(state.get(name) == "handled" for name in wanted.handled)
        and (not wanted.unhandled or any(state.get(n) == "not handled" for n in wanted.unhandled))
        and (not wanted.untested or any(name not in state for name in wanted.untested))
    )
