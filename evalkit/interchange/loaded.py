"""What was loaded from elsewhere: a case, and the files that it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evalkit.errors import EvalkitError
from evalkit.interchange.bibtex import edited_bibtex
from evalkit.interchange.house import house_yaml
from evalkit.interchange.written import SOURCES, by_file
from evalkit.interchange.yaml_edit import edited
from evalkit.io.whole import write_whole
from evalkit.model.case import Case


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case that came from another format.

    Attributes
    ----------
    case
        What it says.
    data
        Its keys.
    before
        The keys of the case folder that it is laid over; empty when there is none.
    files
        The files of that folder that hold them.
    """

    case: Case
    data: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def changes(self) -> dict[str, str | None]:
        """Give the new text of every file that changes; None for one that goes."""
        old, new = by_file(self.before), by_file(self.data)
        found: dict[str, str | None] = {}
        for file, said in new.items():
            was = old.get(file, {})
            text = self.files.get(file)
            if text is None:
                found[file] = edited_bibtex("", {}, said) if file == SOURCES else house_yaml(said)
            elif was != said:
                found[file] = (edited_bibtex if file == SOURCES else edited)(text, was, said)
        found |= dict.fromkeys(file for file in self.files if file not in new)
        return {file: text for file, text in found.items() if text or file in self.files}

    def write(self, folder: str | Path) -> tuple[str, ...]:
        """Write what changes into a case folder, which is made when it is not there.

        Parameters
        ----------
        folder
            The case folder.

        Returns
        -------
        tuple of str
            The files that were changed, made or taken out.

        Raises
        ------
        EvalkitError
            The folder cannot be written.
        """
        target = Path(folder)
        changes = self.changes()
        try:
            target.mkdir(parents=True, exist_ok=True)  # also when nothing changed
            write_whole({target / file: text for file, text in changes.items()})
        except OSError as error:
            raise EvalkitError(
                f"'{target}' cannot be written: {error.strerror}",
                hint="choose another folder with --into, or mend its permissions",
            ) from None
        return tuple(changes)
