"""Anchors that the report makes itself."""


def instrument_anchor(key: str) -> str:
    """Give the anchor of an instrument's section; prose refers to it as ``@sec-<id>``."""
    return f"sec-{key}"


def story_anchor(key: str) -> str:
    """Give the anchor of the contribution story of an instrument."""
    return f"contribution-{key}"
