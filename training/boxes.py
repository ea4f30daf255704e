"""Draws check boxes and radio buttons, empty or marked."""

from __future__ import annotations

from engine.scan.marks.candidates import Outline
from engine.scan.marks.classify import Look
from training.canvas import Canvas, Random, text

_TICKS = "✓✔✗✘xX"
_BALLOTS = {"☐": Look.UNSELECTED, "☑": Look.SELECTED, "☒": Look.SELECTED}


def column(canvas: Canvas, x: float, y: float) -> float:
    """Boxes of one size, each close under the last."""
    random = canvas.random
    side = float(random.uniform(0.55, 1.3)) * canvas.size
    shape = side, side * _shape(random)
    step = shape[1] + float(random.uniform(0.05, 0.6)) * canvas.size
    ends = [box(canvas, x, y + number * step, shape) for number in range(int(random.integers(2, 5)))]
    canvas.lowest = y + (len(ends) - 1) * step
    return max(ends)


def _shape(random: Random) -> float:
    """Height over width of a box: most are square, more are wide than high."""
    return float(random.choice([1.0, 1.0, 1.0, random.uniform(0.58, 1.0), random.uniform(0.75, 1.45)]))


def box(canvas: Canvas, x: float, y: float, shape: tuple[float, float] | None = None) -> float:
    """A check box or radio button, empty or marked, often beside its label, at times on a line or hung from one."""
    random = canvas.random
    if shape is None and random.random() < 0.15:
        glyph = str(random.choice(list(_BALLOTS)))
        font = canvas.font(float(random.uniform(0.7, 1.2)) * canvas.size, "DejaVuSans")
        left, top, right, bottom = canvas.pen.textbbox((x, y), glyph, font=font, anchor="lm")
        canvas.pen.text((x, y), glyph, fill=0, font=font, anchor="lm")
        canvas.marks.append((Outline(left, top, right, bottom, True), _BALLOTS[glyph]))
        return text(canvas, right + 0.2 * canvas.size, y) if random.random() < 0.5 else right
    side = float(random.uniform(0.55, 1.5)) * canvas.size
    width, height = shape or (side, side * _shape(random))
    round_one = shape is None and random.random() < 0.25
    if round_one:
        height = width
    if shape is None:
        y += float(random.normal(0, 0.06)) * canvas.size
    box = (x, y - height / 2, x + width, y + height / 2)
    stroke = max(1, round(canvas.stroke * float(random.uniform(0.6, 1.4))))
    ink = int(random.choice([0, 0, 0, 40, 110, 150, 180]))
    if round_one:
        canvas.pen.ellipse(box, outline=ink, width=stroke)
    elif random.random() < 0.15:
        canvas.pen.rounded_rectangle(box, radius=0.15 * width, outline=ink, width=stroke)
    else:
        canvas.pen.rectangle(box, outline=ink, width=stroke)
    if not round_one and random.random() < 0.12:
        level = box[int(random.choice([1, 3]))]
        reach = random.uniform(0.5, 5, 2) * canvas.size
        canvas.pen.line((x - reach[0], level, x + width + reach[1], level), fill=ink, width=stroke)
    look = Look.SELECTED if random.random() < 0.55 else Look.UNSELECTED
    if look is Look.SELECTED:
        (_dot if round_one and random.random() < 0.7 else _mark)(canvas, box)
    canvas.marks.append((Outline(*box, True), look))
    end = x + width
    return text(canvas, end + float(random.uniform(0.1, 0.7)) * canvas.size, y) if random.random() < 0.7 else end


def _dot(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    inset = float(canvas.random.uniform(0.18, 0.34)) * (right - left)
    canvas.pen.ellipse((left + inset, top + inset, right - inset, bottom - inset), fill=0)


def _mark(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """A cross, tick, scribble or filling, printed or by hand."""
    random = canvas.random
    left, top, right, bottom = box
    width, height = right - left, bottom - top

    def at(across: float, down: float) -> tuple[float, float]:
        return left + across * width, top + down * height

    pen = canvas.size * float(random.uniform(0.04, 0.14))
    kind = random.random()
    if kind < 0.3:
        reach = float(random.uniform(-0.25, 0.3))
        canvas.hand([at(reach, reach), at(1 - reach, 1 - reach)], pen)
        canvas.hand([at(1 - reach, reach), at(reach, 1 - reach)], pen)
    elif kind < 0.55:
        high = float(random.uniform(-0.6, 0.3))
        corner = at(float(random.uniform(0.3, 0.5)), float(random.uniform(0.7, 0.95)))
        canvas.hand([at(float(random.uniform(0, 0.3)), float(random.uniform(0.35, 0.6))), corner], pen)
        canvas.hand([corner, at(float(random.uniform(0.8, 1.4)), high)], pen)
    elif kind < 0.75:
        glyph = str(random.choice(list(_TICKS)))
        font = canvas.font(float(random.uniform(0.8, 1.1)) * height, "DejaVuSans")
        canvas.pen.text(at(0.5, 0.5), glyph, fill=0, font=font, anchor="mm")
    elif kind < 0.87:
        inset = float(random.uniform(0.12, 0.3))
        canvas.pen.rectangle((*at(inset, inset), *at(1 - inset, 1 - inset)), fill=int(random.integers(0, 80)))
    else:
        turns = int(random.integers(3, 8))
        canvas.hand(
            [at(float(random.uniform(0.05, 0.95)), float(random.uniform(0.05, 0.95))) for _ in range(turns)], pen
        )
