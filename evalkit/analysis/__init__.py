"""The analyses of a case: from its data files to findings that a ladder can weigh."""

from evalkit.analysis.run import run_analyses

__all__ = ["run_analyses"]
