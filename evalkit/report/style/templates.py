"""The templates of a house style, whose mistakes are told with file and line."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.debug import rewrite_traceback_stack

from evalkit.errors import EvalkitError


def environment(folders: Sequence[Path]) -> Environment:
    """Give the templates in `folders`, the first one first.

    They are trusted, unlike the prose of a case, and still escape.
    """
    return _Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Environment(Environment):
    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Tell a mistake in a template as one; what else goes wrong is passed on as it is."""
        error = rewrite_traceback_stack(source=source)
        if isinstance(error, TemplateError):
            hint = "mend the template; those in templates/seo show what there is"
            raise EvalkitError(f"{_where(error)}{error.message}", hint=hint) from None
        raise error.with_traceback(sys.exc_info()[2])


def _where(error: TemplateError) -> str:
    """Find the line of a template that failed; the last one that was being filled in."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.endswith(".py")
    ]  # fmt: skip
    return f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
