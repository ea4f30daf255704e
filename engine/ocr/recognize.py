"""Reads the characters of one line."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np

from engine.ocr import handwriting, weights
from engine.ocr.sessions import Floats, Heads, Pixels, heads

#: What the networks were taught on: strips of this height, in pixels.
HEIGHT = 48
_LEAST_WIDTH = 48
_MOST_WIDTH = 6000
#: Class 0 says that no character starts here, the last one that there is a space.
_BLANK, _SPACE = 0, -1
#: A space may be this unlikely where no character starts: the networks miss more of them than they make up.
_LEAST_SPACE = 0.15
# Of a character less likely than this it is noted what else it may be, as far as that is not quite unlikely.
_CERTAIN = 0.99
_MOST_OTHERS = 5
_LEAST_LIKELY = 1e-4
#: Fewer letters and digits do not tell who wrote them.
_TELLING = 2


class Character(NamedTuple):
    """A character of a strip. `place`: its middle in pixels of the strip. `likelihood`: 0..1.

    `others`: what else it may be, and how likely, where that is in doubt.
    `by_hand`: how likely the strip was written by hand, 0..1.
    """

    text: str
    place: float
    likelihood: float
    others: tuple[tuple[str, float], ...] = ()
    by_hand: float = 0.0


class Recognizer:
    """One network with its characters; its second answer, if it has one, tells what was written by hand."""

    def __init__(self, run: Heads, characters: tuple[str, ...]) -> None:
        self._run = run
        self._characters = characters

    def read(self, strip: Pixels) -> list[Character]:
        """The characters of a strip (48xWx3, RGB), in the order they stand, with spaces between words."""
        given = batch(strip)
        answers = self._run(given)
        columns = answers[0][0]
        found = self._decoded(columns, given.shape[3] / len(columns), strip.shape[1])
        if len(answers) > 1 and telling(found):
            by_hand = handwriting.likelihood(answers[1][0])
            return [one._replace(by_hand=by_hand) for one in found]
        return found

    def _decoded(self, columns: Floats, column_width: float, width: int) -> list[Character]:
        """Best class of each column; a class that goes on for several columns is one character."""
        classes = columns.argmax(axis=1)
        likelihoods = columns[np.arange(len(columns)), classes]
        starts = np.flatnonzero(np.diff(classes, prepend=-1))
        found = []
        for start, end in zip(starts, [*starts[1:], len(classes)], strict=True):
            if classes[start] != _BLANK:
                place = min((start + end) / 2 * column_width, float(width))
                text, likelihood = self._characters[classes[start]], float(likelihoods[start:end].max())
                others = self._others(columns[start:end], int(classes[start])) if likelihood < _CERTAIN else ()
                found.append(Character(text, place, likelihood, others))
            elif (space := float(columns[start:end, _SPACE].max())) >= _LEAST_SPACE:
                place = (start + float(columns[start:end, _SPACE].argmax()) + 0.5) * column_width
                found.append(Character(" ", place, space))
        return found

    def _others(self, columns: Floats, best: int) -> tuple[tuple[str, float], ...]:
        likelihoods = columns.max(axis=0)
        likeliest = np.argpartition(likelihoods, -_MOST_OTHERS - 2)[-_MOST_OTHERS - 2 :]
        return tuple(
            (self._characters[one], float(likelihoods[one]))
            for one in likeliest
            if one not in (_BLANK, best) and likelihoods[one] > _LEAST_LIKELY
        )


@cache
def tiny() -> Recognizer:
    """Reads clean print well, at a fifth of the time of `small`, and takes everything for print."""
    return Recognizer(heads(weights.TINY_RECOGNITION), weights.characters(weights.TINY_CHARACTERS))


@cache
def small() -> Recognizer:
    """Reads what is faint, small, or written by hand better than `tiny`."""
    return Recognizer(heads(weights.SMALL_RECOGNITION, handwriting.SEEN), weights.characters(weights.SMALL_CHARACTERS))


def telling(characters: list[Character]) -> bool:
    """Whether there is enough of a line to tell who wrote it."""
    return sum(one.text.isalnum() for one in characters) >= _TELLING


def batch(strip: Pixels) -> Floats:
    """What a network is given of a strip (48xWx3, RGB)."""
    width = strip.shape[1]
    given = np.zeros((1, 3, HEIGHT, max(width, _LEAST_WIDTH)), np.float32)
    given[0, :, :, :width] = strip[:, :, ::-1].transpose(2, 0, 1) / np.float32(127.5) - np.float32(1.0)
    return given


def strip(image: Pixels, corners: Floats, height: int = HEIGHT) -> Pixels:
    """What stands between four corners (4x2, clockwise from the top-left one of the text), as a strip."""
    across = float(np.linalg.norm(corners[1] - corners[0]))
    down = max(1.0, float(np.linalg.norm(corners[3] - corners[0])))
    width = int(np.clip(round(across * height / down), 8, _MOST_WIDTH))
    native = np.array([max(1, round(across)), max(1, round(down))])
    flat = np.array([[0, 0], [native[0], 0], [native[0], native[1]]], np.float32)
    turn = cv2.getAffineTransform(corners[:3].astype(np.float32), flat)
    cut = cv2.warpAffine(image, turn, native.tolist(), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shrunk = native[1] > height
    cut = cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA if shrunk else cv2.INTER_CUBIC)
    return np.asarray(cut, dtype=np.uint8)
