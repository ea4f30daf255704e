"""Finds the key-value pairs of a page."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import msgspec

from engine.evidence import Rule
from engine.layout.pairs.blanks import Blanks
from engine.layout.pairs.boxes import boxed
from engine.layout.pairs.form import Form
from engine.layout.pairs.neighbours import Neighbours
from engine.layout.pairs.pieces import pieces
from engine.layout.pairs.values import paired
from engine.layout.tables.rulings import rulings
from engine.reading.direction import directions
from engine.reading.page import ReadPage, words
from engine.reading.read import paragraphs_of

#: A page with more pieces than this is no form, and not worth the work.
MAX_PIECES = 3000


def with_pairs(page: ReadPage, rules: Iterable[Rule]) -> ReadPage:
    """The page with its pairs, in the order of its content; no word is in two of them."""
    content = tuple(words(page.blocks))
    found = directions(content)
    if not found:
        return page
    main = found[0]
    size = median([word.size for word in main.words])
    lines = rulings(rules, main, size)
    # Cells of a table that is none would part what belongs together, so the lines are read without tables.
    places = {id(word): place for place, word in enumerate(content)}
    parts = pieces(paragraphs_of(main), places, main, Blanks(lines.along, size))
    if len(parts) > MAX_PIECES:
        return page
    form = Form(parts, Neighbours(parts, size), boxed(parts, lines, size), size)
    return msgspec.structs.replace(page, pairs=tuple(paired(form)))
