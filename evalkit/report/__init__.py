"""From an evaluation to pages."""
