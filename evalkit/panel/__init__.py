"""Panels: units observed over periods, validated once and shared by every estimator."""

from evalkit.panel.dropped import Dropped, PanelError, PanelWarning
from evalkit.panel.engine import DuckDB
from evalkit.panel.panel import Panel

__all__ = ["Dropped", "DuckDB", "Panel", "PanelError", "PanelWarning"]
