"""A panel in a notebook: its shape, the role of each column, and what was left out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evalkit.panel.panel import Panel


def panel_html(panel: Panel) -> str:
    """Write it as HTML; the names of columns are whatever a file holds."""
    rows = "".join(
        f"<tr><th>{escape(role)}</th><td>{escape(str(column))}</td></tr>"
        for role, column in panel.names.items()
        if column is not None
    )
    gone = "".join(f"<li>{escape(str(one))}</li>" for one in panel.dropped)
    left = f"<p>Left out:</p><ul>{gone}</ul>" if gone else ""
    return f"<div><p><b>{escape(repr(panel))}</b></p><table>{rows}</table>{left}</div>"
