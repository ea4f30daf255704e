"""Numbers of list items as they are displayed."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3_999
_LETTERS: Final = 26
_MOST_REPEATS: Final = 30
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def roman(number: int) -> str:
    """Lower-case Roman numeral; decimal where there is none."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (number // amount)
        number %= amount
    return text


def letters(number: int) -> str:
    """a to z, then aa, bb as Word goes on; decimal where there is none."""
    repeats = (number - 1) // _LETTERS + 1
    if number < 1 or repeats > _MOST_REPEATS:
        return str(number)
    return chr(ord("a") + (number - 1) % _LETTERS) * repeats


def superscript(number: int) -> str:
    """The raised number that refers to a note."""
    return str(number).translate(_SUPERSCRIPTS)
