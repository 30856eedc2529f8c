"""How sources are named: short in the text, in full in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.model.source import Citation, Source


def author_year(source: Source, lang: Language) -> str:
    """Name a source in a sentence: ``SEO (2020)``."""
    return source.name if _undated(source) else f"{source.name} ({_year(source, lang)})"


def in_brackets(source: Source, lang: Language, place: str = "") -> str:
    """Name a source within brackets: ``SEO, 2020, p. 9``."""
    year = "" if _undated(source) else _year(source, lang)
    return ", ".join(filter(None, [source.name, year, place]))


def cited(citation: Citation, sources: Mapping[str, Source], lang: Language) -> str:
    """Name a citation: ``SEO (2020), geciteerd in SEO & Birch (2025), § 3.3``."""
    name = author_year(sources[citation.source], lang)
    parts = [name, citation.place]
    if citation.via is not None:
        via = cited(citation.via, sources, lang)
        parts.append(f"{label('source.cited-in', lang)} {via}")
    return ", ".join(filter(None, parts))


def cited_all(citations: Iterable[Citation], sources: Mapping[str, Source], lang: Language) -> str:
    """Name several citations, for a `Bron:` line."""
    return "; ".join(dict.fromkeys(cited(citation, sources, lang) for citation in citations))


def reference(source: Source, lang: Language) -> str:
    """Describe a source in full, as in a list of references.

    Examples
    --------
    >>> reference(Source(kind="report", title="Evaluatie", authors=("SEO",), year=2020), "nl")
    'SEO (2020). Evaluatie.'
    """
    parts = [_authors(source, lang), _sentence(source.title)]
    if source.kind == "kamerstuk":
        parts.append(_kamerstuk(source, lang))
    elif source.kind == "interview":
        parts.append(f"{label('source.interview', lang)}.")
    if source.publisher and source.publisher not in source.authors:
        parts.append(_sentence(source.publisher))
    parts += [source.url, _accessed(source, lang), _sentence(source.note)]
    return " ".join(filter(None, parts))


def _authors(source: Source, lang: Language) -> str:
    if not source.authors:
        return "" if _undated(source) else f"({_year(source, lang)})."
    *most, last = source.authors
    if last == "others":
        return f"{', '.join(most)} e.a. ({_year(source, lang)})."
    names = f"{', '.join(most)} & {last}" if most else last
    return f"{names} ({_year(source, lang)})."


def _undated(source: Source) -> bool:
    """Whether it is known by its number, and no year is recorded: no reader misses it."""
    return source.year is None and source.kind == "kamerstuk" and bool(source.dossier)


def _year(source: Source, lang: Language) -> str:
    year = str(source.year) if source.year is not None else label("source.no-year", lang)
    return f"{year}{source.mark}"


def _kamerstuk(source: Source, lang: Language) -> str:
    parts = [source.dossier, f"nr. {source.number}" if source.number else ""]
    where = ", ".join(filter(None, parts))
    return f"{label('source.kamerstuk', lang)}{' ' * bool(where)}{where}."


def _accessed(source: Source, lang: Language) -> str:
    return f"({label('source.accessed', lang)} {source.accessed})" if source.accessed else ""


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."
