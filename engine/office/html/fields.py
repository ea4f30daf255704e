"""What fields of forms in an HTML file show."""

from __future__ import annotations

from typing import Final

from lxml import etree

from contract.page import SelectionState
from engine.office.text import Inline

_TICKED: Final = frozenset({"checkbox", "radio"})
_SHOWS_NOTHING: Final = frozenset({"hidden", "password", "file", "image", "color", "range"})


def shown(element: etree._Element) -> Inline:
    """What an `input` or `select` shows: a box, the text in it, or the option that is chosen."""
    if element.tag == "select":
        return f" {_chosen(element)} "
    kind = element.get("type", "text").lower()
    if kind in _TICKED:
        return SelectionState.UNSELECTED if element.get("checked") is None else SelectionState.SELECTED
    return "" if kind in _SHOWS_NOTHING else f" {element.get('value', '')} "


def _chosen(element: etree._Element) -> str:
    first = None
    for option in element.iter("option"):
        text = "".join(part for part in option.itertext() if isinstance(part, str))
        if option.get("selected") is not None:
            return text
        first = text if first is None else first
    return first or ""
