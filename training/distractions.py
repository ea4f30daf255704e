"""Draws what must not be taken for check boxes."""

from __future__ import annotations

import numpy as np

from training.canvas import Canvas, text, word


def cells(canvas: Canvas, x: float, y: float) -> float:
    """A row of cells for one character each, some of them filled in."""
    random = canvas.random
    count, side = int(random.integers(2, 8)), float(random.uniform(0.9, 1.6)) * canvas.size
    height = side * float(random.uniform(0.9, 1.4))
    for number in range(count):
        left = x + number * side
        canvas.pen.rectangle((left, y - height / 2, left + side, y + height / 2), outline=0, width=canvas.stroke)
        if random.random() < 0.5:
            canvas.write(left + 0.25 * side, y, str(random.choice(list("0123456789ABCXO"))))
    return x + count * side


def grid(canvas: Canvas, x: float, y: float) -> float:
    """The corner of a table: lines that run on beyond a small cell."""
    random = canvas.random
    side, reach = float(random.uniform(0.8, 1.8)) * canvas.size, float(random.uniform(0.5, 3)) * canvas.size
    top, bottom = y - side / 2, y + side / 2
    for height in (top, bottom):
        canvas.pen.line((x, height, x + side + 2 * reach, height), fill=0, width=canvas.stroke)
    for left in (x + reach, x + reach + side):
        canvas.pen.line((left, top - reach / 3, left, bottom + reach / 3), fill=0, width=canvas.stroke)
    if random.random() < 0.6:
        canvas.write(x + reach + 0.2 * side, y, word(random)[:2])
    return x + side + 2 * reach


def numbered(canvas: Canvas, x: float, y: float) -> float:
    """A number or letter in a box or circle, as in 'see box 2'."""
    random = canvas.random
    side = float(random.uniform(1.0, 1.6)) * canvas.size
    box = (x, y - side / 2, x + side, y + side / 2)
    (canvas.pen.ellipse if random.random() < 0.5 else canvas.pen.rectangle)(box, outline=0, width=canvas.stroke)
    text = str(random.choice(list("123456789ABCDEFGHKMNPRSTW?!i$%&")))
    font = canvas.font(0.65 * side)
    canvas.pen.text((x + side / 2, y), text, fill=0, font=font, anchor="mm")
    return x + side


def emblem(canvas: Canvas, x: float, y: float) -> float:
    """Shapes in each other, as logos have them."""
    random = canvas.random
    side = float(random.uniform(0.8, 2.2)) * canvas.size
    for _ in range(int(random.integers(2, 5))):
        sides = np.sort(random.uniform(0, side, 4))
        box = (x + sides[0], y - side / 2 + sides[1], x + sides[2], y - side / 2 + sides[3])
        if box[2] > box[0] and box[3] > box[1]:
            fill = None if random.random() < 0.5 else int(random.integers(0, 200))
            (canvas.pen.ellipse if random.random() < 0.5 else canvas.pen.rectangle)(
                box, outline=0, fill=fill, width=canvas.stroke
            )
    return x + side


def scribble(canvas: Canvas, x: float, y: float) -> float:
    """Handwriting, which has loops."""
    random = canvas.random
    length = float(random.uniform(2, 6)) * canvas.size
    steps = np.arange(0, length, canvas.size / 8)
    loops = float(random.uniform(0.3, 0.7)) * canvas.size
    across = x + steps + loops * np.sin(steps / canvas.size * 4)
    down = y + loops * np.cos(steps / canvas.size * 4 + random.normal(0, 0.5, len(steps)))
    canvas.hand(list(zip(across.tolist(), down.tolist(), strict=True)), canvas.size * float(random.uniform(0.05, 0.1)))
    return x + length


def heading(canvas: Canvas, x: float, y: float) -> float:
    """A word in large letters, which are as high as boxes; round ones more often than not."""
    random = canvas.random
    text = "".join(random.choice(list("ODQ0GCBPRo8ae"), size=int(random.integers(1, 4))))
    return canvas.write(
        x, y, text if random.random() < 0.6 else word(random), float(random.uniform(0.9, 2.4)) * canvas.size
    )


def bullet(canvas: Canvas, x: float, y: float) -> float:
    """A dot, square or tick before an item, or a dark square that ends one."""
    random = canvas.random
    half = float(random.uniform(0.12, 0.45)) * canvas.size
    box = (x, y - half, x + 2 * half, y + half)
    kind = random.random()
    if kind < 0.7:
        shade = int(random.choice([0, 0, 60, 130]))
        (canvas.pen.ellipse if kind < 0.4 else canvas.pen.rectangle)(box, fill=shade)
    else:
        canvas.write(x, y, str(random.choice(list("✓✔✗✘♦★►⊕⊗⊙"))), 2 * half + 8, "DejaVuSans")
    return text(canvas, x + 2 * half + 0.3 * canvas.size, y)


def graph(canvas: Canvas, x: float, y: float) -> float:
    """A line with markers on it, as charts and their legends have."""
    random = canvas.random
    half = float(random.uniform(0.25, 0.6)) * canvas.size
    count, step = int(random.integers(1, 6)), float(random.uniform(0.8, 2.5)) * canvas.size
    rise = random.uniform(-0.6, 0.6, count) * canvas.size
    points = [(x + step * number, y + float(rise[number])) for number in range(count)]
    ends = [(x - 1.2 * half - half, points[0][1]), *points, (points[-1][0] + 2.2 * half, points[-1][1])]
    canvas.pen.line(ends, fill=0, width=canvas.stroke)
    square = random.random() < 0.5
    for across, down in points:
        box = (across - half, down - half, across + half, down + half)
        (canvas.pen.rectangle if square else canvas.pen.ellipse)(box, outline=0, width=canvas.stroke)
    return ends[-1][0]
