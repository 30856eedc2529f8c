"""The audit of a case."""
