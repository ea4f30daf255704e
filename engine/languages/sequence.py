"""The language of each line in the company of the others.

A short line says little by itself, and its neighbours are mostly in its language. Lines are taken as the
outputs of a hidden Markov model whose states are languages: from line to line the language stays, or jumps to
one of those that the document is in. The forward-backward algorithm (L. R. Rabiner, "A tutorial on hidden
Markov models and selected applications in speech recognition", Proc. IEEE 77(2), 1989) gives, for each line,
the likelihood of each language in view of all lines.
"""

from __future__ import annotations

import numpy as np

from engine.languages.identify import Likelihoods

#: How likely the language jumps between two lines.
_JUMP = 0.4
#: Share of a jump that goes anywhere, and not where the document's other lines are.
_ANYWHERE = 0.2
#: No line rules a language out.
_LEAST = 1e-8


def in_context(alone: Likelihoods, weights: Likelihoods) -> Likelihoods:
    """The likelihoods of lines (N languages each, rows sum to 1) in view of one another.

    `alone`: the same of each line by itself. `weights`: how much each line says about the document, N > 0.
    """
    alone = np.maximum(alone, _LEAST)
    anywhere = np.full(alone.shape[1], 1.0 / alone.shape[1], dtype=np.float32)
    first = _posterior(alone, anywhere)
    shares = weights @ first / weights.sum()
    return _posterior(alone, (1.0 - _ANYWHERE) * shares + _ANYWHERE * anywhere)


def _posterior(alone: Likelihoods, target: Likelihoods) -> Likelihoods:
    """The forward-backward algorithm; a jump leads to a language with the likelihood `target` has for it."""
    forward = np.empty_like(alone)
    state = target
    for number, line in enumerate(alone):
        seen = state * line
        forward[number] = seen / seen.sum()
        state = (1.0 - _JUMP) * forward[number] + _JUMP * target
    backward = np.ones_like(target)
    for number in range(len(alone) - 1, -1, -1):
        forward[number] *= backward
        forward[number] /= forward[number].sum()
        seen = backward * alone[number]
        backward = (1.0 - _JUMP) * seen + _JUMP * (seen @ target)
        backward /= backward.max()
    return forward
