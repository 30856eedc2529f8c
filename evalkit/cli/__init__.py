"""The command line: argument parsing only; each command calls one public function.

Nothing heavy is imported before a command runs, so that ``evalkit --help`` answers at once.
"""

from __future__ import annotations

import io
import sys

import typer

from evalkit.cli import (
    audit,
    check,
    doctor,
    estimate,
    export,
    importing,
    new,
    preview,
    report,
    schema,
    score,
    trace,
)
from evalkit.errors import EvalkitError
from evalkit.version import VERSION

app = typer.Typer(
    name="evalkit",
    help="Policy evaluation: from a case folder to judgement and report.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS = (
    check, estimate, score, audit, report, preview, trace, export, importing, new, schema, doctor,
)  # fmt: skip
for command in _COMMANDS:
    app.command(command.NAME)(command.run)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"evalkit {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    pass


def main() -> None:
    """Run the command line; what a user can mend is one clear text and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack a sign
    try:
        app()
    except EvalkitError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            _hang_up()
        typer.echo(f"{error.filename or 'the output'}: {error.strerror}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        sys.exit(130)


def _hang_up() -> None:
    """Stop when the reader of our output went away (`evalkit score … | head`): nothing to tell."""
    sys.stderr.close()
    sys.exit(1)
