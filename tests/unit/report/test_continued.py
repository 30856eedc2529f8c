"""A table that goes on overleaf says so above its part there, and nothing else does."""

from __future__ import annotations

import re

import pytest
from pypdfium2 import PdfDocument

from evalkit.evaluation import evaluate
from evalkit.io.tables import read_rows
from evalkit.model import Case
from evalkit.report.render import render

TEXT = """# Vraag

Vooraf.

::: table csv lang {#tbl-lang caption="Alle rijen"}
:::

Daarna.

::: table csv kort {#tbl-kort caption="Drie rijen"}
:::

# Rest

VOORAF

::: table csv lang {#tbl-weer caption="Weer alle rijen"}
:::
"""


def table(name: str, count: int) -> dict[str, object]:
    rows = "".join(f"\n{name} {at},waarde {at}" for at in range(count))
    return {"file": f"tables/{name}.csv", "rows": read_rows(f"naam,waarde{rows}")}


@pytest.fixture(scope="module", params=["nl", "en"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    first, second = TEXT.replace("VOORAF", "\n\n".join(["Een regel."] * 26)).split("# Rest")
    case = Case.model_validate({
        "slug": "p", "title": "P", "period": "2020", "language": request.param,
        "tables": {"lang": table("lang", 110), "kort": table("kort", 3)},
        "chapters": {"01-a": first, "02-b": f"# Rest{second}"},
    })  # fmt: skip
    path = tmp_path_factory.mktemp("table") / "p.pdf"
    render(evaluate(case), path, draft=True)
    return [page.get_textpage().get_text_range() for page in PdfDocument(path)]


def test_every_page_but_the_first_of_a_table_says_that_it_goes_on(pages: list[str]) -> None:
    rows = [{int(at) for at in re.findall(r"lang (\d+)\b", page)} for page in pages]
    told = [bool(re.search(r"\d\.1 \((vervolg|continued)\)", page)) for page in pages]
    assert told == [bool(found) and 0 not in found for found in rows]
    assert sum(told) > 3


def test_a_short_table_does_not_say_so(pages: list[str]) -> None:
    assert not any(re.search(r"1\.2 \(", page) for page in pages)


def test_one_stands_at_the_top_of_a_page(pages: list[str]) -> None:
    """Else the case that goes wrong most easily is not tried."""
    assert any(re.search(r"^[^\n]*2\.1 Weer alle rijen", page) for page in pages)
