"""The sections that evalkit writes itself, each from one part of an evaluation."""
