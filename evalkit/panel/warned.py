"""Warnings that point at the line of who called, however deep in the package they arise."""

from __future__ import annotations

import inspect
import os
import warnings
from pathlib import Path

from evalkit.panel.dropped import PanelWarning

_PACKAGE = f"{Path(__file__).parents[1]}{os.sep}"


def warn_user(what: str, kind: type[Warning] = PanelWarning) -> None:
    """Give a warning at the first line outside the package, where its cause was asked for.

    A fixed number of steps would be off wherever one function of the package calls another.

    Parameters
    ----------
    what
        The message.
    kind
        The category.
    """
    frame, steps = inspect.currentframe(), 1
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, steps = frame.f_back, steps + 1
    warnings.warn(what, kind, stacklevel=steps)
