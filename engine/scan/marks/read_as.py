"""What text recognition makes of selection marks."""

from __future__ import annotations

import re

# Boxes and circles, marked or not, are read as these characters and as pairs of them.
_SIGNS = r"□☐☑☒◻▢■▣⊠⊡⊞○●◎◉⊙⊗〇口囗区回四困囚图国日田目凶也×✓✔✕✗✘√\[\]|({})"
_SIGN = re.compile(rf"[{_SIGNS}]{{1,3}}$")
_LETTERS = re.compile(rf"[{_SIGNS}XxOo0QDVvLlIJU1_.,'·~/\\-]{{1,3}}$")
_AT_START = re.compile(rf"[{_SIGNS}]+|[OoDQ0](?=[A-Z][a-z])")
_AT_END = re.compile(rf"[{_SIGNS}]+$")


def is_sign(text: str) -> bool:
    """Whether a word says that something stands there that is no text."""
    return _SIGN.match(text) is not None


def reads_as_mark(text: str) -> bool:
    """Whether a word can be what was read from a mark, among them the letters that look like one."""
    return _LETTERS.match(text) is not None


def without_mark(text: str, *, at_start: bool) -> str:
    """A word without what was read from a mark at one of its ends."""
    return (_AT_START if at_start else _AT_END).sub("", text, count=1)
