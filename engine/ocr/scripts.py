"""The scripts that the networks do not know, and the language data that reads each.

The data is that of Tesseract (tessdata_fast), which knows characters by sequences of them.
"""

from __future__ import annotations

from typing import NamedTuple

import regex  # type: ignore[import-untyped]

#: One such letter may be a mistake.
_LEAST_OWN = 2


class Script(NamedTuple):
    """A script. `data`: name of its language data. `letters`: of what Unicode property its letters are.

    `languages`: codes of ISO 639-1 of the languages that are mostly written in it. `own`: letters that no other
    language has which is written in the same. `spelled`: what the data writes in another way than everybody does.
    """

    data: str
    letters: str
    languages: frozenset[str]
    own: str = ""
    spelled: tuple[tuple[str, str], ...] = ()

    def share(self, text: str) -> float:
        """How many of the letters of a text are of this script, 0..1; 0 when it has none."""
        letters = regex.findall(r"\p{L}", text)
        return len(regex.findall(rf"[\p{{L}}&&{self.letters}]", text, regex.V1)) / len(letters) if letters else 0.0

    def owns(self, text: str) -> bool:
        """Whether a text can be told from one in other languages with the same letters, if there are such."""
        return not self.own or sum(map(text.count, self.own)) >= _LEAST_OWN

    def written(self, text: str) -> str:
        """The text as everybody spells it."""
        for one, other in self.spelled:
            text = text.replace(one, other)
        return text


#: Scripts that show: the networks leave gaps for them, or read them as nonsense and are not sure.
SCRIPTS = (
    Script("Cyrillic", r"\p{Cyrillic}", frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})),
    Script("ara", r"\p{Arabic}", frozenset({"ar"})),
    Script("fas", r"\p{Arabic}", frozenset({"fa"}), own="پچژگ"),
    Script("Greek", r"\p{Greek}", frozenset({"el"}), spelled=(("\u00b5", "\u03bc"),)),
    Script("heb", r"\p{Hebrew}", frozenset({"he", "iw", "yi"})),
    Script("kor", r"\p{Hangul}", frozenset({"ko"})),
    Script("Devanagari", r"\p{Devanagari}", frozenset({"hi", "mr", "ne", "sa"})),
    Script("tha", r"\p{Thai}", frozenset({"th"}), spelled=(("\u0e4d\u0e32", "\u0e33"),)),
)
#: Latin letters with two marks each; the networks leave these out and are sure of the others.
VIETNAMESE = Script("vie", r"\p{Latin}", frozenset({"vi"}), own="ơưƠƯ")


def of_locale(locale: str | None) -> Script | None:
    """The script of a locale (`ru`, `ru-RU`), None when the networks know it or it is not known at all."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return next((script for script in (*SCRIPTS, VIETNAMESE) if language in script.languages), None)
