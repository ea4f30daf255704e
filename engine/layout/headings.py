"""Titles and section headings: what is written larger, bolder or numbered, and the level of each.

Where the outline of the document names headings, others are told by looking like those.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from contract.layout import ParagraphRole
from engine.evidence import SeenKind
from engine.layout.looks import Body, Item, Sheet
from engine.reading.marks import is_bullet, is_chapter, is_label

_DEEPEST = 6
_MOST_LINES = 3
_MOST_CHARACTERS = 180
_FEWEST_LETTERS = 2
# Sizes beside that of the text.
_LARGER, _LARGER_NOISY = 1.1, 1.25
_NOT_SMALLER = 0.9
# Capitals reach above the line only, so that they are measured lower.
_NOT_SMALLER_CAPITALS = 0.8
# Sizes measured on pixels are one when they differ by less.
_ALIKE = 0.85
# Characters of a heading that only its number tells.
_SHORT = 60
_TITLE_LARGER, _TITLE_LARGER_NOISY = 1.2, 1.4
# A title begins in the upper part of its page.
_TITLE_ABOVE = 0.6
# The outline is trusted alone when it names so many headings.
_FEWEST_NAMED = 3
_MOST_IN_RUN = 2
# Share of the characters of a style that must stand in sentences for it to be one of text.
_PROSE = 0.3

_SENTENCE_END = re.compile(r"[.,;。，；]$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{3,}")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(?:\.?\s+|(?<=\.\d)\.?(?=[^\W\d_]))\D")
_ROMAN = re.compile(r"[IVXL]{1,6}\.?\s+\S")
_LETTER = re.compile(r"[A-Z]\.\s+\S")
_CHAPTER = re.compile(
    r"(?:chapter|section|part|appendix|annex|article|kapitel|anhang|chapitre|capítulo)\s+[\dIVXA-Z]{1,4}\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:abstract|summary|introduction|background|methods?|results?|discussion|conclusions?|acknowledge?ments?"
    r"|references|bibliography|appendi(?:x|ces)|contents|table of contents|keywords|index|glossary|preface|foreword"
    r"|zusammenfassung|einleitung|literatur(?:verzeichnis)?|inhalt(?:sverzeichnis)?|résumé|bibliographie|resumen"
    r"|referencias|摘要|引言|结论|參考文獻|参考文献|目录|目錄|致谢)[:：]?",
    re.IGNORECASE,
)

_Style = tuple[int, bool, bool, bool]


def told(sheets: Sequence[Sheet], body: Body) -> None:
    """Gives the items of the pages that are titles and headings their roles and levels."""
    stated = [item for sheet in sheets for item in sheet.items if item.role is ParagraphRole.SECTION_HEADING]
    trusted = len(stated) >= _FEWEST_NAMED
    prose = _prose(sheets)
    styles = {_style(item) for item in stated} - prose
    title = _title(sheets, body, prose)
    headings: list[Item] = []
    for sheet in sheets:
        found: list[tuple[int, Item]] = []
        for place, item in enumerate(sheet.items):
            if item.role is None and item is not title and _may_be(item):
                if trusted:
                    heads = (_style(item) in styles and _leads(sheet, place, item, body)) or _is_named(item, body)
                else:
                    heads = _is_heading(sheet, place, item, body, _style(item) in prose)
                if heads:
                    found.append((place, item))
        headings += _without_runs(found)
    for item in headings:
        item.role = ParagraphRole.SECTION_HEADING
    if any(sheet.noisy for sheet in sheets):
        _even_out([*headings, *stated])
    _level(title, stated, headings)


def _without_runs(found: list[tuple[int, Item]]) -> list[Item]:
    """The headings of a page but for those of one style without any text between them, which are a list."""
    runs: list[list[tuple[int, Item]]] = []
    for place, item in found:
        if runs and runs[-1][-1][0] == place - 1 and _style(runs[-1][-1][1]) == _style(item):
            runs[-1].append((place, item))
        else:
            runs.append([(place, item)])
    return [item for run in runs for _, item in run if len(run) <= _MOST_IN_RUN or item.seen or _numbered(item.text)]


def _may_be(item: Item) -> bool:
    text = item.text
    return (
        not item.turned
        and item.lines <= _MOST_LINES
        and len(text) <= _MOST_CHARACTERS
        and item.letters >= _FEWEST_LETTERS
        and not is_label(text)
        and not text[0].islower()
        and not _LEADERS.search(text)
        and not is_bullet(text.split(" ", 1)[0])
        and text[0] not in "([{<>=+*|&%$@"
        and (_SENTENCE_END.search(text) is None or _numbered(text) is not None)
    )


def _prose(sheets: Sequence[Sheet]) -> set[_Style]:
    """The styles of text: much of what is written in them is longer than headings are, and ends as sentences do."""
    long: Counter[_Style] = Counter()
    written: Counter[_Style] = Counter()
    for sheet in sheets:
        for item in sheet.items:
            style = _style(item)
            written[style] += len(item.text)
            if item.lines > 1 and _SENTENCE_END.search(item.text):
                long[style] += len(item.text)
    return {style for style, characters in long.items() if characters > _PROSE * written[style]}


def _is_heading(sheet: Sheet, place: int, item: Item, body: Body, is_prose: bool) -> bool:
    if item.seen is SeenKind.EQUATION:
        return False
    if item.seen is SeenKind.HEADING:
        return True
    if (is_prose and not _numbered(item.text)) or _continues_caption(sheet, place, item):
        return False
    if item.size > (_LARGER_NOISY if sheet.noisy else _LARGER) * body.size:
        return _leads(sheet, place, item, body) or item.size > 1.3 * body.size
    smallest = _NOT_SMALLER_CAPITALS if sheet.noisy and item.capital and _is_told(item) else _NOT_SMALLER
    if item.size < smallest * body.size or not _leads(sheet, place, item, body):
        return False
    distinct = (item.bold and not body.bold) or item.capital
    if sheet.noisy and item.lines == 1 and _is_numbered_alone(item.text):
        return True
    if _numbered(item.text):
        return distinct or item.italic
    return (item.bold and not body.bold and item.text[-1] != ":") or _is_named(item, body)


def _is_told(item: Item) -> bool:
    """Whether a number or a name that sections commonly have tells a heading."""
    return _numbered(item.text) is not None or _NAMES.fullmatch(item.text) is not None


def _is_numbered_alone(text: str) -> bool:
    """Whether the number alone tells a heading, where pixels do not say what is bold: 2.1, or a chapter."""
    depth = _numbered(text)
    return len(text) <= _SHORT and bool((depth and depth > 1) or _CHAPTER.match(text) or is_chapter(text))


def _continues_caption(sheet: Sheet, place: int, item: Item) -> bool:
    """Whether an item is a further line of a caption."""
    before = sheet.items[place - 1] if place else item
    return is_label(before.text) and _style(before) == _style(item) and 0 <= item.top - before.bottom < item.size


def _is_named(item: Item, body: Body) -> bool:
    """Whether an item has a name that sections commonly have, and looks other than the text."""
    looks_other = item.size > 1.02 * body.size or item.bold or item.capital or item.italic
    return looks_other and _NAMES.fullmatch(_without_number(item.text)) is not None


def _leads(sheet: Sheet, place: int, item: Item, body: Body) -> bool:
    """Whether an item stands alone in its row and text follows below it."""
    for other in sheet.items[max(place - 3, 0) : place + 4]:
        shared = min(other.bottom, item.bottom) - max(other.top, item.top)
        if other is not item and other.lines == 1 and shared > 0.5 * (other.bottom - other.top):
            return False
    return True


def _numbered(text: str) -> int | None:
    """The depth that the numbering of a heading tells, from 1; 0 where it tells none; None without one."""
    if decimal := _DECIMAL.match(text):
        return decimal[1].count(".") + 1
    if _ROMAN.match(text):
        return 1
    if _LETTER.match(text) or _CHAPTER.match(text) or is_chapter(text):
        return 0
    return None


def _without_number(text: str) -> str:
    return re.sub(r"^(?:[\dIVXL]{1,4}(?:\.\d+)*\.?\s+)", "", text).strip()


def _title(sheets: Sequence[Sheet], body: Body, prose: set[_Style]) -> Item | None:
    """The largest text of the first page with text, where it is larger than the text and near the top."""
    sheet = next((one for one in sheets if any(item.role is None for item in one.items)), None)
    if sheet is None:
        return None
    fits = [
        item
        for item in sheet.items
        if item.role in (None, ParagraphRole.SECTION_HEADING)
        and not item.turned
        and item.lines <= _MOST_LINES + 2
        and len(item.text) <= 2 * _MOST_CHARACTERS
        and item.letters > _FEWEST_LETTERS
        and item.seen is not SeenKind.EQUATION
        and item.top < _TITLE_ABOVE * sheet.height
        and item.size > (_TITLE_LARGER_NOISY if sheet.noisy else _TITLE_LARGER) * body.size
        and _style(item) not in prose
        and not item.text[0].islower()
        and item.text[-1] != "."
    ]
    if not fits:
        return None
    largest = max([item.size for item in fits])
    title = next(item for item in fits if item.size > 0.97 * largest)
    title.role, title.level = ParagraphRole.TITLE, 1
    return title


def _style(item: Item) -> _Style:
    """What headings of one level have in common."""
    return round(item.size * 1000), item.bold, item.italic, item.capital


def _prominence(style: _Style) -> tuple[int, bool, bool]:
    """Sorts styles from the one of the highest headings on."""
    size, bold, _, capital = style
    return -size, not bold, not capital


def _even_out(found: list[Item]) -> None:
    """Gives headings that were measured to be of nearly one size the same."""
    largest = 0.0
    for item in sorted(found, key=lambda item: -item.size):
        if item.size < _ALIKE * largest or not largest:
            largest = item.size
        item.size = largest


def _deepen(stated: list[Item]) -> None:
    """Levels from the numbering, where the document states one level for headings that are numbered 1 and 1.1."""
    depths = [(item, depth) for item in stated if (depth := _numbered(item.text))]
    if len({item.level for item, _ in depths}) == 1 and len({depth for _, depth in depths}) > 1:
        for item, depth in depths:
            item.level = min(item.level + depth - 1, _DEEPEST)


def _level(title: Item | None, stated: list[Item], found: list[Item]) -> None:
    """Levels from the outline, from numbering, and from the order of the styles by size."""
    under_title = int(title is not None)
    stated = [item for item in stated if item is not title]
    if title is not None and stated:
        # An outline may have the title at its root.
        under_title = 1 if min(item.level for item in stated) == 1 else 0
    for item in stated:
        item.level = min(item.level + under_title, _DEEPEST)
    _deepen(stated)
    votes: defaultdict[_Style, Counter[int]] = defaultdict(Counter)
    for item in stated:
        votes[_style(item)][item.level] += 1
    for item in found:
        depth = _numbered(item.text)
        if depth and not stated:
            votes[_style(item)][depth + under_title] += 1
    known = {style: counts.most_common(1)[0][0] for style, counts in votes.items()}
    level = under_title
    for style in sorted({_style(item) for item in found} | set(known), key=_prominence):
        if style in known:
            level = known[style]
        else:
            level = min(level + 1, _DEEPEST)
            known[style] = level
    for item in found:
        depth = _numbered(item.text)
        item.level = min(depth + under_title if depth and not stated else known[_style(item)], _DEEPEST)
