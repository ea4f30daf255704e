"""Lines in scripts that the networks do not know, read again by what knows them.

Which lines these are shows in what the networks made of them: hardly a character for much ink, or characters
that they are not sure of. Pages without such lines cost nothing more. On others a few lines are read with the
data of each script; that of the right script is far surer than all others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.ocr import recognize, tesseract
from engine.ocr.lines import Line
from engine.ocr.scripts import SCRIPTS, VIETNAMESE, Script, of_locale
from engine.ocr.sessions import Pixels
from engine.ocr.words import Cut, columns_of_ink

#: The columns of ink that one character may have, in pixels of the strip.
_MOST_INK = 40.0
#: Characters of less mean likelihood are not what the page says.
_UNSURE = 0.9
#: With less ink, in columns of the strip, a line tells nothing.
_LEAST_INK = 60
#: The share of such lines, by width, at which a page is looked at again.
_LEAST_SHARE = 0.15
#: So many lines are read with the data of every script.
_SAMPLES = 3
#: How sure the reading of a line must be that tells the script of a page, of another line, and of one that the
#: networks did not make out.
_TELLING, _SURE, _BETTER = 0.8, 0.7, 0.5
#: The share of its letters that must be in the script.
_LEAST_LETTERS = 0.5
#: The share of a line's height that it may go on beyond its ends.
_BEYOND = 0.25


class Reading(NamedTuple):
    """A line read again; its cuts are in the pixels of its strip."""

    line: Line
    cuts: list[Cut]

    @property
    def sure(self) -> float:
        """The mean likelihood of its words, each counting by its length; 0..1."""
        likelihoods = [math.prod(one.likelihood for one in cut.characters) for cut in self.cuts]
        lengths = [len(cut.characters) for cut in self.cuts]
        return float(np.average(likelihoods, weights=lengths)) if lengths else 0.0

    @property
    def text(self) -> str:
        return " ".join(cut.text for cut in self.cuts)


class Again(NamedTuple):
    """What came of reading the lines of a page again.

    `readings`: what is better read with other means, by the index of its line. `unread`: how many lines are
    likely in a script that is not read here.
    """

    readings: dict[int, Reading]
    unread: int


def reread(image: Pixels, lines: Sequence[Line], locale: str | None) -> Again:
    """The lines in scripts that the networks do not know, read by what knows them.

    `image`: HxWx3, RGB, the page of the lines. `locale` names a script that is tried in any case.
    """
    strange = {index for index, line in enumerate(lines) if _strange(line)}
    if sum(_width(lines[index]) for index in strange) <= _LEAST_SHARE * sum(map(_width, lines)):
        strange = set()
    found: dict[int, Reading] = {}
    for script in _scripts(image, lines, [lines[index] for index in strange], locale):
        for index, line in enumerate(lines):
            again = _read(image, line, script)
            least = _BETTER if index in strange else _SURE
            if _fits(again, script, line, least) and (index not in found or again.sure > found[index].sure):
                found[index] = again
    # What is left within such a line are marks above and below its letters, and no text of their own.
    found |= {index: Reading(lines[index], []) for index in _covered(lines, strange - found.keys(), found)}
    return Again(found, len(strange - found.keys()))


def _covered(lines: Sequence[Line], rest: set[int], found: dict[int, Reading]) -> list[int]:
    """Those of the rest whose middle lies in the box of a line that was found."""
    corners = np.array([again.line.corners for again in found.values()]).reshape(-1, 4, 2)
    first, last = corners.min(axis=1), corners.max(axis=1)
    middles = {index: lines[index].corners.mean(axis=0) for index in rest}
    return [index for index, middle in middles.items() if np.any(np.all((first < middle) & (middle < last), axis=1))]


def _scripts(image: Pixels, lines: Sequence[Line], strange: list[Line], locale: str | None) -> list[Script]:
    """The scripts that the lines of a page are in, of those that the networks do not know."""
    found = [script] if (script := of_locale(locale)) and tesseract.installed(script) else []
    if VIETNAMESE.owns("".join(line.text for line in lines)) and tesseract.installed(VIETNAMESE):
        found.append(VIETNAMESE)
    samples = [_script(image, line) for line in sorted(strange, key=_width, reverse=True)[:_SAMPLES]]
    found += [script for script in samples if script is not None]
    # Where lines can only be in one of two languages with the same letters, all of the page is taken to be.
    owned = {script.letters for script in found if script.own}
    return [script for script in dict.fromkeys(found) if script.own or script.letters not in owned]


def _script(image: Pixels, line: Line) -> Script | None:
    """The script of a line, as far as one of those that can be read fits."""
    best: tuple[bool, float, Script] | None = None
    for script in SCRIPTS:
        if tesseract.installed(script):
            again = _read(image, line, script)
            rank = (bool(script.own), again.sure, script)
            if (
                _fits(again, script, line, _TELLING)
                and script.owns(again.text)
                and (best is None or rank[:2] > best[:2])
            ):
                best = rank
    return best[2] if best else None


def _fits(again: Reading, script: Script, line: Line, least: float) -> bool:
    """Whether a line is in a script, as far as a reading of it with the data of that script says."""
    if again.sure < least or script.share(again.text) < _LEAST_LETTERS:
        return False
    # Vietnamese is in letters that the networks know; what was left out is there now.
    return script is not VIETNAMESE or len(again.text.replace(" ", "")) >= len(line.text.replace(" ", ""))


def _strange(line: Line) -> bool:
    """Whether a line is likely in a script that the networks do not know."""
    ink = int(np.count_nonzero(columns_of_ink(line.strip)))
    printed = [one.likelihood for one in line.characters if not one.text.isspace()]
    if ink < _LEAST_INK:
        return False
    return ink > _MOST_INK * len(printed) or math.fsum(printed) < _UNSURE * len(printed)


def _width(line: Line) -> float:
    return float(np.linalg.norm(line.corners[1] - line.corners[0]))


def _read(image: Pixels, line: Line, script: Script) -> Reading:
    along = (line.corners[1] - line.corners[0]) / max(1.0, _width(line)) * line.height * _BEYOND
    corners = line.corners + np.array([-along, along, along, -along], dtype=np.float32)
    strip = recognize.strip(image, corners, tesseract.HEIGHT)
    return Reading(Line(corners, strip, []), tesseract.read(script, strip))
