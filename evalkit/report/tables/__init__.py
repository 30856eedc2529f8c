"""Tables of a report, one kind a file."""
