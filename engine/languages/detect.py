"""The languages of a document: runs of neighbouring lines that are in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from engine.languages import chinese, identify
from engine.languages.sequence import in_context

#: So many lines are seen in view of one another; it bounds the memory.
_AT_ONCE = 2000
_CHINESE = "zh"


class Run(NamedTuple):
    """Lines from `start` up to `end` (exclusive), all in the language of `locale`, a tag of BCP 47.

    `confidence`: 0..1.
    """

    locale: str
    confidence: float
    start: int
    end: int


def warm() -> None:
    """Loads the identifier, before processes are forked."""
    identify.codes()


def detect(lines: Sequence[str]) -> list[Run]:
    """The runs of a document with these lines; together they hold each line once.

    A document without a letter is in no language.
    """
    if not any(any(map(str.isalpha, line)) for line in lines):
        return []
    spoken = [one for start in range(0, len(lines), _AT_ONCE) for one in _spoken(lines[start : start + _AT_ONCE])]
    runs = []
    end = 0
    for code, members in groupby(spoken, key=lambda one: one[0]):
        likely = [likelihood for _, likelihood in members]
        start, end = end, end + len(likely)
        said = lines[start:end]
        locale = chinese.variant("".join(said)) if code == _CHINESE else code
        confidence = float(np.average(likely, weights=[len(line) for line in said]))
        runs.append(Run(locale, round(min(1.0, confidence), 3), start, end))
    return runs


def _spoken(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The code of the language of each line, and its likelihood."""
    weights = np.array([len(line) for line in lines], dtype=np.float32)
    for row in in_context(identify.likelihoods(lines), weights):
        best = int(row.argmax())
        yield identify.codes()[best], float(row[best])
