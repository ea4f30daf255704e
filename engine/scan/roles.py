"""What parts of the text of a page look like, among all that a network sees on it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evidence import SeenKind, SeenPart
from engine.scan.parts import Kind, Part

_KINDS = {
    Kind.TITLE: SeenKind.HEADING,
    Kind.HEADER: SeenKind.HEADER,
    Kind.FOOTER: SeenKind.FOOTER,
    Kind.EQUATION: SeenKind.EQUATION,
}
# What the network is less sure of is as often wrong; headings at the head of a column it takes for headers.
_LIKELY = 0.5
_LIKELY_HEADER = 0.6


def roles(parts: Sequence[Part]) -> list[SeenPart]:
    """The parts that have a role in the text, the likeliest first, in the pixels of the page."""
    likely = [
        part
        for part in parts
        if part.kind in _KINDS and part.likelihood >= (_LIKELY_HEADER if part.kind is Kind.HEADER else _LIKELY)
    ]
    return [SeenPart(_KINDS[part.kind], part.box) for part in sorted(likely, key=lambda part: -part.likelihood)]
