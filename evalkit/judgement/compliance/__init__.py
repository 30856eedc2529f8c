"""Comply or explain: what a regime asks of an evaluation, and where the report gives it."""
