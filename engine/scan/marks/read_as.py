"""What text recognition makes of selection marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.evidence import Word
from engine.text import ideographic

# Boxes and circles, marked or not, are read as these characters and as pairs of them.
_SIGNS = r"□☐☑☒◻▢■▣⊠⊡⊞○●◎◉⊙⊗〇×✓✔✕✗✘√\[\]|({})"
# These are among them too, but on a page that is written with them they are what they are.
_IDEOGRAPHS = "口囗区回四困囚图国日田目凶也"
_SIGN = re.compile(rf"[{_SIGNS}]{{1,3}}$")
_LETTERS = re.compile(rf"[{_SIGNS}XxOo0QDVvLlIJU1_.,'·~/\\-]{{1,3}}$")
_LIKE_BOX = re.compile(rf"[{_IDEOGRAPHS}]$")
_AT_START = re.compile(rf"[{_SIGNS}{_IDEOGRAPHS}]+|[OoDQ0](?=[A-Z][a-z])")
_AT_END = re.compile(rf"[{_SIGNS}{_IDEOGRAPHS}]+$")
# So many ideographs are text.
_TEXT = 8


def is_in_ideographs(words: Sequence[Word]) -> bool:
    """Whether a page is written with ideographs."""
    return sum(1 for word in words if ideographic(word.text[0]) and not _LIKE_BOX.match(word.text)) > _TEXT


def is_sign(text: str, in_ideographs: bool) -> bool:
    """Whether a word says that something stands there that is no text."""
    return _SIGN.match(text) is not None or (not in_ideographs and _LIKE_BOX.match(text) is not None)


def reads_as_mark(text: str, in_ideographs: bool) -> bool:
    """Whether a word can be what was read from a mark, among them the letters that look like one."""
    return _LETTERS.match(text) is not None or is_sign(text, in_ideographs)


def without_mark(text: str, *, at_start: bool) -> str:
    """A word without what was read from a mark at one of its ends."""
    return (_AT_START if at_start else _AT_END).sub("", text, count=1)
