"""The bullets and numbers of lists of an HTML file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from engine.office.numerals import letters, roman

_NUMBER: Final = re.compile(r"\s*(-?\d{1,9})")
_SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "a": letters,
    "A": lambda count: letters(count).upper(),
    "i": roman,
    "I": lambda count: roman(count).upper(),
}


class OpenList:
    """A list whose end was not reached."""

    def __init__(self, element: etree._Element) -> None:
        self._ordered = element.tag == "ol"
        self._shape = _SHAPES.get(element.get("type", ""), str)
        self._step = 1
        first = 1
        if self._ordered and element.get("reversed") is not None:
            self._step = -1
            first = sum(1 for _ in element.iterchildren("li"))
        self._next = _number(element.get("start"), first)

    def label(self, item: etree._Element) -> str:
        """The bullet or number of the next item."""
        if not self._ordered:
            return "•"
        number = _number(item.get("value"), self._next)
        self._next = number + self._step
        return f"{self._shape(number)}."


def _number(untrusted_number: str | None, default: int) -> int:
    stated = _NUMBER.match(untrusted_number or "")
    return int(stated[1]) if stated else default
