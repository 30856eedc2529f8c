"""The structure tree as objects of the PDF."""

from __future__ import annotations

from typing import Any

import pydyf  # type: ignore[import-untyped]

from evalkit.report.tagging.node import Node, Run


class Writer:
    """Writes the structure of a document into a PDF that is being made.

    Parameters
    ----------
    pdf
        The file.
    sizes
        The number of marked pieces on each page.
    """

    def __init__(self, pdf: Any, sizes: list[int]) -> None:
        self._pdf = pdf
        self._parents: list[list[Any]] = [["null"] * size for size in sizes]
        self._links: list[Any] = []
        self._ids: list[Any] = []

    def write(self, document: Node) -> None:
        """Write the tree and hang it in the catalogue."""
        root = self._object({"Type": "/StructTreeRoot"})
        top = self._element(document, root)
        root["K"] = pydyf.Array([top.reference])
        root["ParentTree"] = self._parent_tree().reference
        root["ParentTreeNextKey"] = len(self._parents) + len(self._links)
        if self._ids:
            names = pydyf.Array(part for pair in sorted(self._ids, key=_first) for part in pair)
            root["IDTree"] = self._object({"Names": names}).reference
        catalogue = self._pdf.catalog
        catalogue["StructTreeRoot"] = root.reference
        catalogue["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalogue["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _object(self, entries: dict[str, Any]) -> Any:
        made = pydyf.Dictionary(entries)
        self._pdf.add_object(made)
        return made

    def _element(self, node: Node, parent: Any) -> Any:
        made = self._object({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        page = next((kid.page for kid in node.kids if isinstance(kid, Run)), None)
        if page is not None:
            made["Pg"] = self._pdf.page_references[page]
        made["K"] = pydyf.Array(
            self._run(kid, page, made) if isinstance(kid, Run)
            else self._element(kid, made).reference
            for kid in node.kids
        )  # fmt: skip
        for number, annotation in node.annotations:
            made["K"].append(self._link(annotation, number, made, node.text))
        if node.attributes:
            made["A"] = pydyf.Dictionary(
                {key: pydyf.Array(value) if isinstance(value, list) else value
                 for key, value in node.attributes.items()}
            )  # fmt: skip
        for key, value in node.entries.items():
            made[key] = pydyf.String(value)
        if "ID" in node.entries:
            self._ids.append((made["ID"], made.reference))
        return made

    def _run(self, run: Run, page: int | None, parent: Any) -> Any:
        self._parents[run.page][run.mcid] = parent.reference
        if run.page == page:
            return run.mcid
        return pydyf.Dictionary(
            {"Type": "/MCR", "Pg": self._pdf.page_references[run.page], "MCID": run.mcid}
        )

    def _link(self, annotation: Any, page: int, parent: Any, text: str) -> Any:
        annotation["StructParent"] = len(self._parents) + len(self._links)
        # In place of the bare anchor that WeasyPrint gives.
        annotation["Contents"] = pydyf.String(text)
        self._links.append(parent.reference)
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._pdf.page_references[page]}
        )

    def _parent_tree(self) -> Any:
        numbers: list[Any] = []
        for key, parents in enumerate(self._parents):
            numbers += [key, pydyf.Array(parents)]
        for key, parent in enumerate(self._links, start=len(self._parents)):
            numbers += [key, parent]
        return self._object({"Nums": pydyf.Array(numbers)})


def _first(pair: tuple[Any, Any]) -> str:
    return str(pair[0].string)
