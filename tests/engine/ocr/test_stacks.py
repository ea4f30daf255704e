"""Characters found one under the other are seen as one line."""

from __future__ import annotations

from engine.ocr.detect import Box
from engine.ocr.stacks import around, stacks


def square(x: float, y: float) -> Box:
    return Box(x, y, 20.0, 16.0, 0.0)


def test_close_boxes_one_under_the_other_are_a_stack() -> None:
    column = [square(100, 100 + 20 * number) for number in range(5)]
    assert stacks(column) == [column]
    assert around(column) == Box(100, 140, 20, 96, 0.0)


def test_lines_of_a_paragraph_are_none() -> None:
    paragraph = [Box(300, 100 + 30 * number, 400, 24, 0.0) for number in range(5)]
    assert stacks(paragraph) == [[line] for line in paragraph]


def test_two_boxes_and_boxes_far_apart_stand_alone() -> None:
    assert stacks([square(100, 100), square(100, 120)]) == [[square(100, 100)], [square(100, 120)]]
    apart = [square(100, 100 + 60 * number) for number in range(4)]
    assert stacks(apart) == [[one] for one in apart]


def test_groups_keep_the_order_of_the_boxes() -> None:
    boxes = [square(500, 900), square(100, 140), square(100, 120), square(100, 100)]
    assert [group[0] for group in stacks(boxes)] == [square(500, 900), square(100, 100)]


def test_many_boxes_take_no_time() -> None:
    boxes = [square(40.0 * (number % 50), 20.0 * (number // 50)) for number in range(3000)]
    assert sum(map(len, stacks(boxes))) == 3000
