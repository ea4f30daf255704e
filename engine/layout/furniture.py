"""Page furniture: running heads and feet, page numbers, stamps in the margin.

What repeats at the same height on several pages is furniture. On a single page it is what stands small and
apart at its upper or lower edge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from contract.layout import ParagraphRole
from engine.evidence import SeenKind
from engine.layout.looks import Body, Item, Sheet

# Shares of the height of a page.
_HEAD, _FOOT = 0.14, 0.87
_OUTER_HEAD, _OUTER_FOOT = 0.09, 0.91
_SAME_HEIGHT = 0.012
# Where the document itself says that something is furniture.
_STATED_HEAD, _STATED_FOOT = 0.2, 0.8
# Of the width: the margin in which stamps stand.
_MARGIN = 0.1
# A tab says no more, and all of the text stands further from the edge.
_TAB_CHARACTERS, _TAB_LETTERS = 8, 2
# Furniture stands apart from the text by this many heights of its lines.
_APART = 0.9
_FAR_APART = 1.8
_MOST_LINES = 4
_MOST_CHARACTERS = 180
# On a page of its own, furniture is no larger than the text by this factor.
_NOT_LARGER = 1.2
_NOT_LARGER_IN_ROW = 1.35
_ROW_CHARACTERS = 80

_NUMBER = re.compile(
    r"\W*(?:(?:page|pag\.?|p\.?|pg\.?|seite|página|s\.)\s*)?(?:[a-z]{1,2}[-\u2013. ]?)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|sur|-)\s*\d{1,4})?(?:[\s|]*(?:page|seite))?\W*"
    r"|第\s*\d{1,4}\s*[页頁](?:\s*共\s*\d{1,4}\s*[页頁])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_HOST = re.compile(r"https?://|www\.|doi:|©|\(c\)|copyright|all rights reserved|downloaded from", re.IGNORECASE)


def told(sheets: Sequence[Sheet], body: Body) -> None:
    """Gives the items of the pages that are furniture their roles."""
    _repeated(sheets)
    for sheet in sheets:
        _stamps(sheet)
        _seen(sheet)
        for at_head in (True, False):
            _edge(sheet, at_head, body)


def _repeated(sheets: Sequence[Sheet]) -> None:
    """What says the same, but for numbers, at the same height of two pages that are near to each other."""
    last: dict[tuple[str, int], list[tuple[int, Item]]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        for item in sheet.items:
            if item.turned or item.lines > _MOST_LINES or len(item.text) > _MOST_CHARACTERS:
                continue
            at_head, at_foot = item.bottom < _HEAD * sheet.height, item.top > _FOOT * sheet.height
            if not (at_head or at_foot):
                continue
            says = _DIGITS.sub("#", item.text.casefold())
            height = round(item.top / sheet.height / _SAME_HEIGHT)
            for near in (height - 1, height, height + 1):
                for before, other in last[says, near][-1:]:
                    # Left and right pages have furniture of their own.
                    if 0 < number - before <= 3:
                        _tell(item, at_head)
                        _tell(other, at_head)
            last[says, height].append((number, item))


def tell_at_edge(item: Item, sheet: Sheet) -> None:
    """Tells what the document itself states to be furniture, where that stands at the head or foot of the page."""
    if item.bottom < _STATED_HEAD * sheet.height:
        _tell(item, True)
    elif item.top > _STATED_FOOT * sheet.height:
        _tell(item, False)


def _tell(item: Item, at_head: bool) -> None:
    if _NUMBER.fullmatch(item.text):
        item.role = ParagraphRole.PAGE_NUMBER
    else:
        item.role = ParagraphRole.PAGE_HEADER if at_head else ParagraphRole.PAGE_FOOTER
    item.level = 0


def _stamps(sheet: Sheet) -> None:
    """Text that runs along the margin, and what scans show of the tabs at the edge of a book."""
    text = [item for item in sheet.items if len(item.text) > _TAB_CHARACTERS]
    left = min([_MARGIN * sheet.width, *[item.left for item in text]])
    right = max([(1 - _MARGIN) * sheet.width, *[item.right for item in text]])
    for item in sheet.items:
        margin = item.right < _MARGIN * sheet.width or item.left > (1 - _MARGIN) * sheet.width
        is_short = item.letters >= _TAB_LETTERS and len(item.text) <= _TAB_CHARACTERS
        is_tab = sheet.noisy and is_short and (item.right < left or item.left > right)
        if is_tab or (item.turned and margin):
            item.role = ParagraphRole.PAGE_HEADER
            item.level = 0


def _seen(sheet: Sheet) -> None:
    """What looks like page furniture on pixels."""
    for item in sheet.items:
        if item.seen in (SeenKind.HEADER, SeenKind.FOOTER) and item.lines <= _MOST_LINES:
            tell_at_edge(item, sheet)


def _edge(sheet: Sheet, at_head: bool, body: Body) -> None:
    """Rows of small text at an edge of the page, from the edge on, as long as they stand apart from the rest."""
    upright = [item for item in sheet.items if not item.turned]
    rows = _rows(upright if at_head else upright[::-1], at_head)
    inner = sorted([(box[1], box[3]) for box in sheet.others])
    for place, row in enumerate(rows):
        edge = max([item.bottom for item in row]) if at_head else min([item.top for item in row])
        if edge > _HEAD * sheet.height if at_head else edge < _FOOT * sheet.height:
            return
        known = any(item.role in _FURNITURE for item in row)
        rest = [item for later in rows[place + 1 :] for item in later]
        gap = _gap(row, rest, inner, at_head)
        for item in row:
            if item.role in _FURNITURE or item.role is ParagraphRole.SECTION_HEADING:
                continue
            if known or _stands_out(item, row, gap, sheet, at_head, body):
                _tell(item, at_head)
        if not any(item.role in _FURNITURE for item in row):
            return


_FURNITURE = frozenset({ParagraphRole.PAGE_HEADER, ParagraphRole.PAGE_FOOTER, ParagraphRole.PAGE_NUMBER})


def _rows(items: list[Item], at_head: bool) -> list[list[Item]]:
    """Items that stand side by side, from the edge of the page inwards."""
    found: list[list[Item]] = []
    for item in sorted(items, key=lambda one: one.top if at_head else -one.bottom):
        if found:
            first = found[-1][0]
            shared = min(first.bottom, item.bottom) - max(first.top, item.top)
            if shared > 0.5 * min(first.bottom - first.top, item.bottom - item.top):
                found[-1].append(item)
                continue
        found.append([item])
    return found


def _gap(row: list[Item], rest: list[Item], others: list[tuple[float, float]], at_head: bool) -> float:
    """Distance from a row to what comes next inwards, in heights of its lines; many where nothing comes."""
    height = max([(item.bottom - item.top) / item.lines for item in row])
    if at_head:
        edge = max([item.bottom for item in row])
        inner = [item.top for item in rest] + [top for top, bottom in others if bottom > edge]
        distance = min(inner, default=edge + 9 * height) - edge
    else:
        edge = min([item.top for item in row])
        inner = [item.bottom for item in rest] + [bottom for top, bottom in others if top < edge]
        distance = edge - max(inner, default=edge - 9 * height)
    return distance / max(height, 1e-6)


def _stands_out(item: Item, row: list[Item], gap: float, sheet: Sheet, at_head: bool, body: Body) -> bool:
    """Whether an item at the edge is furniture even though no other page says the same."""
    if item.lines > _MOST_LINES or len(item.text) > _MOST_CHARACTERS or gap < _APART:
        return False
    if _NUMBER.fullmatch(item.text):
        return True
    # Two or three short pieces side by side are what only furniture shows at an edge.
    in_row = len(row) > 1 and all(len(one.text) <= _ROW_CHARACTERS for one in row)
    if item.size > (_NOT_LARGER_IN_ROW if in_row else _NOT_LARGER) * body.size:
        return False
    if in_row and (gap > _FAR_APART or not at_head):
        return True
    outer = item.bottom < _OUTER_HEAD * sheet.height if at_head else item.top > _OUTER_FOOT * sheet.height
    if not outer and not _HOST.search(item.text):
        return False
    return gap > _FAR_APART or item.size < 0.95 * body.size or _HOST.search(item.text) is not None
