"""IATI that evalkit writes, held against the official schema and code lists of version 2.03.

They are not ours and not in this repository: ``pip install --no-deps --target DIR pyIATI==0.4.1``
gets them, and ``EVALKIT_IATI=DIR`` says where they are.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from evalkit.interchange.to_iati import to_iati
from evalkit.io.shipped import shipped_cases

WHERE = os.environ.get("EVALKIT_IATI")
STANDARD = Path(WHERE or ".") / "iati/resources/standard/2-03"
pytestmark = pytest.mark.skipif(not WHERE, reason="EVALKIT_IATI names no folder with pyIATI")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(STANDARD / "schemas/iati-activities-schema.xsd"))


@cache
def codes(name: str) -> frozenset[str]:
    listed = etree.parse(STANDARD / f"codelists/{name}.xml")
    return frozenset(item.findtext("code") or "" for item in listed.iter("codelist-item"))


def code_places() -> list[tuple[str, str]]:
    """Give the XPath of everything that has a code list, with its name."""
    found = []
    for one in etree.parse(STANDARD / "codelist-mapping.xml").iter("mapping"):
        path, listed = one.findtext("path") or "", one.find("codelist")
        element, _, attribute = path.rpartition("/")
        condition = one.findtext("condition")
        if path.startswith("//iati-activit") and listed is not None:
            where = f"{element}[{condition}]/{attribute}" if condition else path
            found.append((where, str(listed.get("ref"))))
    return found


@pytest.mark.parametrize("slug", shipped_cases())
def test_the_official_schema_holds(slug: str) -> None:
    made = etree.fromstring(to_iati(slug).text.encode())
    assert schema().validate(made), schema().error_log


@pytest.mark.parametrize("slug", shipped_cases())
def test_every_code_is_on_its_list(slug: str) -> None:
    made = etree.ElementTree(etree.fromstring(to_iati(slug).text.encode()))
    said = [(code, name) for place, name in code_places() for code in made.xpath(place)]
    assert len(said) > 20
    assert [(code, name) for code, name in said if code not in codes(name)] == []
