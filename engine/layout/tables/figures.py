"""Figures: what stands in the columns of a table that are counted and measured."""

from __future__ import annotations

import re

from engine.evidence import FORMULA

# Formulas, as they stand in tables, are figures with signs: `5 ± 2`, `10^3`.
# Digits with signs, brackets and marks around them and a short unit, or what stands for a missing one.
_FIGURE = re.compile(
    rf"(?:{FORMULA}[\s,;]*)+$|"
    r"[^\w]*\d[\W\d]*(?:[eE]-?\d+)?\s?[a-zA-Z%]{0,3}\W*$|[-–—−.…*]+$|\(?(?:[nN]/?\.?[aA]\.?|[xX])\)?$|[<>≤≥~≈±$€£]\W*\d[\W\d]*$"
)


def is_figure(text: str) -> bool:
    """Whether a text is a number, with or without its sign and unit, or stands for a missing one."""
    return _FIGURE.match(text) is not None
