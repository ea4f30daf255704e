"""Trains the network that knows selection marks: `python -m training.marks`, some minutes on one core.

The examples are what the finder of outlines finds on scenes that `training.scenes` draws; nothing but these
scenes is learnt from. The same seed gives the same weights on the same machine.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

from engine.scan.marks.candidates import Outline, outlines
from engine.scan.marks.classify import WEIGHTS, Look, features
from training.scenes import Scene, scene

SCENES, TESTS = 2000, 100
_HIDDEN = 64
_SEED = 4711
# Of the area that two boxes cover together: what they share when they are the same, and when they are not.
_SAME, _OTHER = 0.6, 0.5
# A network that has seen a twin of each example, moved by this share of its side, does not mind such moves.
_MOVE = 0.06


def examples(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Features and looks of the outlines of some scenes."""
    random = np.random.default_rng(seed)
    inputs: list[NDArray[np.float32]] = []
    answers: list[int] = []
    for _ in range(count):
        drawn = scene(random)
        for outline in outlines(drawn.grey, drawn.size):
            look = _look(outline, drawn)
            if look is not None:
                inputs += [features(drawn.grey, outline), features(drawn.grey, _shaken(outline, random))]
                answers += [look, look]
    return np.stack(inputs), np.array(answers)


def _look(outline: Outline, drawn: Scene) -> Look | None:
    shared, look = max(((_shared(outline, mark), look) for mark, look in drawn.marks), default=(0.0, Look.OTHER))
    if shared > _SAME:
        return look
    return Look.OTHER if shared < _OTHER else None


def _shared(one: Outline, other: Outline) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, across) * max(0.0, down)
    return both / (one.width * one.height + other.width * other.height - both)


def _shaken(outline: Outline, random: np.random.Generator) -> Outline:
    left, top, right, bottom = random.normal(0, _MOVE, 4) * outline.width
    return Outline(outline.left + left, outline.top + top, outline.right + right, outline.bottom + bottom, True)


def main() -> None:
    """Writes the weights and says how well they do on scenes that were not learnt from."""
    inputs, answers = examples(SCENES, _SEED)
    network = MLPClassifier(
        (_HIDDEN,), alpha=1e-4, batch_size=256, max_iter=60, random_state=_SEED, early_stopping=True
    )
    network.fit(inputs, answers)
    layers = zip(network.coefs_, network.intercepts_, strict=True)
    np.savez_compressed(
        WEIGHTS,
        **{
            name: values.astype(np.float16)
            for number, (matrix, bias) in enumerate(layers)
            for name, values in ((f"matrix{number}", matrix), (f"bias{number}", bias))
        },
    )
    inputs, answers = examples(TESTS, _SEED + 1)
    found = network.predict(inputs)
    for look in Look:
        right = int(np.sum((found == look) & (answers == look)))
        sys.stdout.write(f"{look.name}: {np.sum(answers == look)} shown, {np.sum(found == look)} said, {right} right\n")


if __name__ == "__main__":
    main()
