"""The sentences of the compliance table, filled with numbers and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalkit.judgement.sentence import Sentence, count, listing, same
from evalkit.judgement.wordbook import Wordbook
from evalkit.language.numbers import LANGUAGES, Language

_NAMED = 8
word = Wordbook(__package__).phrase


def share(of: str, some: int, total: int) -> Sentence:
    """Say how many of the instruments, links or recommendations these are.

    Examples
    --------
    >>> share("instruments", 3, 11)["nl"], share("instruments", 11, 11)["nl"]
    ('drie van de elf instrumenten', 'alle elf instrumenten')
    """
    if some == 0:
        return word("share", f"{of}_none")
    if total == 1:
        return word("share", f"{of}_sole")
    if some < total:
        return word("share", f"{of}_some", n=count(some), total=count(total))
    return word("share", f"{of}_{'both' if total == 2 else 'all'}", total=count(total))


def counted(noun: str, number: int) -> Sentence:
    """Count something, in the singular or the plural.

    Examples
    --------
    >>> counted("goal", 1)["en"], counted("goal", 5)["en"]
    ('one goal', 'five goals')
    """
    return word("noun", f"{noun}_one" if number == 1 else f"{noun}_many", n=count(number))


def names(texts: Sequence[str | Mapping[Language, str]]) -> Sentence:
    """List names; of a long list the first eight, and how many more there are."""
    return listing([same(t) if isinstance(t, str) else t for t in texts], _NAMED)


def together(*sentences: Mapping[Language, str] | None) -> Sentence:
    """Put sentences behind each other, and leave out those that are not there."""
    said = [sentence for sentence in sentences if sentence is not None]
    return {lang: " ".join(one[lang] for one in said) for lang in LANGUAGES}
