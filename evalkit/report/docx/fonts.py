"""The fonts of a report, named with what may stand in for them, and travelling in the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from evalkit.report.docx.look import Font, Look
from evalkit.report.docx.xml import Element, make

_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_SPACE = UUID("5c1f7a3e-6d39-4f0b-9a57-0f6c9f2f8e11")
_SCRAMBLED = 32  # bytes at the beginning
_FACES = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}


def write_fonts(look: Look, part: Any) -> None:
    """Write the table of fonts, and put the files of the style into the package.

    A font that its licence lets travel is shown as it is on a computer that has it not.
    """
    fonts = [_family(look, name, part) for name in dict.fromkeys((look.sans, look.serif))]
    root = make("w:fonts", *fonts)
    part._blob = _serialised(root)  # noqa: SLF001  the part holds bytes, and has no other door


def _family(look: Look, name: str, part: Any) -> Element:
    serif = name == look.serif != look.sans
    embedded: dict[str, Element] = {}
    for key, tag in _FACES.items():
        font = _file(look, name, *key)
        if font is not None:
            embedded[tag] = _embedded(tag, font, part)
    return make(
        "w:font",
        make("w:altName", val="Cambria" if serif else "Calibri"),
        make("w:charset", val="00"),
        make("w:family", val="roman" if serif else "swiss"),
        make("w:pitch", val="variable"),
        *embedded.values(),
        name=name,
    )


def _file(look: Look, family: str, bold: bool, italic: bool) -> Font | None:
    """Find the file of a face: the plainest that is not bold, or the boldest that is."""
    found = [f for f in look.fonts if (f.family, f.bold, f.italic) == (family, bold, italic)]
    wanted = 700 if bold else 400
    return min(found, key=lambda font: abs(font.weight - wanted), default=None)


def _embedded(tag: str, font: Font, part: Any) -> Element:
    data = font.file.read_bytes()
    key = uuid5(_SPACE, f"{font.family}-{font.weight}-{font.italic}")
    name = PackURI(f"/word/fonts/{key}.odttf")
    made = Part(name, _TYPE, scrambled(data, key), part.package)
    rel = part.relate_to(made, RELATIONSHIP_TYPE.FONT)
    return make(f"w:{tag}", r_id=rel, w_fontKey=f"{{{key}}}".upper())


def scrambled(data: bytes, key: UUID) -> bytes:
    """Scramble the beginning of a font as the format has it; twice gives the font back.

    Examples
    --------
    >>> key = UUID("5c1f7a3e-6d39-4f0b-9a57-0f6c9f2f8e11")
    >>> scrambled(scrambled(bytes(40), key), key) == bytes(40)
    True
    """
    mask = key.bytes[::-1] * 2
    head = bytes(left ^ right for left, right in zip(data[:_SCRAMBLED], mask, strict=True))
    return head + data[_SCRAMBLED:]


def _serialised(root: Element) -> bytes:
    from docx.opc.oxml import serialize_part_xml

    data: bytes = serialize_part_xml(root)
    return data
