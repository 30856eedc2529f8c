"""The analyses of a case: from its data files to findings that a ladder can weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalkit.did.lazy_room import lazily

if TYPE_CHECKING:
    from evalkit.analysis.run import run_analyses

__all__ = ["run_analyses"]

if not TYPE_CHECKING:  # a case of plans alone needs no estimator, and no data frames
    __getattr__ = lazily(__name__, run_analyses="run")
