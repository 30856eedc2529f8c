"""Sources, and citations of a place in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from evalkit.errors import MisreadError
from evalkit.model.record import Record, Text, as_tuple

SourceKind = Literal[
    "report", "book", "article", "website", "dataset", "kamerstuk", "interview", "other"
]
Independence = Literal["independent", "commissioner", "executor", "stakeholder"]
_VIA = re.compile(r",\s*(?:geciteerd in|cited in)\s+")


class Source(Record):
    """Something that a number or a claim can be traced to.

    Attributes
    ----------
    kind
        What sort of source it is.
    authors
        Persons or institutions, in order.
    short
        The name for a short citation, when it differs from the authors.
    mark
        The letter behind the year that tells sources of one name and year apart: ``2023a``.
    dossier, number
        For a Kamerstuk: the dossier and the number in it.
    independence
        Where the author stands towards the policy; None when not recorded.
    """

    kind: SourceKind
    title: Text
    authors: tuple[Text, ...] = ()
    short: str = ""
    year: int | None = None
    mark: str = ""
    publisher: str = ""
    url: str = ""
    accessed: str = ""
    dossier: str = ""
    number: str = ""
    note: str = ""
    independence: Independence | None = None

    @property
    def name(self) -> str:
        """The author name of a short citation: ``SEO``, ``UWV & CBS``, ``Jansen e.a.``."""
        return cited_name(self.short, self.authors, self.title)


def cited_name(short: str, authors: Sequence[str], title: str) -> str:
    """Give the name by which a source is cited.

    Examples
    --------
    >>> cited_name("", ["Jansen", "Bakker", "Smit", "Visser"], "Evaluatie")
    'Jansen e.a.'
    """
    if short:
        return short
    match list(authors):
        case []:
            return title
        case [first, *_, "others"]:  # BibTeX writes "and others" for the rest
            return f"{first} e.a."
        case [one]:
            return one
        case [*most, last] if len(authors) <= 3:
            return f"{', '.join(most)} & {last}"
        case _:
            return f"{authors[0]} e.a."


class Citation(Record):
    """A place in a source, perhaps as another source quotes it.

    Attributes
    ----------
    source
        Key in ``sources.bib``.
    place
        Page, section or table.
    via
        The source in which this one was read.

    Examples
    --------
    >>> Citation.parse("seo2020, geciteerd in seo2025, § 3.3").via.place
    '§ 3.3'
    """

    source: Annotated[str, Field(min_length=1)]
    place: str = ""
    via: Citation | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``key``, ``key, place`` or ``key, geciteerd in key, place``."""
        return cls(**_fields(text))

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return _fields(data) if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Show editors the written form."""
        handler(core)
        examples = ["seo2025, § 3.3", "seo2020, geciteerd in seo2025, § 3.3"]
        return {"title": "Citation", "type": "string", "examples": examples}

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the sources it names."""
        return (self.source,) if self.via is None else (self.source, *self.via.keys)


Citations = Annotated[tuple[Citation, ...], BeforeValidator(as_tuple)]


def _fields(text: str) -> dict[str, Any]:
    first, *rest = _VIA.split(text.strip(), maxsplit=1)
    key, _, place = first.partition(",")
    if not re.fullmatch(r"[^\s,]+", key):
        raise MisreadError(f"'{text}' is not a citation", "write a key of sources.bib and a place")
    fields: dict[str, Any] = {"source": key, "place": place.strip()}
    return fields | ({"via": _fields(rest[0])} if rest else {})
