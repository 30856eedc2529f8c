"""How a target is named in a sentence."""

from __future__ import annotations

from evalkit.judgement.mix.progress import ProgressRow
from evalkit.judgement.mix.words import phrase
from evalkit.judgement.sentence import Sentence


def head(row: ProgressRow) -> Sentence:
    """Name what is measured, with the instrument behind it when it belongs to one."""
    if row.name:
        return phrase("progress", "head", text=row.text, name=row.name)
    return phrase("progress", "head_whole", text=row.text)
