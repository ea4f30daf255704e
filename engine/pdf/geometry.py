"""From the user space of a PDF page to the page as it is displayed, in inches."""

from __future__ import annotations

import math

import msgspec

from engine.evidence import Quad

POINTS_PER_INCH = 72.0

_DIGITS = 4
# Coordinates are rounded to a ten-thousandth of an inch; this is faster than round().
_GRAINS_PER_INCH = 10_000.0
_GRAINS_PER_POINT = _GRAINS_PER_INCH / POINTS_PER_INCH


class Frame(msgspec.Struct, frozen=True):
    """The visible box of a page in points of user space (y upwards) and the page's rotation.

    `quarter_turns`: clockwise turns of 90 degrees at which the page is displayed, 0..3.
    """

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the displayed page in inches."""
        width = (self.right - self.left) / POINTS_PER_INCH
        height = (self.top - self.bottom) / POINTS_PER_INCH
        if self.quarter_turns % 2:
            width, height = height, width
        return round(width, _DIGITS), round(height, _DIGITS)

    def displayed(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space, in inches from the top-left corner of the displayed page."""
        if self.quarter_turns == 0:
            across, down = x - self.left, self.top - y
        elif self.quarter_turns == 1:
            across, down = y - self.bottom, x - self.left
        elif self.quarter_turns == 2:
            across, down = self.right - x, y - self.bottom
        else:
            across, down = self.top - y, self.right - x
        return (
            int(across * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH,
            int(down * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH,
        )

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box of user space (left, bottom, right, top) as left, top, right, bottom of the displayed page."""
        x1, y1 = self.displayed(box[0], box[3])
        x2, y2 = self.displayed(box[2], box[1])
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def user_space(self, across: float, down: float) -> tuple[float, float]:
        """The point of user space at a place of the displayed page: what `displayed` goes from."""
        x, y = across * POINTS_PER_INCH, down * POINTS_PER_INCH
        if self.quarter_turns == 0:
            return self.left + x, self.top - y
        if self.quarter_turns == 1:
            return self.left + y, self.bottom + x
        if self.quarter_turns == 2:
            return self.right - x, self.bottom + y
        return self.right - y, self.top - x

    def upright_quad(self, left: float, bottom: float, right: float, top: float, text_turns: int) -> Quad:
        """The quad of a box of user space whose text runs at `text_turns` clockwise quarter turns in it."""
        if text_turns == 0 and self.quarter_turns == 0:
            x1 = int((left - self.left) * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH
            x3 = int((right - self.left) * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH
            y1 = int((self.top - top) * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH
            y3 = int((self.top - bottom) * _GRAINS_PER_POINT + 0.5) / _GRAINS_PER_INCH
            return (x1, y1, x3, y1, x3, y3, x1, y3)
        x1, y1 = self.displayed(left, top)
        x3, y3 = self.displayed(right, bottom)
        # The corners clockwise from the top-left of the page; text that runs down starts at the second.
        x_low, x_high = (x1, x3) if x1 < x3 else (x3, x1)
        y_low, y_high = (y1, y3) if y1 < y3 else (y3, y1)
        corners = (x_low, y_low, x_high, y_low, x_high, y_high, x_low, y_high)
        start = 2 * ((text_turns + self.quarter_turns) % 4)
        quad = corners[start:] + corners[:start]
        return (quad[0], quad[1], quad[2], quad[3], quad[4], quad[5], quad[6], quad[7])

    def slanted_quad(self, boxes: list[tuple[float, float, float, float]], radians: float, height: float) -> Quad:
        """The quad of characters whose text runs at `radians` counter-clockwise in user space.

        `boxes`: left, bottom, right, top of each character along the axes of user space; `height`: the
        height of a character across the text, in points.
        """
        cosine, sine = math.cos(radians), math.sin(radians)
        along: list[float] = []
        across: list[float] = []
        for left, bottom, right, top in boxes:
            x, y = (left + right) / 2, (bottom + top) / 2
            middle = x * cosine + y * sine
            # A box along the axes is w|cos| + h|sin| wide; the larger share gives the width of the character.
            if abs(cosine) > abs(sine):
                width = (right - left - height * abs(sine)) / abs(cosine)
            else:
                width = (top - bottom - height * abs(cosine)) / abs(sine)
            half = max(width, 0.0) / 2
            along += (middle - half, middle + half)
            across.append(y * cosine - x * sine)
        start, end = min(along), max(along)
        middle = sum(across) / len(across)
        low, high = middle - height / 2, middle + height / 2
        points: list[float] = []
        for u, v in ((start, high), (end, high), (end, low), (start, low)):
            points += self.displayed(u * cosine - v * sine, u * sine + v * cosine)
        return (points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7])

    def angle(self, radians: float) -> float:
        """Clockwise degrees on the displayed page, in (-180, 180], of a direction in user space."""
        degrees = (90.0 * self.quarter_turns - math.degrees(radians)) % 360.0
        degrees = round(degrees, _DIGITS)
        return degrees - 360.0 if degrees > 180.0 else degrees
