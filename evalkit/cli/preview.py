"""``evalkit preview``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from evalkit.cli.arguments import CaseArgument, LanguageOption, StyleOption

if TYPE_CHECKING:
    from evalkit.preview.draft import Shown

NAME = "preview"


def run(
    case: CaseArgument,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Where to serve; 0 takes a free port.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the browser at once.")
    ] = True,
    lang: LanguageOption = None,
    style: StyleOption = None,
) -> None:
    """Show the report in the browser, and again whenever a file is saved.

    Beside the page stands what check and audit find. It is served on this machine alone; Ctrl+C
    stops it.
    """
    import webbrowser

    from evalkit.cli.language import language
    from evalkit.io.case import find_case
    from evalkit.preview.draft import Draft
    from evalkit.preview.server import Preview

    chosen = language(lang, "nl") if lang else None
    with Preview(Draft(find_case(case), style, chosen), port=port, told=_tell) as preview:
        typer.echo(f"{preview.address}  (Ctrl+C stops it)")
        if browser:
            webbrowser.open(preview.address)
        while True:
            time.sleep(3600)


def _tell(shown: Shown) -> None:
    remarks = len(shown.remarks)
    what = "the files cannot be read, the last good page stays" if shown.stale else "made"
    typer.echo(f"{what} in {shown.seconds:.1f} s, {remarks} remark{'s' * (remarks != 1)}", err=True)
