"""From the Markdown of a case to markup: values, directives, notes, citations, references."""
