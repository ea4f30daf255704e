"""Figures: what stands in the columns of a table that are counted and measured."""

from __future__ import annotations

import re

# Digits with signs, brackets and marks around them and a short unit, or what stands for a missing one.
_FIGURE = re.compile(
    r"[^\w]*\d[\W\d]*(?:[eE]-?\d+)?\s?[a-zA-Z%]{0,3}\W*$|[-–—−.…*]+$|\(?(?:[nN]/?\.?[aA]\.?|[xX])\)?$|[<>≤≥~≈±$€£]\W*\d[\W\d]*$"
)


def is_figure(text: str) -> bool:
    """Whether a text is a number, with or without its sign and unit, or stands for a missing one."""
    return _FIGURE.match(text) is not None
