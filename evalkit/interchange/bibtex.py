"""Sources as BibTeX: changed entries alone are written anew."""

from __future__ import annotations

import re
from typing import Any

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database.input.bibtex import LowLevelParser, month_names

from evalkit.io.bibliography import read_bibliography

_ENTRY = re.compile(r"@\s*(?P<kind>[^\s{(]+)\s*\{\s*(?P<key>[^\s,{}]+)")
_KINDS = {
    "report": "report", "book": "book", "article": "article", "website": "online",
    "dataset": "dataset", "kamerstuk": "kamerstuk", "interview": "interview", "other": "misc",
}  # fmt: skip
_FIELDS = (
    "title", "short", "year", "publisher", "url", "accessed", "dossier", "number", "note",
    "independence",
)  # fmt: skip
_OTHER_NAMES = {
    "publisher": ("publisher", "institution", "journal"),
    "accessed": ("accessed", "urldate"),
}


def edited_bibtex(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    r"""Change entries of a bibliography and nothing else.

    Parameters
    ----------
    text
        The file; empty when there is none.
    old
        Its sources, by key.
    new
        What they are to be.

    Examples
    --------
    >>> edited_bibtex("", {}, {"a": {"kind": "book", "title": "Een boek"}})
    '@book{a,\n  title = {Een boek}\n}\n'
    """
    whole = text
    for entry in reversed(list(_ENTRY.finditer(text))):
        key = entry["key"]
        if key not in old or old.get(key) == new.get(key):
            continue
        end = _end(text, entry.start())
        fresh = ""
        if key in new:
            fresh = as_entry(key, new[key], entry["kind"], _unprinted(text[entry.start() : end]))
        tail = whole[end:].removeprefix("\n") if not fresh else whole[end:]
        whole = whole[: entry.start()] + fresh + tail
    added = [as_entry(key, new[key]) for key in new if key not in old]
    gap = "\n" if whole and not whole.endswith("\n\n") else ""
    return whole + (gap if added else "") + "\n".join(f"{one}\n" for one in added)


def as_entry(
    key: str, source: dict[str, Any], kind: str = "", kept: dict[str, str] | None = None
) -> str:
    """Write one source."""
    fields: dict[str, str] = {}
    names = kept if kept is not None else {}
    if source.get("authors"):
        fields["author"] = " and ".join(map(_author, _listed(source["authors"])))
    for name in _FIELDS:
        if source.get(name):
            written = next((one for one in _OTHER_NAMES.get(name, ()) if one in names), name)
            fields[written] = source[name] if name == "url" else _escaped(source[name])
    fields |= {name: text for name, text in names.items() if name not in _printed()}
    said = _KINDS.get(source.get("kind", ""), source.get("kind") or "misc")
    same = kind and _kind_of(kind) == source.get("kind")
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@{kind if same else said}{{{key},\n{lines}\n}}"


def lost_in(sources: dict[str, Any], text: str) -> list[tuple[str, str]]:
    """Find fields that BibTeX does not give back as they were."""
    found = read_bibliography(text, "sources.bib").data
    return [
        (key, name)
        for key, source in sources.items()
        for name, said in source.items()
        if _listed(found.get(key, {}).get(name)) != _listed(said)
    ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _author(name: str) -> str:
    return name if name == "others" else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    text = text.replace("\\", r"\textbackslash ")
    return re.sub(r"(?<!\\)([%&#_$])", r"\\\1", text)


def _kind_of(kind: str) -> str:
    sources = read_bibliography(f"@{kind}{{x,\n title = {{x}}\n}}", "x.bib").data
    return str(sources["x"]["kind"]) if sources else ""


def _printed() -> set[str]:
    return {"author", *_FIELDS, *(one for names in _OTHER_NAMES.values() for one in names)}


def _unprinted(entry: str) -> dict[str, str]:
    """Give the fields of an entry as they were written."""
    try:
        for _, content in LowLevelParser(entry, macros=dict(month_names)):
            return {name.lower(): "".join(parts) for name, parts in content[1]}
    except BibTeXError:
        pass
    return {}


def _end(text: str, start: int) -> int:
    """Find the brace that closes an entry."""
    depth = 0
    for sign in re.finditer(r"(?<!\\)[{}]", text[start:]):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return start + sign.end()
    return len(text)
