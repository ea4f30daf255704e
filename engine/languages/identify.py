"""How likely a line is in each language, by the sequences of letters that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

Likelihoods = NDArray[np.float32]

#: Length of a code of ISO 639-1; the identifier knows some longer ones, of languages that few documents are in.
_CODE = 2
#: The start of a line tells its language, and bounds the work.
_MOST_CHARACTERS = 500


@cache
def codes() -> tuple[str, ...]:
    """The languages that are told apart, as codes of ISO 639-1, in the order of `likelihoods`."""
    return tuple(_identifier().nb_classes)


def likelihoods(lines: Sequence[str]) -> Likelihoods:
    """For each line, how likely it is in each language of `codes`; each row sums to 1.

    Words without letters say nothing. A line of such words alone is as likely in every language.
    """
    found = np.full((len(lines), len(codes())), 1.0 / len(codes()), dtype=np.float32)
    for number, line in enumerate(lines):
        words = [word for word in line[:_MOST_CHARACTERS].split() if any(map(str.isalpha, word))]
        if words:
            known = dict(_identifier().rank(" ".join(words)))
            found[number] = [known[code] for code in codes()]
    return found


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == _CODE])
    return identifier
