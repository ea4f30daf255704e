"""Formulas are found among prose, and prose is none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from contract.page import FormulaKind
from engine.formulas.find import formulas
from engine.formulas.glyph import Found
from tests.engine.formulas.setting import ITALIC, SIGNS, Setting, balanced
from tests.engine.formulas.test_build import GLYPHS, RULES

PROSE = "of all the harbours on this coast it is the only one"


def found(setting: Setting) -> list[Found]:
    return formulas(setting.glyphs, setting.rules)


def written(setting: Setting) -> list[tuple[FormulaKind, str]]:
    return [(one.kind, one.latex) for one in found(setting)]


def inline(*latex: str) -> list[tuple[FormulaKind, str]]:
    return [(FormulaKind.INLINE, one) for one in latex]


def test_formulas_in_a_sentence_are_inline() -> None:
    setting = Setting().put("where ").math("x=2").put(", and ").math("β").put(" (with ").math("r<s").put(") is small.")
    assert written(setting) == inline("x=2", r"\beta", "r< s")


def test_punctuation_and_hyphens_around_a_formula_are_not_of_it() -> None:
    setting = Setting().put("a ").math("β").put("-decay and (").math("γ").put("), both")
    assert written(setting) == inline(r"\beta", r"\gamma")


def test_signs_that_tell_nothing_alone_end_a_formula() -> None:
    setting = (
        Setting().put("the ").put("M", ITALIC).sub("?", ITALIC).put(" of ").put("{", SIGNS).math("x").put("}", SIGNS)
    )
    assert written(setting.put(", and")) == inline(r"M_{\star}", r"\{x\}")


def test_brackets_and_numbers_belong_to_their_formula() -> None:
    setting = Setting().put("with ").math("f(x)=10").sup("−", SIGNS).sup("5").put(" or less")
    assert written(setting) == inline("f(x)=10^{-5}")


def test_a_formula_alone_on_its_line_is_displayed_and_its_number_is_not_of_it() -> None:
    setting = Setting().put(PROSE).line(12.0, 6.0).math("a=").fraction("b", "c").put(" if ").math("d").line(12.0, 24.0)
    setting.put("(12)").line(14.5).put(PROSE)
    (formula,) = found(setting)
    assert (formula.kind, formula.latex) == (FormulaKind.DISPLAY, r"a=\frac{b}{c}\ \mathrm{if}\ d")
    assert "".join(setting.glyphs[index].text for index in formula.indices) == "a=bcifd"


def test_the_end_of_a_paragraph_is_not_displayed() -> None:
    setting = Setting().put(PROSE).line(11.2).math("x=y").put(".").line(12.4).put(PROSE)
    assert written(setting) == inline("x=y")


def test_formulas_in_the_cells_of_a_row_are_not_displayed() -> None:
    setting = Setting().put(PROSE).line(12.0, 4.0).math("x=1").line(12.0, 9.0).math("y=2").line(12.0, 15.0).put("north")
    assert written(setting) == inline("x=1", "y=2")


def test_rows_of_formulas_are_a_formula_each() -> None:
    setting = Setting().put(PROSE).line(12.0, 6.0).math("a=b+c").line(13.6, 6.0).math("d=e−f").line(15.2).put(PROSE)
    assert written(setting) == [(FormulaKind.DISPLAY, "a=b+c"), (FormulaKind.DISPLAY, "d=e-f")]


def test_scripts_may_come_behind_what_stands_on_the_line() -> None:
    setting = Setting().put("where ").put("e", ITALIC)
    start = setting.x
    setting.back(start + 0.5).put(" + ").math("a")
    after = setting.x
    setting.back(start).sup("x", ITALIC).back(after).put(" is small")
    assert written(setting) == inline("e^{x}+a")


def test_the_name_of_a_function_before_its_argument_is_of_the_formula() -> None:
    assert written(Setting().put("so ").math("p").put(" = trim(").math("q").put(") holds")) == inline(
        r"p=\mathrm{trim}(q)"
    )


def test_a_formula_is_whole_though_a_bound_is_wider_than_its_sum() -> None:
    setting = Setting().put(PROSE).line(14.0, 6.0).math("x=").back(8.5).tall("\x58", 1.4).back(7.2)
    setting.put("a,b,c,d", ITALIC, -1.1, 0.7).back(9.8).math("y").line(18.0).put(PROSE)
    assert written(setting) == [(FormulaKind.DISPLAY, r"x=\sum_{a,b,c,d}y")]


def test_a_unit_belongs_to_its_power_and_a_word_does_not() -> None:
    setting = (
        Setting().put("some 3 cm").sup("−", SIGNS).sup("3").put(" of it, the area").sub("α", ITALIC).put(" of all")
    )
    assert written(setting) == inline(r"\mathrm{cm}^{-3}", r"{}_{\alpha}")


def test_bullets_marks_of_notes_and_addresses_are_no_formulas() -> None:
    setting = Setting().put("•", SIGNS).put(" an item").line(12.0).put("name").sup("∗", SIGNS).put(" and /")
    setting.put("∼", SIGNS).put("user").sup("1").sup(",", ITALIC).sup("2")
    assert found(setting) == []


def test_words_in_italics_are_no_formulas() -> None:
    setting = Setting().put(PROSE, b"CMTI10").put(" x ", b"Times-Italic").put(PROSE).line(12.0).math("x=y")
    assert written(setting) == inline("x=y")


def test_a_page_set_in_a_font_for_formulas_has_none() -> None:
    setting = Setting()
    for row in range(8):
        setting.line(10.0 + 1.2 * row).put(PROSE, ITALIC)
    assert found(setting) == []


def test_characters_without_a_meaning_make_no_formula() -> None:
    assert found(Setting().put("where ").put("\ue000=\ue001", b"CambriaMath").put(" is small")) == []


def test_a_formula_beyond_any_length_is_text() -> None:
    assert found(Setting().put("where ").math("x+" * 400).put(" is large")) == []


@settings(deadline=None)
@given(st.lists(GLYPHS, max_size=40), st.lists(RULES, max_size=8))
def test_whatever_stands_where_no_character_is_in_two_formulas(glyphs: list, rules: list) -> None:  # type: ignore[type-arg]
    numbered = [
        type(glyph)(index, *[getattr(glyph, name) for name in glyph.__struct_fields__[1:]])
        for index, glyph in enumerate(glyphs)
    ]
    seen: set[int] = set()
    for formula in formulas(numbered, rules):
        assert balanced(formula.latex)
        assert seen.isdisjoint(formula.indices)
        seen.update(formula.indices)
