"""Lines are told by their language, in the company of their neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.languages import detect as languages
from engine.languages.detect import detect

ENGLISH = ["The harbour keeper wrote every height", "into a ruled book for many years", "until nobody asked."]
SAID = {
    "ar": "كان حارس الميناء يكتب كل ارتفاع في كتاب",
    "bg": "Пазачът на пристанището записваше всяка височина",
    "cs": "Správce přístavu zapisoval každou výšku do knihy",
    "de": "Der Hafenmeister schrieb jede Höhe in ein Buch",
    "el": "Ο φύλακας του λιμανιού έγραφε κάθε ύψος",
    "es": "El guardián del puerto escribía cada altura en un libro",
    "fi": "Satamamestari kirjoitti jokaisen korkeuden kirjaan",
    "fr": "Le gardien du port écrivait chaque hauteur dans un cahier",
    "he": "שומר הנמל רשם כל גובה בספר",
    "hi": "बंदरगाह रक्षक ने हर ऊंचाई को एक किताब में लिखा",
    "hu": "A kikötőmester minden magasságot beírt egy könyvbe",
    "it": "Il guardiano del porto scriveva ogni altezza in un libro",
    "ja": "港の管理人はすべての高さを帳面に書き留めた",
    "ko": "항구 관리인은 모든 높이를 책에 적었다",
    "nl": "De havenmeester schreef elke hoogte in een boek",
    "pl": "Kapitan portu zapisywał każdą wysokość w książce",
    "pt": "O guarda do porto escrevia cada altura em um livro",
    "ru": "Смотритель гавани записывал каждую высоту в книгу",
    "sv": "Hamnmästaren skrev varje höjd i en linjerad bok",
    "th": "ผู้ดูแลท่าเรือจดบันทึกทุกความสูงลงในสมุด",
    "tr": "Liman bekçisi her yüksekliği çizgili bir deftere yazdı",
    "uk": "Доглядач гавані записував кожну висоту в книгу",
    "vi": "Người giữ cảng ghi lại mọi độ cao vào một cuốn sổ",
    "zh-Hans": "港口管理员把每个高度都写在本子上",
    "zh-Hant": "港口管理員把每個高度都寫在本子上",
}


def locales(lines: list[str]) -> list[str]:
    """The language of each line."""
    return [run.locale for run in detect(lines) for _ in range(run.start, run.end)]


@pytest.mark.parametrize("locale", SAID)
def test_a_line_alone_is_in_its_language(locale: str) -> None:
    (run,) = detect([SAID[locale]])
    assert run.locale == locale
    assert 0.5 < run.confidence <= 1.0


@pytest.mark.parametrize("locale", SAID)
def test_a_line_among_others_keeps_its_language(locale: str) -> None:
    assert locales([*ENGLISH, SAID[locale], *ENGLISH]) == ["en"] * 3 + [locale] + ["en"] * 3


@pytest.mark.parametrize("short", ["Total", "A. Romero", "12.50", "---", "Ext. 4"])
def test_what_says_little_is_in_the_language_of_its_neighbours(short: str) -> None:
    (run,) = detect([*ENGLISH, short, *ENGLISH])
    assert (run.locale, run.start, run.end) == ("en", 0, 7)


def test_capitals_do_not_hide_a_language() -> None:
    assert locales([line.upper() for line in ENGLISH]) == ["en"] * 3


def test_neighbours_in_one_language_are_one_run() -> None:
    runs = detect([*ENGLISH, SAID["ru"], SAID["ru"], SAID["de"]])
    assert [(run.locale, run.start, run.end) for run in runs] == [("en", 0, 3), ("ru", 3, 5), ("de", 5, 6)]


@pytest.mark.parametrize("lines", [[], ["12.50"], ["--", "7 + 7"]])
def test_without_letters_there_is_no_language(lines: list[str]) -> None:
    assert detect(lines) == []


def test_long_documents_are_cut_without_losing_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_AT_ONCE", 4)
    assert locales(ENGLISH * 5) == ["en"] * 15


@given(lines=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=12))
def test_runs_hold_each_line_once(lines: list[str]) -> None:
    runs = detect(lines)
    if runs:
        assert [number for run in runs for number in range(run.start, run.end)] == list(range(len(lines)))
    assert all(0.0 <= run.confidence <= 1.0 for run in runs)
