"""The reference of the regimes, from their YAML."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.io.regimes import regime_names
from evalkit.judgement.compliance.profile import load_regime

_HEAD = """# Regimes

Made from `evalkit/ladders/regimes/*.yaml`. A regime is a rule or guideline that says what an
evaluation holds; a case names those that apply in `compliance.yaml`. How a state is decided, and
what was and was not compared with the published text, stands in [compliance](../compliance.md).
"""


def regimes_page() -> str:
    """Write the page of all regimes."""
    return "\n".join([_HEAD, *(part for name in regime_names() for part in _regime(name))])


def _regime(name: str) -> Iterator[str]:
    regime = load_regime(name)
    yield f"## {regime.title['en']} (`{name}`)\n"
    yield f"{regime.publisher['en']}; {regime.edition['en']}. {regime.note['en']}\n"
    yield "| Requirement | Asks for | Facts that show it | Basis |\n|---|---|---|---|"
    for one in regime.requirements:
        facts = ", ".join(f"`{fact}`" for fact in one.facts) or "the writer points it out"
        basis = one.source["en"] if one.source else "reading of evalkit"
        yield f"| `{one.id}` | {_cell(one.text['en'])} | {facts} | {_cell(basis)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
