"""How many clusters on each side it takes to estimate an error."""

from __future__ import annotations

ENOUGH = 5
"""Fewer treated or untreated clusters than this give errors that are far too small.

Conley and Taber (2011) and MacKinnon and Webb (2017): with few treated clusters the residuals
that a clustered error is made of are shrunk by the fit, with one to nearly nought.
"""
