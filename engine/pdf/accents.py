"""Accents that are drawn over letters as characters of their own, as TeX does, joined with their letters."""

from __future__ import annotations

import re
import unicodedata

from engine.pdf import characters
from engine.pdf.boxes import Box
from engine.pdf.characters import NOTHING
from engine.pdf.library import Handle

#: Accents looked at on one page.
MAX_ACCENTS = 2_000
# The letter of an accent stands so few characters before or after it, however the lines were parted.
_REACH = 150
# In heights of a character: parts of a word that an accent has parted are not further apart than this.
_TOGETHER = 0.1

_COMBINING = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u02c7": "\u030c",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u00b8": "\u0327",
}
_ACCENT = re.compile(f"[{''.join(_COMBINING)}]")
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


def composed(text_page: Handle, text: str) -> str:
    """The text of a page with accented letters for letters under accents; as long as it was."""
    places = [found.start() for found in _ACCENT.finditer(text)][:MAX_ACCENTS]
    if not places:
        return text
    letters = list(text)
    for place in places:
        near = range(max(place - _REACH, 0), min(place + _REACH, len(text)))
        boxes = dict(zip(near, characters.boxes(text_page, near), strict=True))
        under = [i for i in near if letters[i].isalpha() and i != place and _covers(boxes[i], boxes[place])]
        for letter in sorted(under, key=lambda i: abs(i - place)):
            accented = unicodedata.normalize(
                "NFC", _DOTLESS.get(letters[letter], letters[letter]) + _COMBINING[text[place]]
            )
            if len(accented) == 1:
                letters[letter], letters[place] = accented, NOTHING
                _close(letters, place, boxes)
                break
    return "".join(letters)


def _covers(letter: Box, accent: Box) -> bool:
    """Whether an accent stands over a letter of its line."""
    middle = (accent[0] + accent[2]) / 2
    shared = min(letter[3], accent[3]) - max(letter[1], accent[1])
    return letter[0] <= middle <= letter[2] and shared > (accent[3] - accent[1]) / 2


def _close(letters: list[str], place: int, boxes: dict[int, Box]) -> None:
    """Takes away the spaces beside an accent when the letters before and after it stand together."""
    before, after = place - 1, place + 1
    while before in boxes and (letters[before].isspace() or letters[before] == NOTHING):
        before -= 1
    while after in boxes and (letters[after].isspace() or letters[after] == NOTHING):
        after += 1
    if before not in boxes or after not in boxes:
        return
    one, other = boxes[before], boxes[after]
    height = one[3] - one[1]
    if abs(other[0] - one[2]) < _TOGETHER * height and abs(other[1] - one[1]) < _TOGETHER * height:
        letters[before + 1 : after] = NOTHING * (after - before - 1)
