"""Lines to paragraphs: where one ends and the next begins."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from engine.reading.marks import is_bullet, is_chapter, is_number
from engine.reading.segment import Segment

# In font sizes unless said otherwise.
_INDENT = 0.8
_ALIGNED = 0.4
_SIZES_DIFFER = 1.15
# A line that stands lower than the usual pitch of lines by this factor begins anew.
_WIDER_PITCH = 1.3
_USUAL_PITCH = 1.25
_WIDEST_PITCH = 2.3
_NARROW_COLUMN = 12.0
_CENTRED = 2.0
_ROOM = 1.5

# The margins of a paragraph show in its last lines; this keeps the work on endless ones in bounds.
_LINES_COMPARED = 30
# So many words hold the number of a chapter.
_CHAPTER_WORDS = 6

_SENTENCE_END = re.compile(r"[.!?:;…。！？][\"'”’)\]]*$")


def grouped(pieces: list[Segment], by_elements: bool = True) -> list[list[Segment]]:
    """Segments in reading order, those of a paragraph together; `by_elements`: what the document states counts."""
    found: list[list[Segment]] = []
    usual = _usual_pitch(pieces)
    for piece in pieces:
        if found and not _begins(found[-1], piece, usual, by_elements):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _usual_pitch(pieces: list[Segment]) -> float:
    """Distance of the baselines of lines that follow each other, in font sizes."""
    pitches = []
    for above, below in pairwise(pieces):
        pitch = _pitch(above, below) / max(above.size, below.size)
        if _below(above, below) and pitch < _WIDEST_PITCH:
            pitches.append(pitch)
    return max(median(pitches), _USUAL_PITCH) if pitches else _USUAL_PITCH


def _pitch(above: Segment, below: Segment) -> float:
    """Distance of two lines; formulas and superscripts stretch a line at one side more than at the other."""
    return min(below.bottom - above.bottom, below.top - above.top)


def _below(above: Segment, below: Segment) -> bool:
    return (
        below.middle > above.bottom - (above.bottom - above.top) / 4
        and below.left < above.right
        and above.left < below.right
    )


def _begins(paragraph: list[Segment], piece: Segment, usual: float, by_elements: bool) -> bool:
    """Whether a segment begins a paragraph and does not continue the one before it."""
    last = paragraph[-1]
    if piece.block or last.block or piece.displayed or last.displayed:
        return True
    stated = by_elements and piece.element >= 0 and last.element >= 0
    if stated and piece.element != last.element:
        return True
    size = max(last.size, piece.size)
    if not _below(last, piece) or size > _SIZES_DIFFER * min(last.size, piece.size):
        return True
    pitch = _pitch(last, piece)
    if len(paragraph) > 1:
        usual = min(usual, (last.bottom - paragraph[0].bottom) / (len(paragraph) - 1) / size)
    if pitch > _WIDER_PITCH * max(usual, 1.0) * size:
        return True
    if stated:
        return False
    if last.bold != piece.bold and (last.bold or piece.bold):
        return True
    return _marked(paragraph, piece) or _out_of_line(paragraph, piece, size)


def _marked(paragraph: list[Segment], piece: Segment) -> bool:
    """Whether a segment is an item of a list."""
    if is_bullet(piece.words[0].text) and len(piece.words) > 1:
        return True
    if _is_chapter(piece):
        return True
    first = paragraph[0]
    return (
        is_number(piece.words[0].text)
        and abs(piece.left - first.left) < _ALIGNED * piece.size
        and (is_number(first.words[0].text) or _is_chapter(first) or _ends_early(paragraph, piece))
    )


def _is_chapter(piece: Segment) -> bool:
    # Each ideograph is a word.
    return is_chapter("".join([word.text for word in piece.words[:_CHAPTER_WORDS]]))


def _out_of_line(paragraph: list[Segment], piece: Segment, size: float) -> bool:
    """Whether the left edge or the line before says that something new begins."""
    first, last = paragraph[0], paragraph[-1]
    if abs(last.left + last.right - piece.left - piece.right) < _ALIGNED * size:
        # Centred lines have no left edge to go by, and a full line is centred too.
        return _ends_early(paragraph, piece) and abs(last.left - piece.left) < _ALIGNED * size
    if _is_centred_over(last, piece, size):
        return True
    if piece.left > last.left + _INDENT * size and not (len(paragraph) == 1 and _hangs(first, piece, size)):
        return True
    if piece.left < last.left - _INDENT * size and len(paragraph) > 1:
        return True
    return _ends_early(paragraph, piece)


def _is_centred_over(last: Segment, piece: Segment, size: float) -> bool:
    """Whether a line stands in the middle above a wider one that is indented, as a heading does."""
    before, after = last.left - piece.left, piece.right - last.right
    return min(before, after) > _CENTRED * size and abs(before - after) < _INDENT * size


def _hangs(first: Segment, piece: Segment, size: float) -> bool:
    """Whether a segment stands under the text of an item and not under its mark."""
    mark = first.words[0].text
    if len(first.words) > 1 and abs(first.lefts[1] - piece.left) < _ALIGNED * size:
        return True
    return is_bullet(mark) or is_number(mark)


def _ends_early(paragraph: list[Segment], piece: Segment) -> bool:
    """Whether the last line had room for the first word of the next one."""
    last = paragraph[-1]
    beside = paragraph[-_LINES_COMPARED:]
    left = min([line.left for line in beside] + [piece.left])
    right = max([line.right for line in beside] + [piece.right])
    if right - left < _NARROW_COLUMN * piece.size:
        return False
    room = right - last.right - _ROOM * piece.size
    if room < piece.rights[0] - piece.lefts[0]:
        return False
    return _SENTENCE_END.search(last.words[-1].text) is not None or room > (right - left) / 4
