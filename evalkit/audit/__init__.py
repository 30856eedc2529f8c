"""The audit: what a careful referee finds in a case, and in a finished text."""
