"""Files of rules, such as ladders and regimes: YAML that must hold together to be read at all."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evalkit.errors import EvalkitError
from evalkit.io.yamltree import read_tree

Rules = TypeVar("Rules", bound=BaseModel)


def read_rules(text: str, file: str, kind: type[Rules], hint: str) -> Rules:
    """Make a record of the text of a file.

    Parameters
    ----------
    text, file
        What stands in it, and its name for the errors.
    kind
        The record that it should give.
    hint
        What to do when it does not.

    Raises
    ------
    EvalkitError
        Naming every place where it is not what the record asks.
    """
    tree = read_tree(text, file=file)
    if tree.problems:
        raise EvalkitError("\n".join(map(str, tree.problems)))
    try:
        return kind.model_validate(tree.data)
    except ValidationError as error:
        lines = (f"{file}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise EvalkitError("\n".join(lines), hint=hint) from None
