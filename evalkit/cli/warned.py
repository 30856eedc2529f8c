"""Warnings as a command prints them: the words alone, after what went before."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from evalkit.errors import EvalkitWarning


@contextmanager
def told_plainly() -> Iterator[None]:
    """Print the warnings of evalkit without the line of code that gave them, each once."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always", EvalkitWarning)
        yield
    for line in dict.fromkeys(f"warning: {one.message}" for one in found):
        typer.echo(line, err=True)
