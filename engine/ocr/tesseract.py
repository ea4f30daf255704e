"""Reads lines with Tesseract and the language data of a script."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import Any, NamedTuple

import cv2
import numpy as np

from engine.ocr import weights
from engine.ocr.recognize import Character
from engine.ocr.scripts import SCRIPTS, VIETNAMESE, Script
from engine.ocr.sessions import Pixels
from engine.ocr.words import Cut

#: Height of the strips that are read, in pixels, and the paper that is put around them.
HEIGHT = 64
_PAPER = 8
#: What the strips are told to be; it only keeps Tesseract from guessing.
_DPI = 200
_SINGLE_LINE, _RAW_LINE = 7, 13
_LSTM_ONLY = 1
# They say which way a text runs, and are no characters of it.
_MARKS = dict.fromkeys((0x200E, 0x200F))


class _Part(NamedTuple):
    """What Tesseract takes for a word: its number of characters, and where it stands in pixels of the strip."""

    length: int
    left: float
    right: float
    likelihood: float


def warm() -> None:
    """Loads the data of every script that is installed, before processes are forked."""
    for script in (*SCRIPTS, VIETNAMESE):
        installed(script)


def installed(script: Script) -> bool:
    """Whether lines of a script can be read here."""
    return _reader(script) is not None


def read(script: Script, strip: Pixels) -> list[Cut]:
    """The words of a strip (`HEIGHT` x W x 3, RGB) in the order they are read, none when there is no text.

    The script must be `installed`.
    """
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    paper = (float(np.median(grey)),)
    framed = cv2.copyMakeBorder(grey, _PAPER, _PAPER, _PAPER, _PAPER, cv2.BORDER_CONSTANT, value=paper)
    # A line is first looked for in the strip; where none is found the strip is taken for one.
    return _words(script, framed, _SINGLE_LINE) or _words(script, framed, _RAW_LINE)


def _words(script: Script, framed: cv2.typing.MatLike, mode: int) -> list[Cut]:
    reader = _reader(script)
    height, width = framed.shape[:2]
    reader.SetPageSegMode(mode)
    reader.SetImageBytes(framed.tobytes(), width, height, 1, width)
    reader.SetSourceResolution(_DPI)
    # Its words have their characters as they stand from left to right; only its text has them as they are read.
    texts = reader.GetUTF8Text().translate(_MARKS).split()
    parts = _parts(script, reader)
    reader.Clear()
    return list(_cuts([script.written(text) for text in texts], parts))


def _cuts(texts: list[str], parts: list[_Part]) -> Iterator[Cut]:
    """The words with their places; where a script has no spaces within words, a word has several parts."""
    several = len(parts) != len(texts)
    rest = iter(parts)
    for text in texts:
        taken = list(islice(rest, 1))
        while several and sum(part.length for part in taken) < len(text) and (more := next(rest, None)):
            taken.append(more)
        if taken:
            left, right = min(part.left for part in taken), max(part.right for part in taken)
            likelihood = sum(part.likelihood for part in taken) / len(taken)
            # It is that of the word, and so the product of those of its characters.
            characters = tuple(Character(one, (left + right) / 2, likelihood ** (1 / len(text))) for one in text)
            yield Cut(characters, left, max(right, left + 1))


def _parts(script: Script, reader: Any) -> list[_Part]:
    import tesserocr  # type: ignore[import-not-found,import-untyped,unused-ignore]  # Not every deployment has it.

    level = tesserocr.RIL.WORD
    words = reader.GetIterator()
    if words is None:
        return []
    found: list[_Part] = []
    for word in tesserocr.iterate_level(words, level):
        if (box := word.BoundingBox(level)) is not None:
            left, right = float(box[0] - _PAPER), float(box[2] - _PAPER)
            # Some boxes reach over the word before.
            if found and left < found[-1].left:
                right = min(right, found[-1].left)
            elif found:
                left = min(max(left, found[-1].right), right)
            likelihood = min(1.0, max(0.0, word.Confidence(level) / 100))
            found.append(_Part(len(script.written(_text(word, level))), left, right, likelihood))
    return found


def _text(word: Any, level: int) -> str:
    try:
        return str(word.GetUTF8Text(level)).strip()
    except RuntimeError:
        # This is how it says that there is no character.
        return ""


@cache
def _reader(script: Script) -> Any:
    """The engine with the data of a script, None when either is missing."""
    if find_spec("tesserocr") is None or not weights.data(script.data).is_file():
        return None
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=str(weights.FOLDER), lang=script.data, psm=_SINGLE_LINE, oem=_LSTM_ONLY)
