"""The marks that begin the items of a list or the options of a form, and the labels that begin captions."""

from __future__ import annotations

import re

_BULLET = re.compile(r"[•◦▪▫■□●○‣⁃∙·►▶➢✓✔❖\ufffd–—*-]$|[•▪■●‣➢]|:(?:un)?selected:$")
_NUMBER = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+\.?$|(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)]|\[\w{1,8}\])(?:$|\D)"
)

_CHAPTER = re.compile(
    r"第[\d一二三四五六七八九十百]{1,4}[章节節部篇]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
)

_LABEL = re.compile(
    r"(?:fig(?:ure|s?\.)?|tab(?:le|\.)?|chart|scheme|plate|exhibit|listing|algorithm|abb(?:ildung|\.)|tabelle|figura|tableau|tabla"
    r"|图|表|圖|図)\s*(?:[A-Z]{0,3}[.\-]?\d[\w.\-]*|[IVXL]+|[A-Z])\b",
    re.IGNORECASE,
)


def is_bullet(text: str) -> bool:
    """Whether a word is a bullet or selection mark, or begins with a bullet."""
    return _BULLET.match(text) is not None


def is_number(text: str) -> bool:
    """Whether a word is a number or letter of an item or begins with one."""
    return _NUMBER.match(text) is not None


def is_chapter(text: str) -> bool:
    """Whether a text begins with the number of a chapter or section as Chinese and Japanese write it."""
    return _CHAPTER.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a text begins like the caption of a figure or table."""
    return _LABEL.match(text) is not None
