"""IATI activities laid over the instruments of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evalkit.errors import CaseError, Problem
from evalkit.interchange.checked import checked
from evalkit.interchange.from_iati import from_iati
from evalkit.interchange.incoming import incoming
from evalkit.interchange.loaded import Loaded
from evalkit.interchange.merged import merged
from evalkit.interchange.tabulate import normal
from evalkit.interchange.to_iati import activities_of
from evalkit.interchange.written import with_translations, written_in


def read_iati(
    path: str | Path, into: str | Path | None = None, kind: str | None = None
) -> tuple[Loaded, dict[str, int]]:
    """Read a file of IATI activities and check it as a case is checked.

    Parameters
    ----------
    path
        An XML file.
    into
        The case folder whose instruments it changes; by default it stands for itself.
    kind
        The type of instruments of which the file does not say it, such as ``subsidie``.

    Returns
    -------
    loaded
        The case, and the files that loading it changes; nothing is written yet.
    unread
        How often an element stands there that a case has no place for.

    Raises
    ------
    CaseError
        Anything in it is wrong; it lists all of it, with the line.
    """
    return iati_into(*incoming(path, into), kind=kind)


def iati_into(
    data: bytes, name: str, beside: Path | None, slug: str, kind: str | None = None
) -> tuple[Loaded, dict[str, int]]:
    """Read the bytes of a file, to be laid over a folder."""
    old = written_in(beside) if beside is not None else None
    found = from_iati(data, name, kind, old.language if old is not None else None)
    if old is None:
        whole: dict[str, Any] = dict(found)
        before: dict[str, Any] = {}
        files: dict[str, str] = {}
    else:
        main = dict(old.data)
        held = (
            from_iati(activities_of(old, slug).text.encode(), name)
            if main.get("instruments")
            else {}
        )
        main["instruments"] = _over(main.get("instruments", {}), held.get("instruments", {}),
                                    found["instruments"])  # fmt: skip
        _add_new(main, held, found)
        whole, _ = with_translations(main, old.translations, old.language)
        before, _ = with_translations(old.data, old.translations, old.language)
        files = old.files
    case, problems = checked(whole, beside, slug)
    if problems or case is None:
        shown = [Problem(_place(p.loc, p.place, name), 0, p.message, p.hint) for p in problems]
        raise CaseError(shown)
    return Loaded(case, whole, before, files), found.unread


def _place(loc: Any, place: str, name: str) -> str:
    return f"{name}, {'/'.join(map(str, loc))}" if loc else f"{name}, {place}"


def _over(old: dict[str, Any], held: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Change the instruments that the file speaks of, and of those what IATI can hold."""
    found = dict(old)
    canon = normal({"instruments": old})["instruments"]
    for key, said in new.items():
        if key not in old:
            found[key] = said
        elif held.get(key) != said:
            after = merged_over(canon[key], held.get(key, {}), said)
            found[key] = merged(old[key], canon[key], after)
    return found


def _add_new(main: dict[str, Any], held: dict[str, Any], found: dict[str, Any]) -> None:
    """Add sources, themes and goals that the case did not have."""
    goals = (("theory", "goals"), ("sources",), ("themes",))
    for path in goals:
        known, said, mine = (_at(one, path) for one in (held, found, main))
        new = {key: one for key, one in said.items() if key not in known and key not in mine}
        here = main
        for part in path if new else ():
            here[part] = dict(here.get(part, {}))
            here = here[part]
        here.update(new)


def _at(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for part in path:
        data = data.get(part, {})
    return data


def merged_over(mine: Any, held: Any, said: Any) -> Any:
    """Lay what a file says over what was written, where it says something else than before."""
    if held == said:
        return mine
    if not (isinstance(mine, dict) and isinstance(held, dict) and isinstance(said, dict)):
        return said
    found = {}
    for key, value in mine.items():
        if key in said:
            found[key] = merged_over(value, held.get(key), said[key])
        elif key not in held:
            found[key] = value  # IATI cannot hold it
    return found | {key: value for key, value in said.items() if key not in found}
