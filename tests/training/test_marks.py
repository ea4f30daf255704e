"""The scenes that the network of selection marks learns from."""

from __future__ import annotations

import numpy as np

from engine.scan.marks.candidates import outlines
from engine.scan.marks.classify import WEIGHTS, Look
from training.marks import examples
from training.scenes import scene


def test_the_same_seed_draws_the_same_scene() -> None:
    one, other = (scene(np.random.default_rng(5)) for _ in range(2))
    assert one.marks == other.marks
    assert np.array_equal(one.grey, other.grey)


def test_most_marks_of_a_scene_are_found() -> None:
    random = np.random.default_rng(6)
    drawn = scene(random)
    places = [(one.left + one.right, one.top + one.bottom) for one in outlines(drawn.grey, drawn.size)]
    met = [
        any(mark.left < x / 2 < mark.right and mark.top < y / 2 < mark.bottom for x, y in places)
        for mark, _ in drawn.marks
    ]
    assert sum(met) > 0.6 * len(met) > 0


def test_examples_fit_the_weights() -> None:
    inputs, answers = examples(2, 8)
    assert set(answers.tolist()) == set(Look)
    with np.load(WEIGHTS) as stored:
        assert stored["matrix0"].shape[0] == inputs.shape[1]
    assert WEIGHTS.stat().st_size < 100_000
