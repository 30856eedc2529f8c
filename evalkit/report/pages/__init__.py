"""From markup to finished pages: layout, what fills them, the gates, and the PDF itself."""
