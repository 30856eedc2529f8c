"""The reference of the command line, from its commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from evalkit.cli import app

_HEAD = """# The command line

Made from the commands themselves: `evalkit COMMAND --help` says the same. A mistake is one clear
text and exit code 1; nothing is written by halves.
"""


def commands_page() -> str:
    """Write the page of all commands."""
    group: Any = typer.main.get_command(app)
    return "\n".join([_HEAD, *(part for one in group.commands.values() for part in _command(one))])


def _command(command: Any) -> Iterator[str]:
    context = command.make_context(command.name, [], resilient_parsing=True)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## {command.name}\n"
    yield f"`evalkit {command.name} {usage}`\n"
    yield f"{_plain(command.help or '')}\n"
    rows = [row for one in command.params if (row := _row(one))]
    if rows:
        yield "| Argument or option | Meaning |\n|---|---|"
        yield from rows
    yield ""


def _row(param: Any) -> str | None:
    if param.name == "help":
        return None
    names = ", ".join(f"`{name}`" for name in param.opts)
    if param.param_type_name == "argument":
        names = f"`{param.metavar or param.name.upper()}`"
    elif param.metavar:
        names += f" {_cell(param.metavar)}"
    text = " ".join((param.help or "").split())
    return f"| {names} | {_cell(text)} |"


def _plain(text: str) -> str:
    """Let addresses and marks of rich stand as they are in Markdown."""
    return re.sub(r"[ \t]+\n", "\n", text.replace("\b", "").replace("\f", "\n")).strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
