"""How a file of another kind becomes a CSV file."""

from __future__ import annotations

from pathlib import Path

_SHEET = "save the sheet as CSV UTF-8 in the spreadsheet, under Save as"
_HINTS = {
    **dict.fromkeys((".ods", ".xlsx", ".xls", ".xlsm"), _SHEET),
    ".dta": 'with pandas: `pd.read_stata("data.dta").to_csv("data.csv", index=False)`',
    ".sav": 'with pandas: `pd.read_spss("data.sav").to_csv("data.csv", index=False)`',
    ".rds": 'in R: `write.csv(readRDS("data.rds"), "data.csv", row.names = FALSE)`',
    **dict.fromkeys(
        (".txt", ".tsv", ".tab"), "when its first line names the columns, call it .csv"
    ),
}


def how_to_convert(path: Path, otherwise: str) -> str:
    """Say how a file becomes a CSV file, by the ending of its name.

    Parameters
    ----------
    path
        The file.
    otherwise
        What to say of an ending that is not known.

    Examples
    --------
    >>> how_to_convert(Path("cijfers.ods"), "give a .csv file")
    'save the sheet as CSV UTF-8 in the spreadsheet, under Save as'
    """
    return _HINTS.get(path.suffix.lower(), otherwise).replace("data", path.stem)
