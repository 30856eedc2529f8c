"""How sources are named: short in the text, in full in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from evalkit.language.catalogue import label
from evalkit.language.numbers import Language
from evalkit.model.source import Citation, Source

_WORDS = re.compile(r"\w+")
_WORK = re.compile(r"\(([^()]+?)( e\.a\.| et al\.)?, (\d{4})\)$")
_AND = re.compile(r", | en | and | & ")
_PLACES = re.compile(r", | en | and ")
_PLACE = r"(?:§|p\.|blz\.|bijlage|figuur|hoofdstuk|noot|tabel|voetnoot|figure|table) ?[\w.]+"
_NUMBERED = re.compile(rf"{_PLACE}(?:(?: en | and ){_PLACE})*")
_NOTE = re.compile(r"(?:noot|voetnoot|note|footnote) ?\w+")
_STRAIGHT = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}", "'")


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
    """Name several citations, for a `Bron:` line: each source once, with its places."""
    places: dict[str, list[str]] = {}
    for citation in citations:
        if citation.via is None:
            name = author_year(sources[citation.source], lang)
            places.setdefault(name, []).append(citation.place)
        else:
            places.setdefault(cited(citation, sources, lang), [])
    named = ([name, _together(found, lang)] for name, found in places.items())
    return "; ".join(", ".join(filter(None, one)) for one in named)


def _together(places: Iterable[str], lang: Language) -> str:
    """Name the places in one source: ``§ 3.10 en § 6.1``; what is no mere number stands apart.

    Of a place and a note there the place is named once: ``§ 3.7, met voetnoot 12``.
    """
    told = list(dict.fromkeys(filter(None, places)))
    numbered = [_PLACES.split(one) for one in told if _NUMBERED.fullmatch(one)]
    parts = list(dict.fromkeys(part for parts in numbered for part in parts))
    joined, notes, apart = _listed(parts, lang), [], []
    for one in told:
        place, _, note = one.partition(", ")
        if place in parts and _NOTE.fullmatch(note):
            notes.append(note)
        elif not _NUMBERED.fullmatch(one):
            apart.append(one)
    if notes:
        joined += f", {label('source.with-note', lang)} {_listed(notes, lang)}"
    return "; ".join(filter(None, [joined, *apart]))


def _listed(parts: Sequence[str], lang: Language) -> str:
    *most, last = parts or ("",)
    return f"{', '.join(most)} {label('fact.and', lang)} {last}" if most else last


def work_named(told: str, sources: Mapping[str, Source]) -> str:
    """Find the key of the work that words of evalkit end in; empty when no source is that one.

    Examples
    --------
    >>> known = Source(kind="article", title="DiD", authors=("Sun", "Abraham"), year=2021, mark="b")
    >>> work_named("met gewogen interacties (Sun en Abraham, 2021)", {"sun": known})
    'sun'
    """
    found = _WORK.search(told)
    if found is None:
        return ""
    names = _AND.split(found[1].translate(_STRAIGHT))
    found_in = [
        key
        for key, source in sources.items()
        if source.kind != "dataset"
        and source.year == int(found[3])
        and [one.translate(_STRAIGHT) for one in source.authors[: 1 if found[2] else None]] == names
    ]
    return found_in[0] if len(found_in) == 1 else ""


def reference(source: Source, lang: Language) -> str:
    """Describe a source in full, as in a list of references.

    It begins with the name under which the text cites it, and ends with a full stop.

    Examples
    --------
    >>> reference(Source(kind="report", title="Evaluatie", authors=("SEO",), year=2020), "nl")
    'SEO (2020). Evaluatie.'
    """
    head = _head(source)
    parts = [_sentence(head) if _undated(source) else f"{head} ({_year(source, lang)})."]
    if head != source.title:
        parts.append(_sentence(source.title))
    if source.kind == "kamerstuk" and not (source.number and _numbered(head, source)):
        parts.append(_kamerstuk(source, lang))
    elif source.kind == "interview":
        parts.append(f"{label('source.interview', lang)}.")
    if source.publisher and source.publisher not in source.authors:
        parts.append(_sentence(source.publisher))
    parts += [_sentence(_address(source, lang)), _sentence(source.note)]
    return " ".join(filter(None, parts))


def _head(source: Source) -> str:
    """Name the authors; behind the name of a short citation when they would not be found under it.

    ``Aanjaagteam-Roemer [Aanjaagteam Bescherming Arbeidsmigranten]``.
    """
    *most, last = source.authors or ("",)
    if last == "others":
        full = f"{', '.join(most)} e.a."
    else:
        full = f"{', '.join(most)} & {last}" if most else last
    name = source.name
    if f"{full} ".startswith((f"{name} ", f"{name.removesuffix(' e.a.')},")):
        return full
    told = set(_WORDS.findall(full)) <= set(_WORDS.findall(name))
    return name if told else f"{name} [{full}]"


def _undated(source: Source) -> bool:
    """Whether it is known by its number, and no year is recorded: no reader misses it."""
    return source.year is None and source.kind == "kamerstuk" and bool(source.dossier)


def _year(source: Source, lang: Language) -> str:
    year = str(source.year) if source.year is not None else label("source.no-year", lang)
    dash = "-" if source.mark and source.year is None else ""
    return f"{year}{dash}{source.mark}"


def _kamerstuk(source: Source, lang: Language) -> str:
    parts = [source.dossier, f"nr. {source.number}" if source.number else ""]
    where = ", ".join(filter(None, parts))
    # Without its number nobody can look it up among the papers of parliament.
    return f"{label('source.kamerstuk', lang)} {where}." if where else ""


def _numbered(head: str, source: Source) -> bool:
    """Whether a Kamerstuk is listed by its numbers, which need not stand there again."""
    return source.dossier in head and source.number in head


def _address(source: Source, lang: Language) -> str:
    told = f"({label('source.accessed', lang)} {source.accessed})" if source.accessed else ""
    return " ".join(filter(None, [source.url, told]))


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."
