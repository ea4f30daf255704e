"""Simplified or traditional Chinese, told by the characters that only one of the two has.

The national standards hold the characters of each: GB 2312 (mainland China, 1980) the simplified ones, Big5
(Taiwan, 1984) the traditional ones.
"""

from __future__ import annotations

from functools import cache

SIMPLIFIED = "zh-Hans"
TRADITIONAL = "zh-Hant"


def variant(text: str) -> str:
    """`SIMPLIFIED` or `TRADITIONAL`, whichever has more of the characters of a text."""
    votes = sum(map(_vote, text))
    return TRADITIONAL if votes < 0 else SIMPLIFIED


@cache
def _vote(character: str) -> int:
    """1 for a character of simplified Chinese only, -1 for one of traditional Chinese only, otherwise 0."""
    return _holds("gb2312", character) - _holds("big5", character)


def _holds(standard: str, character: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
