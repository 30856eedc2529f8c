"""Anchors that the report makes itself."""


def instrument_anchor(key: str) -> str:
    """Give the anchor of an instrument's section; prose refers to it as ``@sec-<id>``."""
    return f"sec-{key}"
