"""The report as one self-contained page for the browser."""
