"""A text as the beginning of a sentence."""

from __future__ import annotations


def capital(text: str) -> str:
    """Let a text begin with a capital; the accents of a stressed *één* fall away on it.

    Examples
    --------
    >>> capital("één van de schakels"), capital("drie schakels"), capital("")
    ('Eén van de schakels', 'Drie schakels', '')
    """
    if text.startswith("één"):
        return f"Eén{text[3:]}"
    return text[:1].upper() + text[1:]
