"""Counts the items of the lists of a Word file, in the order they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from lxml import etree

from engine.office.docx.names import W, number, value
from engine.office.numerals import letters, roman

_LEVELS: Final = 9
_BULLET: Final = "•"
_LONGEST_LABEL: Final = 60
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "decimalZero": lambda count: f"{count:02d}",
}


class _Level(NamedTuple):
    format: str
    text: str
    start: int


class _List(NamedTuple):
    """A list as paragraphs name it. `counts`: shared by all lists of one definition, None before the first item."""

    levels: dict[int, _Level]
    counts: list[int | None]
    restarts: dict[int, int]


_NO_DEFINITION: Final[tuple[dict[int, _Level], list[int | None]]] = ({}, [])


class Numbering:
    """The lists by their ids. `root`: of the part that defines them, None for a file without."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        definitions: dict[str, tuple[dict[int, _Level], list[int | None]]] = {
            one.get(f"{W}abstractNumId", ""): (_levels(one), [None] * _LEVELS)
            for one in root.iterfind(f"{W}abstractNum")
        }
        for one in root.iterfind(f"{W}num"):
            levels, counts = definitions.get(value(one, "abstractNumId") or "", _NO_DEFINITION)
            restarts: dict[int, int] = {}
            own = dict(levels)
            for override in one.iterfind(f"{W}lvlOverride"):
                level = _number(override.get(f"{W}ilvl"))
                own.update(_levels(override))
                start = number(override, "startOverride", -1)
                if start >= 0:
                    restarts[level] = start
            self._lists[one.get(f"{W}numId", "")] = _List(own, counts, restarts)

    def label(self, identity: str, level: int) -> str:
        """The number or bullet of the next item of a list, empty when it has none."""
        found = self._lists.get(identity)
        shape = found.levels.get(level) if found else None
        if found is None or shape is None:
            return ""
        if shape.format == "bullet":
            return _BULLET
        counts = found.counts
        count = counts[level]
        counts[level] = found.restarts.pop(level, shape.start if count is None else count + 1)
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if shape.format == "none":
            return ""
        return _PLACEHOLDER.sub(lambda place: _counted(found, int(place[1]) - 1), shape.text[:_LONGEST_LABEL])


def _counted(found: _List, level: int) -> str:
    shape = found.levels.get(level)
    if shape is None:
        return ""
    count = found.counts[level]
    return _FORMATS.get(shape.format, str)(shape.start if count is None else count)


def _levels(definition: etree._Element) -> dict[int, _Level]:
    return {
        _number(one.get(f"{W}ilvl")): _Level(
            value(one, "numFmt") or "decimal", value(one, "lvlText") or "", number(one, "start", 1)
        )
        for one in definition.iterfind(f"{W}lvl")
    }


def _number(untrusted_level: str | None) -> int:
    """A level from 0 to 8."""
    return int(untrusted_level) if untrusted_level and re.fullmatch("[0-8]", untrusted_level) else 0
