"""The colours of the house style, by token."""

from __future__ import annotations

from typing import Final

INK: Final = "#1A2428"
WHITE: Final = "#FFFFFF"
PETROL_900: Final = "#0B2E3D"
PETROL_700: Final = "#14536B"
PETROL_500: Final = "#357A90"
PETROL_400: Final = "#6FA5B7"
PETROL_300: Final = "#97BFCC"
PETROL_100: Final = "#DCE9ED"
PETROL_50: Final = "#F1F6F8"
COPPER_700: Final = "#A3470D"
COPPER_100: Final = "#FAEDE2"
GREY_600: Final = "#54626A"
GREY_400: Final = "#8A979D"
GREY_300: Final = "#C2CBCF"
GREY_100: Final = "#E8ECEE"

COVER_HIGHLIGHT: Final = "#E58A3A"
"""Only on petrol-900: its contrast on white is too low."""

RIBBONS: Final = ("#1F5468", "#2C6A86", "#3F8298", "#5B97AB")
"""Bands on the cover, from dim to light."""
