"""Characters become LaTeX by where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.evidence import Rule
from engine.formulas.build import latex
from engine.formulas.faces import face
from engine.formulas.glyph import Glyph
from tests.engine.formulas.setting import ITALIC, ROMAN, SIGNS, SMALL, TALL, WIDTH, Setting, balanced


def written(setting: Setting) -> str:
    return latex(setting.glyphs, setting.rules)


def test_small_characters_beside_the_line_are_scripts() -> None:
    x = Setting().put("x", ITALIC)
    start = x.x
    assert written(x.sup("2").back(start).sub("i", ITALIC).put("y", ITALIC).sup("3")) == "x_{i}^{2}y^{3}"


def test_scripts_have_scripts() -> None:
    setting = Setting().put("e", ITALIC).put("x", ITALIC, 0.4, 0.7).put("2", ROMAN, 0.65, 0.5).put("+")
    assert written(setting) == "e^{x^{2}}+"


def test_what_stands_over_and_under_a_line_is_a_fraction() -> None:
    assert written(Setting().put("a", ITALIC).put("=").fraction("bc", "d").put("e", ITALIC)) == r"a=\frac{bc}{d}e"


def test_a_fraction_in_a_fraction() -> None:
    setting = Setting()
    setting.rules.append(Rule(0.0, 9.75, 2.0, 9.75, 0.04))
    setting.put("a", ITALIC, 0.68).line(11.6).fraction("b", "cd").line(11.6, 1.2).put("x", ITALIC)
    assert written(setting) == r"\frac{a}{\frac{b}{cd}x}"


def test_a_line_drawn_twice_makes_one_fraction() -> None:
    setting = Setting().fraction("a", "b")
    setting.rules *= 2
    assert written(setting) == r"\frac{a}{b}"


def test_what_stands_under_the_line_of_a_root_is_its_radicand() -> None:
    setting = Setting().put("y", ITALIC)
    root = Glyph(9, "\x70", face(TALL), 1.0, 0.5, 1.0, 9.0, 9.0, 10.2)
    setting.glyphs.append(root)
    setting.rules.append(Rule(1.0, 9.0, 2.5, 9.0, 0.04))
    assert written(setting.back(1.0).math("x+2").put("=", ROMAN)) == r"y\sqrt{x+2}="


def test_bounds_stand_at_their_sum() -> None:
    setting = (
        Setting().tall("\x58", 1.4).back(-0.3).put("i=1", ROMAN, -1.3, SMALL).back(0.1).put("n", ITALIC, 1.1, SMALL)
    )
    assert written(setting.back(0.8).put("x", ITALIC).sub("i", ITALIC)) == r"\sum_{\mathrm{i}=1}^{n}x_{i}"


def test_tall_brackets_that_belong_together_fit_what_they_hold() -> None:
    assert written(Setting().tall("\x10").fraction("a", "b").tall("\x11").put("2", ROMAN, 0.9, SMALL)) == (
        r"\left(\frac{a}{b}\right)^{2}"
    )
    assert written(Setting().tall("\x10").fraction("a", "b")) == r"(\frac{a}{b}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("log", r"\log x"), ("gas", r"\mathrm{gas}x"), ("s", r"\mathrm{s}x")],
)
def test_upright_letters_are_names(text: str, expected: str) -> None:
    assert written(Setting().put(text).put("x", ITALIC)) == expected


def test_words_in_a_formula_keep_their_spaces() -> None:
    assert written(Setting().put("5 km").put("=")) == r"5\ \mathrm{km}="


def test_an_accent_belongs_to_the_letter_below_it() -> None:
    setting = Setting().put("x", ITALIC).back(0.05).put("\u02c6", ROMAN, 0.2)
    setting.glyphs[-1] = Glyph(1, "\u02c6", face(ROMAN), 1.0, 0.0, 0.5, 9.8, 9.0, 9.3)
    assert written(setting.back(0.6).put("y", ITALIC)) == r"\hat{x}y"


def test_a_sign_that_is_struck_out() -> None:
    assert written(Setting().put("x", ITALIC).put("\x36", SIGNS).back(0.6).put("=").put("y", ITALIC)) == r"x\neq y"


def test_a_script_without_a_base_stands_at_that_of_the_text() -> None:
    setting = Setting().put("m").sup("−", SIGNS).sup("3")
    assert latex(setting.glyphs[1:], [], setting.glyphs[0]) == "{}^{-3}"


def test_nothing_that_has_a_meaning_is_nothing() -> None:
    assert latex(Setting().put("\ue000\ue001", ITALIC).glyphs, []) == ""


def test_a_sign_before_a_letter_begins_no_tag() -> None:
    assert written(Setting().math("a<b")) == "a< b"


COORDINATES = st.integers(0, 24).map(lambda value: value / 8)
GLYPHS = st.builds(
    lambda text, font, size, x, y, height: Glyph(
        0, text, face(font), size, x, x + WIDTH * size, y, y - height, y + height / 8
    ),
    st.sampled_from("xα12=()[]{}\\√∑∫lim^\u02c6\x10\x11\x36\x58\x70é漢\u0302%#"),
    st.sampled_from([ROMAN, ITALIC, SIGNS, TALL, b"STIXTwoMath-Regular", b"CMBX10"]),
    st.sampled_from([1.0, 0.7, 0.5]),
    COORDINATES,
    COORDINATES,
    st.sampled_from([0.0, 0.5, 2.0]),
)
RULES = st.builds(lambda x, y, width: Rule(x, y, x + width, y, 0.0), COORDINATES, COORDINATES, COORDINATES)


@settings(deadline=None)
@given(st.lists(GLYPHS, max_size=30), st.lists(RULES, max_size=8))
def test_whatever_stands_where_braces_are_balanced(glyphs: list[Glyph], rules: list[Rule]) -> None:
    found = latex(glyphs, rules)
    assert balanced(found)
    assert "$" not in found


def test_rows_in_tall_brackets_are_a_matrix() -> None:
    setting = Setting().put("A", ITALIC).put("=").tall("\x12", 2.6)
    start = setting.x
    for y, row in ((9.4, "ab"), (10.8, "cd")):
        setting.line(y, start).put(row[0], ITALIC).line(y, start + 1.6).put(row[1], ITALIC)
    setting.line(10.0).back(start + 2.1).tall("\x13", 2.6)
    assert written(setting) == r"A=\left(\begin{matrix}a & b\\ c & d\end{matrix}\right)"


def test_rows_behind_a_brace_of_pieces_are_cases() -> None:
    setting = Setting().put("f", ITALIC).put("=")
    for code, top in (("\x38", 8.4), ("\x3c", 9.3), ("\x3a", 10.2)):
        setting.glyphs.append(Glyph(0, code, face(TALL), 1.0, 1.0, 1.5, top, top, top + 0.9))
    setting.line(9.2, 1.5).put("1").line(9.2, 4.0).put("if ").put("x", ITALIC).put(">0")
    setting.line(10.6, 1.5).put("0").line(10.6, 4.0).put("else")
    assert written(setting) == r"f=\begin{cases}1 & \mathrm{if}\ x>0\\ 0 & \mathrm{else}\end{cases}"


def test_small_characters_alone_in_tall_brackets_are_no_rows() -> None:
    setting = Setting().tall("\x12", 2.6).put("a", ITALIC, 0.0, 0.7).tall("\x13", 2.6).put("b", ITALIC)
    assert written(setting) == r"\left(a\right)b"


def test_tall_brackets_among_rows_are_of_the_rows() -> None:
    setting = Setting().tall("\x38", 4.0).line(9.0, 1.0).put("a", ITALIC).line(11.0, 1.0).put("b", ITALIC)
    assert written(setting.line(10.0, 4.0).tall("\x10", 2.0)).startswith(r"\begin{cases}a")


def test_what_is_nested_without_end_ends() -> None:
    glyphs = [Glyph(i, "x", face(ITALIC), 0.8**i, i / 2, i / 2 + 0.4, 10.0 - i, 9.0 - i, 10.0 - i) for i in range(600)]
    rules = [Rule(0.0, 10.0 - i, 300.0 - i, 10.0 - i, 0.0) for i in range(300)]
    assert balanced(latex(glyphs, rules))
