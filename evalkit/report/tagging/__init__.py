"""The tags of the PDF: what a screen reader is told, built from the markup and checked after."""
