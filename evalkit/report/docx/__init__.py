"""A report as a Word file."""

from evalkit.report.docx.write import docx_bytes, write_docx

__all__ = ["docx_bytes", "write_docx"]
