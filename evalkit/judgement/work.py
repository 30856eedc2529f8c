"""Works: one publication is one, under however many keys it is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.model.case import Case
from evalkit.model.source import Source

_TELLING = 5
"""A title of so many words is not shared by chance."""


def works(keys: Iterable[str], case: Case) -> tuple[str, ...]:
    """Name the works that sources are, so that two keys of one work count once.

    Two entries are one work when they have the same address, or the same title by the same authors
    (a study that came out twice, say as a paper and as a report). A short title, such as that of
    an annual report, must be of the same year as well.

    Examples
    --------
    >>> from evalkit.model import Case
    >>> study = {"kind": "report", "title": "Het effect van de bon", "authors": ["SEO"]}
    >>> case = Case.model_validate({
    ...     "slug": "p", "title": "P", "period": "2020",
    ...     "sources": {"a": {**study, "year": 2021}, "b": {**study, "year": 2022}},
    ... })
    >>> works(["a", "b"], case)
    ('seo: het effect van de bon',)
    """
    return tuple(dict.fromkeys(name for key in keys for name in _names(key, case.sources.get(key))))


def _names(key: str, source: Source | None) -> tuple[str, ...]:
    if source is None:
        return (key,)
    title = " ".join("".join(c if c.isalnum() else " " for c in source.title.casefold()).split())
    year = f" ({source.year})" if len(title.split()) < _TELLING else ""
    names = (f"{source.name.casefold()}: {title}{year}",)
    return (*names, source.url.casefold().rstrip("/")) if _identifies(source.url) else names


def _identifies(url: str) -> bool:
    """Whether an address is that of a work; many works share the front page of a site."""
    _, _, path = url.partition("://")
    return "/" in path.rstrip("/")
