"""What MkDocs does with the pages of evalkit: it adds the reference, and draws the formulas.

The pages of the reference are made while the site is built, from the same sources as the program,
so that they cannot fall behind it and stand nowhere else.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).parent))  # MkDocs loads a hook as a file, not as a package

from api_page import api_pages
from commands_page import commands_page
from errors_page import errors_page
from files_page import file_pages
from mathematics import with_mathml
from regimes_page import regimes_page


def reference() -> dict[str, str]:
    """Write every page that is made, by its path in the site."""
    pages = {
        "reference/commands.md": commands_page(),
        "reference/errors.md": errors_page(),
        "reference/regimes.md": regimes_page(),
    }
    pages |= {f"reference/files/{name}.md": text for name, text in file_pages().items()}
    pages |= {f"reference/api/{name}.md": text for name, text in api_pages().items()}
    return pages


def on_config(config: Any) -> Any:
    """Put the pages of the methodology in the contents, as they are found."""
    pages = sorted((Path(config.docs_dir) / "methodology").glob("*.md"))
    listed = [{"Methods": "methodology/README.md"}]
    listed += [{one.stem: f"methodology/{one.name}"} for one in pages if one.stem != "README"]
    config.nav = [*config.nav, {"Methodology": listed}]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages of the reference."""
    for path, text in reference().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Let formulas between dollars be read as such, and links out of docs/ be text."""
    return re.sub(r"\[([^\]]+)\]\(\.\./\.\./[^)]*\)", r"\1", markdown)


def on_page_content(html: str, **_: Any) -> str:
    """Draw the formulas; the empty corner of a table is no heading to announce."""
    return with_mathml(re.sub(r"<th([^>]*)></th>", r"<td\1></td>", html))


def on_post_page(output: str, **_: Any) -> str:
    """Name the search, which the theme leaves without a name, before any script runs."""
    return re.sub(r'(<div class="md-search"[^>]*role="dialog")', r'\1 aria-label="Search"', output)
