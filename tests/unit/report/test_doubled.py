"""What stands on the pages twice is named; what is meant to be repeated is not."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint

from evalkit.report.pages.doubled import doubled

STYLE = """
@page { size: 80mm 60mm; margin: 10mm; @top-left { content: string(kop) } }
h1 { string-set: kop content() }
p { text-transform: uppercase; hyphens: auto }
p::first-letter { font-size: 2em }
p::before { content: 'Let op: ' }
.noot { float: footnote }
"""
ROWS = "<tr><td>cel</td></tr>" * 40
BODY = f"""
<h1>Kop</h1>
<p>Straße en omscholingsregelingen<span class="noot">Een noot.</span>, ﬁets ½ en <b>vet</b></p>
<table><thead><tr><th>Hoofd</th></tr></thead>{ROWS}</table>
"""


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    page = f'<html lang="nl"><style>{STYLE}</style><body>{BODY}</body></html>'
    return list(weasyprint.HTML(string=page).render().pages)


def test_what_is_repeated_on_purpose_is_no_fault(pages: list[Any]) -> None:
    assert len(pages) > 2
    assert list(doubled(pages)) == []


def test_a_text_that_is_drawn_again_is_named_with_its_page(pages: list[Any]) -> None:
    found = list(doubled([*pages, *pages]))
    assert f"page {len(pages) + 1}: this text is printed twice: Kop" in found
    assert any(one.endswith("twice: Een noot.") for one in found)
    assert any("Straße en omscholingsregelingen" in one for one in found)
    assert not any("Hoofd" in one for one in found)
