"""Lines in scripts that the networks do not know are read with the data of their script; others are left alone."""

from __future__ import annotations

import pytest

from contract.page import LengthUnit
from engine.evidence import Page, Word
from engine.ocr import read as ocr
from engine.ocr import tesseract
from engine.ocr.scripts import SCRIPTS, VIETNAMESE, of_locale
from engine.ocr.sessions import Pixels
from engine.reading.page import Paragraph
from engine.reading.read import read as in_order
from tests.engine.ocr.pages import needs_weights, page
from tests.engine.ocr.writing import needs_data, written

pytestmark = needs_weights

CYRILLIC, ARABIC, PERSIAN, GREEK, HEBREW, KOREAN, DEVANAGARI, THAI = SCRIPTS

LINES = {
    "Russian": (CYRILLIC, "", ["Смотритель гавани записывал высоту воды", "в толстую тетрадь: 15 730,50 рублей."]),
    "Ukrainian": (CYRILLIC, "", ["Доглядач гавані щоранку записував", "висоту води у товстий зошит."]),
    "Greek": (GREEK, "", ["Ο φύλακας του λιμανιού έγραφε", "κάθε πρωί το ύψος του νερού."]),
    "Vietnamese": (VIETNAMESE, "", ["Người giữ cảng mỗi buổi sáng ghi lại", "mực nước vào một cuốn sổ dày."]),
    "Korean": (KOREAN, "Hangul", ["항구 관리인은 매일 아침", "물의 높이를 공책에 적었다."]),
    "Hindi": (DEVANAGARI, "Devanagari", ["बंदरगाह का रखवाला हर सुबह पानी", "की ऊँचाई किताब में लिखता था।"]),
}
TO_LEFT = {
    "Arabic": (ARABIC, ["كان حارس الميناء يكتب كل صباح", "ارتفاع الماء في دفتر كبير."]),
    "Hebrew": (HEBREW, ["שומר הנמל רשם בכל בוקר את גובה המים", "חשבונית 4821 מיום 12 במרץ 2024 (עותק)"]),
}


def seen(image: Pixels) -> ocr.Text:
    return ocr.read(image, ocr.boxes(image))


def read(image: Pixels) -> list[Word]:
    return seen(image).words


def in_rows(words: list[Word]) -> list[str]:
    """The words of each line from left to right, lines from top to bottom."""
    rows: dict[int, list[Word]] = {}
    for word in sorted(words, key=lambda word: word.quad[1] + word.quad[5]):
        middle = (word.quad[1] + word.quad[5]) / 2
        rows.setdefault(next((row for row in rows if abs(row - middle) < 25), round(middle)), []).append(word)
    return [" ".join(word.text for word in sorted(row, key=lambda word: word.quad[0])) for row in rows.values()]


def off(found: str, wanted: str) -> float:
    """Share of the characters that are not there, or not in their place; small and large letters look alike."""
    same = sum(one == other for one, other in zip(found.casefold(), wanted.casefold(), strict=False))
    return 1.0 - same / max(len(found), len(wanted))


@pytest.mark.parametrize("language", LINES)
def test_other_scripts_are_read(language: str) -> None:
    script, alphabet, lines = LINES[language]
    needs_data(script)
    found = in_rows(read(written(lines, alphabet)))
    assert len(found) == len(lines)
    assert sum(off(*pair) < 0.1 for pair in zip(found, lines, strict=True)) == len(lines), found


@pytest.mark.parametrize("line", ["เขาทำเช่นนี้มาสามสิบปีจนกระทั่งวิศวกรหนุ่มมาแทนที่", "ผู้ดูแลท่าเรือจดระดับน้ำลงในสมุด"])
def test_a_script_without_spaces_and_with_marks_below_is_read(line: str) -> None:
    needs_data(THAI)
    (found,) = in_rows(read(written([line], "Thai")))
    assert off(found, line) < 0.1


@pytest.mark.parametrize("language", TO_LEFT)
def test_text_from_right_to_left_is_in_its_order(language: str) -> None:
    script, lines = TO_LEFT[language]
    needs_data(script)
    pixels = written(lines, to_left=True)
    words = tuple(read(pixels))
    found = in_order(Page(1, float(pixels.shape[1]), float(pixels.shape[0]), LengthUnit.PIXEL, words))
    texts = [line.text for block in found.blocks if isinstance(block, Paragraph) for line in block.lines]
    assert texts == lines


def test_words_stand_where_they_are_printed() -> None:
    needs_data(CYRILLIC)
    found = seen(written(["Смотритель гавани записывал", "высоту воды в тетрадь"]))
    assert found.unread == 0, "what was read again is not told"
    words = {word.text: word for word in found.words}
    assert words["Смотритель"].quad[0] == pytest.approx(80, abs=8)
    assert words["Смотритель"].quad[2] < words["гавани"].quad[0] < words["гавани"].quad[2]
    assert words["тетрадь"].quad[1] > words["гавани"].quad[5]
    assert all(abs(word.angle) < 1 and 0.5 < word.confidence <= 1 for word in words.values())


def test_a_latin_line_beside_others_stays_as_the_networks_read_it() -> None:
    needs_data(CYRILLIC)
    lines = ["Смотритель гавани записывал высоту", "The harbour keeper wrote the height", "в толстую тетрадь"]
    assert in_rows(read(written(lines)))[1] == lines[1]


def test_a_page_that_the_networks_know_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "read", lambda *_: pytest.fail("a known page was read again"))
    found = seen(page(["The harbour keeper wrote every height"]))
    assert (in_rows(found.words), found.unread) == (["The harbour keeper wrote every height"], 0)


def test_without_data_it_is_told_how_much_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Смотритель гавани записывал", "высоту воды в тетрадь"]
    monkeypatch.setattr(tesseract, "installed", lambda _: False)
    assert seen(written(lines)).unread == 2


def test_a_locale_names_a_script() -> None:
    assert (of_locale("ru"), of_locale("ru-RU"), of_locale("vi_VN")) == (CYRILLIC, CYRILLIC, VIETNAMESE)
    assert [of_locale(known) for known in (None, "", "en-US", "zh-Hans", "xx")] == [None] * 5


def test_a_line_of_which_little_is_known_is_not_turned_over() -> None:
    needs_data(GREEK)
    line = "«Γιατί μετράτε τόσο συχνά;» ρώτησε την πρώτη κιόλας μέρα."
    (found,) = in_rows(read(written([line])))
    assert off(found, line) < 0.1
