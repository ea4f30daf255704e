"""The marks that begin the items of a list."""

from __future__ import annotations

import re

_BULLET = re.compile(r"[•◦▪▫■□●○‣⁃∙·►▶➢✓✔❖\ufffd–—*-]$|[•▪■●‣➢]")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)]|\[\w{1,8}\])(?:$|\D)")


def is_bullet(text: str) -> bool:
    """Whether a word is a bullet or begins with one."""
    return _BULLET.match(text) is not None


def is_number(text: str) -> bool:
    """Whether a word is a number or letter of an item or begins with one."""
    return _NUMBER.match(text) is not None
