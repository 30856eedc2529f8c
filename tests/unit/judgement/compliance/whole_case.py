"""A case that has every fact."""

from typing import Any

SOURCES = {"bureau": {"kind": "report", "title": "Evaluatie", "short": "Bureau", "year": 2022}}
EVIDENCE = {
    "source": "bureau", "design": "before-after", "about": ["outcome"], "finds": "positive",
    "before": True, "after": True, "criterion": ["effectiveness", "efficiency"],
}  # fmt: skip
BON: dict[str, Any] = {
    "name": "Scholingsbon", "short": "Bon", "type": "subsidie", "period": "2020–2021",
    "target_group": "mkb", "goals": {"scholing": {}},
    "input": {"budget": {
        "text": "Budget", "per_year": {"2020": "2 mln. euro", "2021": "3 mln. euro"},
        "total": "5 mln. euro", "source": "bureau"}},
    "activities": {"bonnen": {"text": "Bonnen uitdelen"}},
    "output": {"cursussen": {"text": "Gevolgde cursussen", "target": "200 cursussen"}},
    "outcome": {"banen": {"text": "Behouden banen"}},
    "evidence": {"meting": EVIDENCE},
}  # fmt: skip
THEORY: dict[str, Any] = {
    "question": "Helpt de bon?",
    "goals": {"scholing": {"name": "Meer scholing"}},
    "activities": {"bonnen": {"text": "Bonnen"}},
    "output": {"cursussen": {"text": "Cursussen"}},
    "links": {"bonnen -> cursussen": {"because": "scholing wordt goedkoper", "risks": "geen tijd"}},
    "external": {"conjunctuur": {"text": "Conjunctuur"}},
}  # fmt: skip
CHAPTERS = {
    "01-mix": (
        "# De mix {#sec-mix}\n\n"
        '::: figure theory {#fig-theorie caption="De theorie"}\n:::\n\n::: instruments\n:::\n'
    ),
    "02-oordeel": (
        "# Het oordeel {#sec-oordeel}\n\n::: verdicts\n:::\n\n"
        '::: figure matrix {#fig-matrix caption="De doelen"}\n:::\n'
        "## Advies {#sec-advies}\n::: recommendations\n:::\n"
    ),
    "03-bijlage": "# Bewijs {#bijlage-bewijs}\n::: workings\n:::\n",
}
WHOLE: dict[str, Any] = {
    "slug": "proef", "title": "Proef", "period": "2020–2024",
    "sources": SOURCES, "theory": THEORY, "instruments": {"bon": BON}, "chapters": CHAPTERS,
    "indicators": {"krapte": {
        "text": "Krapte", "source": "bureau", "per_year": {"2020": "3", "2024": "4"},
        "no_policy": "5 in 2024"}},
    "recommendations": {"door": {"title": "Ga door", "because": "sec-oordeel"}},
}  # fmt: skip
