"""Trains the layer that knows handwriting: `python -m training.handwriting`, some minutes on one core, and needs npm.

What it learns from are lines that `training.handwriting.strips` draws in fonts that npm fetches, as the small
recognizer sees them, and nothing else. The same seed gives the same weights on the same machine.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from engine.ocr import recognize, weights
from engine.ocr.handwriting import SEEN, WEIGHTS, features
from engine.ocr.lines import NOISE, Line
from engine.ocr.recognize import Recognizer
from engine.ocr.sessions import Floats, Pixels, heads
from training.handwriting.fonts import fonts
from training.handwriting.strips import printed, vocabulary, written

STRIPS, TESTS = 3250, 1500
_SEED = 4711
_BY_HAND = 0.3
#: What little may be learnt from a single one of the 1,152 features; more freedom fits the fonts, not hands.
_FREEDOM = 0.002
#: The share of drawn print that may be taken for handwriting; it is far worse print than most.
_FALSE = 0.005


def examples(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features of some lines that can be made out, and which of them are by hand."""
    random = np.random.default_rng(seed)
    words, known = vocabulary(), fonts()
    inputs: list[Floats] = []
    answers: list[bool] = []
    while len(inputs) < count:
        hand = bool(random.random() < _BY_HAND)
        found = _seen(written(random, words, known.hand) if hand else printed(random, words, known.printed))
        if found is not None:
            inputs.append(found)
            answers.append(hand)
    return np.stack(inputs), np.array(answers)


def _seen(drawn: Pixels) -> Floats | None:
    """The features of a strip, unless the engine would take it for noise.

    Single characters, of which the engine tells nothing, are learnt from all the same: without them longer lines
    were told less well.
    """
    answers = heads(weights.SMALL_RECOGNITION, SEEN)(recognize.batch(drawn))
    reader = Recognizer(lambda _: answers[:1], weights.characters(weights.SMALL_CHARACTERS))
    line = Line(np.zeros((4, 2), np.float32), drawn, reader.read(drawn))
    return features(answers[1][0]) if line.likelihood >= NOISE else None


def main() -> None:
    """Writes the weights and says how well they do on lines that were not learnt from."""
    inputs, answers = examples(STRIPS, _SEED)
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-3
    model = LogisticRegression(C=_FREEDOM, max_iter=1000)
    model.fit((inputs - mean) / deviation, answers)
    matrix = model.coef_[0] / deviation
    tests, wanted = examples(TESTS, _SEED + 1)
    scores = tests @ matrix
    bias = -float(np.quantile(scores[~wanted], 1 - _FALSE))
    np.savez_compressed(WEIGHTS, matrix=matrix.astype(np.float32), bias=np.float32(bias))
    found = scores + bias > 0
    sys.stdout.write(f"by hand: {wanted.sum()} shown, {(found & wanted).sum()} found\n")
    sys.stdout.write(f"printed: {(~wanted).sum()} shown, {(found & ~wanted).sum()} taken for handwriting\n")


if __name__ == "__main__":
    main()
