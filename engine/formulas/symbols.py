"""Characters to LaTeX."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from pylatexenc.latexencode import UnicodeToLatexEncoder  # type: ignore[import-untyped]

from engine.formulas.faces import Coding, Face


def listed(names: str) -> frozenset[str]:
    """The names of a list with spaces between them."""
    return frozenset(names.split())


#: Names that are written upright and have a command of their own.
OPERATORS: Final = listed(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max"
    " min Pr sec sin sinh sup tan tanh"
)
#: Signs that are drawn larger than the line.
LARGE: Final = listed(
    r"\sum \prod \coprod \bigcup \bigcap \bigoplus \bigotimes \bigodot \bigvee \bigwedge \biguplus \bigsqcup"
    r" \int \oint \iint \iiint \surd"
)
INTEGRALS: Final = listed(r"\int \oint \iint \iiint")
#: Operators, and names, whose bounds stand below and above them.
BIG: Final = LARGE - INTEGRALS - {r"\surd"} | listed(r"\lim \liminf \limsup \max \min \sup \inf \det \Pr \gcd")
#: Signs between others, which have space around them.
RELATIONS: Final = listed(
    r"= + - < > \times \cdot \div \pm \mp \leq \geq \neq \ll \gg \sim \simeq \approx \equiv \cong \propto \in \ni"
    r" \notin \subset \supset \subseteq \supseteq \cup \cap \wedge \vee \rightarrow \leftarrow \leftrightarrow"
    r" \Rightarrow \Leftarrow \Leftrightarrow \mapsto \oplus \otimes \lesssim \gtrsim \leqslant \geqslant \mid \perp"
    r" \parallel \circ \star \prec \succ \preceq \succeq \triangleq \setminus"
)
#: Signs of the fonts for formulas that stand around formulas too.
MARKS: Final = listed(r", . ; : ! / \bullet \square \blacksquare")
#: Signs that also stand in text, and tell no formula alone.
WEAK: Final = MARKS | listed(
    r"* | \{ \} \| \cdot \circ \bigcirc \prime \star \diamond \triangle"
    r" \dagger \ddagger \backslash \checkmark \boxtimes \boxplus"
)
#: Accents over a letter, by the character that draws them.
ACCENTS: Final = {
    "\u02c6": r"\hat",
    "^": r"\hat",
    "\u0302": r"\hat",
    "\u02dc": r"\tilde",
    "~": r"\tilde",
    "\u0303": r"\tilde",
    "\u00af": r"\bar",
    "\u02c9": r"\bar",
    "\u0304": r"\bar",
    "\u02d9": r"\dot",
    "\u0307": r"\dot",
    "\u00a8": r"\ddot",
    "\u0308": r"\ddot",
    "\u02c7": r"\check",
    "\u02d8": r"\breve",
    "\u20d7": r"\vec",
}
NOT: Final = r"\not"


def _codes(start: int, commands: str) -> dict[str, str]:
    """Commands of consecutive codes; `.` stands for a code whose character means what it means in Unicode."""
    found = {chr(start + place): command for place, command in enumerate(commands.split())}
    return {code: command for code, command in found.items() if command != "."}


_GREEK = (
    r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega \alpha \beta \gamma \delta \epsilon"
    r" \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau \upsilon \phi \chi \psi \omega"
    r" \varepsilon \vartheta \varpi \varrho \varsigma \varphi"
)
_DELIMITERS = r"( ) [ ] \lfloor \rfloor \lceil \rceil \{ \} \langle \rangle"
_BIG_OPERATORS = r"\sum \prod \int \bigcup \bigcap \biguplus \bigwedge \bigvee"
_TABLES: Final = {
    Coding.UNICODE: {},
    Coding.LETTERS: _codes(0x00, _GREEK)
    | _codes(0x28, r"\leftharpoonup \leftharpoondown \rightharpoonup \rightharpoondown")
    | _codes(0x3F, r"\star \partial")
    | _codes(0x5B, r"\flat \natural \sharp \smile \frown \ell")
    | _codes(0x7B, r"\imath \jmath \wp")
    # The names of these characters in the fonts of TeX are those of the other variant in Unicode.
    | {"ε": r"\epsilon", "φ": r"\phi", "ϕ": r"\varphi"},
    Coding.SYMBOLS: _codes(
        0x00,
        r"- \cdot \times * \div \diamond \pm \mp \oplus \ominus \otimes \oslash \odot \bigcirc \circ \bullet \asymp"
        r" \equiv \subseteq \supseteq \leq \geq \preceq \succeq \sim \approx \subset \supset \ll \gg \prec \succ"
        r" \leftarrow \rightarrow \uparrow \downarrow \leftrightarrow \nearrow \searrow \simeq \Leftarrow \Rightarrow"
        r" \Uparrow \Downarrow \Leftrightarrow \nwarrow \swarrow \propto \prime \infty \in \ni \triangle"
        r" \bigtriangledown \not . \forall \exists \neg \emptyset \Re \Im \top \bot \aleph",
    )
    | _codes(0x5B, r"\cup \cap \uplus \wedge \vee \vdash \dashv \lfloor \rfloor \lceil \rceil \{ \} \langle \rangle")
    | _codes(0x6A, r"| \| \updownarrow \Updownarrow \setminus \wr \surd \amalg \nabla \int \sqcup \sqcap")
    | _codes(0x76, r"\sqsubseteq \sqsupseteq"),
    Coding.EXTENSION: _codes(0x00, _DELIMITERS + r" | \| / \backslash ( ) ( )")
    | _codes(0x14, r"[ ] \lfloor \rfloor \lceil \rceil \{ \} \langle \rangle / \backslash " + _DELIMITERS)
    | _codes(0x2C, r"/ \backslash / \backslash ( ) [ ] [ ] [ ] \{ \} \{ \} \{ \} \{ | ( ) ( ) \langle \rangle")
    | _codes(0x46, r"\bigsqcup \bigsqcup \oint \oint \bigodot \bigodot \bigoplus \bigoplus \bigotimes \bigotimes")
    | _codes(0x50, f"{_BIG_OPERATORS} {_BIG_OPERATORS}" + r" \coprod \coprod \hat \hat \hat \tilde \tilde \tilde")
    | _codes(0x68, r"[ ] \lfloor \rfloor \lceil \rceil \{ \} \surd \surd \surd \surd \surd"),
    Coding.AMS_A: _codes(0x26, r"\gtrsim . . \therefore \because . \triangleq . \lesssim")
    | _codes(0x34, r"\preccurlyeq . \leqslant . . . . . \succcurlyeq . \geqslant")
    | _codes(0x6E, r"\lll \ggg")
    | {"\x03": r"\square", "\x04": r"\blacksquare"},
    Coding.AMS_B: {
        "?": r"\varnothing",
        "@": r"\nexists",
        "n": r"\ltimes",
        "o": r"\rtimes",
        "}": r"\hslash",
        "~": r"\hbar",
    },
}

# Writers of PDFs move the lowest codes of these fonts up, to where Latin-1 has signs that formulas hardly have.
_SHIFTED: Final = {
    chr(0xA1 + code if code < 0x0A else 0xA3 + code): chr(code)
    for code in range(0x20)
    if chr(0xA3 + code) not in "¬°±µ·"
}

# Where the library has a command for text, or another one than people write.
_OWN: Final = {
    "µ": r"\mu",
    "θ": r"\theta",
    "ϑ": r"\vartheta",
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "•": r"\bullet",
    "…": r"\ldots",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "¬": r"\neg",
    "√": r"\surd",
    "ℏ": r"\hbar",
    "ℓ": r"\ell",
    "′": r"\prime",
    "″": r"\prime\prime",
    "∅": r"\emptyset",
    "∖": r"\setminus",
    "‖": r"\|",
    "∥": r"\parallel",
    "⟂": r"\perp",
    "∶": ":",
    "–": "-",
    "‐": "-",
    "ı": r"\imath",
    "ȷ": r"\jmath",
    "◦": r"\circ",
    "°": r"{}^{\circ}",
    "⨁": r"\bigoplus",
    "⨂": r"\bigotimes",
    "{": r"\{",
    "}": r"\}",
    "\\": r"\backslash",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "_": r"\_",
    "~": r"\sim",
    "^": r"\wedge",
    "`": "`",
    # The pieces that tall brackets are made of.
    **dict.fromkeys("⎛⎜⎝", "("),
    **dict.fromkeys("⎞⎟⎠", ")"),
    **dict.fromkeys("⎡⎢⎣", "["),
    **dict.fromkeys("⎤⎥⎦", "]"),
    **dict.fromkeys("⎧⎨⎩⎪", r"\{"),
    **dict.fromkeys("⎫⎬⎭", r"\}"),
}
_ALPHABETS: Final = {
    "DOUBLE-STRUCK": r"\mathbb",
    "SCRIPT": r"\mathcal",
    "FRAKTUR": r"\mathfrak",
    "BLACK-LETTER": r"\mathfrak",
    "BOLD": r"\mathbf",
}
_MATH = r"\ensuremath{"
_encoder = UnicodeToLatexEncoder(
    non_ascii_only=True,
    unknown_char_policy="ignore",
    unknown_char_warning=False,
    replacement_latex_protection="none",
)


@lru_cache(maxsize=4096)
def latex(character: str, face: Face) -> str:
    """The LaTeX of a character in a formula; empty for one without a meaning."""
    coded = _TABLES[face.coding].get(character)
    if coded is None and character in _SHIFTED and face.coding is not Coding.UNICODE:
        coded = _TABLES[face.coding].get(_SHIFTED[character])
    if coded is not None:
        return coded
    if character in _OWN:
        return _OWN[character]
    plain = unicodedata.normalize("NFKC", character)
    alphabet = _alphabet(character, plain, face)
    if len(plain) == 1 and plain != character and not plain.isascii():
        plain = _command(plain)
    elif not plain.isascii():
        plain = _command(character)
    elif not plain.isprintable() or plain.isspace():
        return ""
    if alphabet == r"\mathbf" and plain.startswith("\\"):
        alphabet = r"\boldsymbol"
    return f"{alphabet}{{{plain}}}" if alphabet and plain else plain


def _alphabet(character: str, plain: str, face: Face) -> str:
    """The command that writes a letter as it is, empty for the common one."""
    if not plain.isalnum():
        return ""
    if plain != character:
        name = unicodedata.name(character, "")
        return next((command for word, command in _ALPHABETS.items() if word in name), "")
    if face.coding is Coding.SYMBOLS and plain.isupper():
        return r"\mathcal"
    return face.alphabet or (r"\mathbf" if face.bold else "")


def _command(character: str) -> str:
    found = str(_encoder.unicode_to_latex(character))
    if found.startswith(_MATH):
        return found[len(_MATH) : -1]
    # Letters of other scripts, and letters with accents, are text.
    return rf"\text{{{character}}}" if character.isalpha() else ""
