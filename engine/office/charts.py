"""The text of a chart: its title, and the names on its axes, of its series and of its categories."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.office.text import NOWHERE, paragraph
from engine.office.xml import parsed
from engine.reading.page import Figure, Paragraph

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# A chart shows no more names than a person can read.
_MOST_NAMES: Final = 200


def figure(untrusted_chart: bytes) -> Figure:
    """The figure that a part of kind chart shows. Raises: etree.XMLSyntaxError."""
    root = parsed(untrusted_chart)
    title = root.find(f"{_C}chart/{_C}title")
    names: dict[str, None] = {}
    for axis in root.iter(f"{_C}catAx", f"{_C}valAx", f"{_C}dateAx", f"{_C}serAx"):
        heading = axis.find(f"{_C}title")
        if heading is not None:
            names[_text(heading)] = None
    for kind in ("tx", "cat"):
        for series in root.iter(f"{_C}ser"):
            for value in series.iterfind(f"{_C}{kind}//{_C}v"):
                names[value.text or ""] = None
    said = [one for name in list(names)[:_MOST_NAMES] if (one := paragraph([name]))]
    return Figure(NOWHERE, tuple(said), _caption(title))


def _caption(title: etree._Element | None) -> tuple[Paragraph, ...]:
    said = paragraph([_text(title)]) if title is not None else None
    return (said,) if said else ()


def _text(element: etree._Element) -> str:
    return " ".join("".join(run.text or "" for run in one.iter(f"{_A}t")) for one in element.iter(f"{_A}p"))
