"""A text as the rules read it: blocks, sentences, figures and tables."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.audit.text.block import Block
from evalkit.audit.text.blocks import blocks_of
from evalkit.audit.text.reading import Source
from evalkit.audit.text.sentence import Sentence, sentences_of
from evalkit.audit.text.table import Table
from evalkit.audit.text.tables import tables_of
from evalkit.audit.text.tongue import language_of
from evalkit.language.numbers import Language


@dataclass(frozen=True, slots=True)
class Document:
    """A text that has been read.

    Attributes
    ----------
    lang
        Its language.
    blocks
        Its paragraphs, items, headings and rows, in order.
    sentences
        The sentences of each block, in the order of the blocks.
    tables
        Its tables with numbers.
    """

    name: str
    lang: Language
    blocks: tuple[Block, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    tables: tuple[Table, ...]

    @property
    def all_sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the text, in order."""
        return tuple(sentence for block in self.sentences for sentence in block)


def document_of(source: Source) -> Document:
    """Take a text apart."""
    blocks = blocks_of(source)
    lang = language_of(" ".join(block.text for block in blocks))
    sentences = tuple(tuple(sentences_of(block, lang)) for block in blocks)
    return Document(source.name, lang, blocks, sentences, tuple(tables_of(source, lang)))
