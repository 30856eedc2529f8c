"""Figures of a report: one kind a file, each a pure function that returns a `Drawing`."""
