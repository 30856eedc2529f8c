"""The version of evalkit, in one place."""

VERSION = "0.1.0"
