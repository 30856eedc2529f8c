"""The files of a house style: whether its sheets, logo and fonts can be used, before any format is.

A broken logo or an unknown colour would else show in the PDF alone, and only when it is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from evalkit.language.suggest import did_you_mean

VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_NAMED = re.compile(r"var\(\s*--([\w-]+)")
_DEFINED = re.compile(r"--([\w-]+)\s*:")
_READ = re.compile(r"""(?:@import\s+(?!url\()|\burl\(\s*)["']?\s*([^"'()\s;]+)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"//|(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WEB = ("paper", "cover-900", "cover-300", "cover-100")  # what the page adds to the colours
_SVG = "{http://www.w3.org/2000/svg}"


def flaws_of_sheets(folders: Sequence[Path], known: Iterable[str]) -> Iterator[str]:
    """Find the colours and families that style sheets name and ``style.toml`` does not have.

    Parameters
    ----------
    folders
        Where the sheets are looked for, the style's own first.
    known
        The colours and families that there are.
    """
    names = list(known)
    for pattern, more in (("*.css", ()), ("web/*.css", _WEB)):
        seen: set[str] = set()
        for folder in folders:
            for file in sorted(folder.glob(pattern)):
                if file.name not in seen:  # a sheet of the same name takes the place of one below
                    seen.add(file.name)
                    yield from _of_sheet(file, [*names, *more], written_as_is=bool(more))


def unused_colours(
    colours: Iterable[str], folders: Sequence[Path], known: Iterable[str]
) -> Iterator[str]:
    """Tell which colours of a style nothing is set in: most often a name with a slip in it.

    Parameters
    ----------
    colours
        The names that a ``style.toml`` gives.
    folders
        Where the sheets and templates of the style stand.
    known
        The names that drawings use.
    """
    files = [
        file for folder in folders for end in ("css", "j2") for file in folder.rglob(f"*.{end}")
    ]
    text = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
    used = sorted({*known, *_NAMED.findall(text)})
    for name in colours:
        if name not in used and not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            hint = did_you_mean(name, used, "take it out, or use it in a sheet as var(--…)")
            yield f"colours: '{name}' is used by no sheet, template or drawing; {hint}"


def _of_sheet(file: Path, names: list[str], *, written_as_is: bool) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield f"{file}: this is no text in UTF-8; save it as such"
        return
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    known = {*names, *(_DEFINED.findall(bare) if written_as_is else ())}
    for found in _NAMED.finditer(bare):
        line = bare.count("\n", 0, found.start()) + 1
        if found[1] not in known:
            what = f"var(--{found[1]}) is not in style.toml"
            hint = did_you_mean(found[1], sorted(known), "add it under [colours]")
            yield f"{file}:{line}: {what}; {hint}"
        elif not written_as_is and not VARIABLE.match(bare, found.start()):
            yield f"{file}:{line}: write var(--{found[1]}) and nothing else between the brackets"
    yield from _of_addresses(file, bare, deep=int(written_as_is))


def _leaves(address: str, folders: int) -> bool:
    """Whether an address leads out of the style, from a sheet so many `folders` deep in it."""
    if address.startswith("data:"):
        return False
    path = unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/")
    for part in path.split("/"):
        folders += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if folders < 0:
            return True
    return path.startswith("/")


def _of_addresses(file: Path, text: str, deep: int) -> Iterator[str]:
    """Find what a sheet reads from elsewhere: a report is made without a network."""
    for found in _READ.finditer(text):
        if _ELSEWHERE.match(found[1]) or _leaves(found[1], folders=deep):
            line = text.count("\n", 0, found.start()) + 1
            what = f"a report reads nothing outside its style, and this reads {found[1]}"
            yield f"{file}:{line}: {what}; put the file into the folder of the style"


def flaws_of_logo(file: Path) -> Iterator[str]:
    """Find why a logo cannot be printed.

    Examples
    --------
    >>> list(flaws_of_logo(Path("weg.svg")))
    ['there is no file weg.svg']
    """
    if not file.is_file():
        yield f"there is no file {file.name}"
    elif file.suffix.lower() == ".svg":
        yield from _of_drawing(file)
    else:
        yield from _of_picture(file)


def _of_picture(file: Path) -> Iterator[str]:
    from PIL import Image, ImageFile, UnidentifiedImageError

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint lets half a picture pass
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(file) as picture:
            picture.load()
    except UnidentifiedImageError:
        yield f"{file.name} is no picture that can be read; save it anew as PNG or SVG"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        yield f"{file.name} is broken: {error}; save it anew as PNG or SVG"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _of_drawing(file: Path) -> Iterator[str]:
    try:
        root = ET.fromstring(file.read_bytes())  # noqa: S314  of who runs evalkit
    except (ET.ParseError, LookupError, ValueError) as error:  # an encoding that nobody knows
        yield f"{file.name} is broken: {error}; save it anew as SVG, in UTF-8"
        return
    if root.tag != f"{_SVG}svg":
        yield f'{file.name} is no SVG: it lacks xmlns="http://www.w3.org/2000/svg"'
        return
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        yield f"{file.name} does not say how large it is; give it a viewBox"
    elif not _is_view(root.get("viewBox") or "0 0 1 1"):
        wrong = f'{file.name} has viewBox="{root.get("viewBox")}"'
        yield f'{wrong}; write four numbers, the last two above 0, as in viewBox="0 0 60 20"'
    for one in root.iter():
        if one.tag == f"{_SVG}foreignObject":
            yield f"{file.name} holds a foreignObject, whose text is lost; draw it as text or paths"
        for link in _links(one):
            if not link.startswith(("#", "data:")):
                yield f"{file.name} reads {link}; put everything into the file itself"


def _links(element: ET.Element) -> Iterator[str]:
    """Give what an element of a drawing refers to, also in its style."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == "href":
            yield value
        else:
            yield from _READ.findall(value)
    if element.tag == f"{_SVG}style":
        yield from _READ.findall(_COMMENT.sub("", element.text or ""))


def _is_view(box: str) -> bool:
    """Whether a viewBox has a place and a size."""
    try:
        numbers = [float(one) for one in box.replace(",", " ").split()]
    except ValueError:
        return False
    return len(numbers) == 4 and all(map(isfinite, numbers)) and min(numbers[2:]) > 0


def flaws_of_fonts(fonts: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Find fonts that are not there, or are no fonts."""
    from fontTools.ttLib import TTFont, TTLibError

    for file in (Path(font["file"]) for font in fonts):
        if not file.is_file():
            yield f"there is no file {file}"
            continue
        with file.open("rb") as data:
            try:
                TTFont(data, lazy=True)
            except (TTLibError, AssertionError) as error:
                yield f"{file} is no font ({error}); fetch it anew"
            except Exception as error:  # noqa: BLE001  unpacking a woff2 fails in ways of its own
                yield f"{file} is damaged ({error}); fetch it anew"


def placed(file: Path, flaw: str) -> str:
    """Put file and line before what is wrong with a setting, where its line can be found.

    Examples
    --------
    >>> placed(Path("style.toml"), "logo: there is no file weg.svg")
    'style.toml: logo: there is no file weg.svg'
    """
    quoted = re.match(r"(?:\w+): '([\w-]+)'", flaw)
    key = quoted[1] if quoted else flaw.partition(":")[0]
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    setting = re.compile(rf'"?{re.escape(key)}"?\s*=')
    line = next((at for at, one in enumerate(lines, 1) if setting.match(one)), 0)
    return f"{file}{f':{line}' if line else ''}: {flaw}"
