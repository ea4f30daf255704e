"""How well scans in scripts beside Latin, Chinese and Japanese are read, with the language data and without it.

    python -m bench.scripts [--fonts /usr/share/fonts/truetype]

Pages of a few lines, clean and worn, are drawn with the fonts that are found; languages without a font are left
out. Prints the rate of wrong characters (edit distance over length) and processor seconds a page.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import cv2
import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console
from rich.table import Table

from contract.page import LengthUnit
from engine import evidence
from engine.ocr import read as ocr
from engine.ocr import tesseract
from engine.ocr.scripts import Script
from engine.ocr.sessions import Pixels
from engine.reading.page import paragraphs
from engine.reading.read import read as in_order

_DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
_SIZE, _MARGIN, _LEADING = 30, 80, 57
_SEED = 1


class Sample(NamedTuple):
    """Lines in a language and the fonts, below the folder of fonts, that have its letters."""

    language: str
    lines: tuple[str, ...]
    fonts: tuple[str, ...] = ("noto/NotoSans-Regular.ttf", "noto/NotoSerif-Regular.ttf")
    to_left: bool = False


SAMPLES = (
    Sample(
        "Russian",
        (
            "Смотритель гавани каждое утро записывал высоту воды в толстую тетрадь.",
            "Он делал это тридцать лет, пока однажды зимой его не сменил молодой инженер.",
            "Счёт № 4821 от 12 марта 2024 года: к оплате 15 730,50 рублей.",
            "Поставка осуществляется в течение десяти рабочих дней после оплаты.",
            "«Почему вы измеряете так часто?» — спросил он в первый же день.",
            "Ответ был прост: море меняется быстрее, чем люди успевают заметить.",
        ),
    ),
    Sample(
        "Ukrainian",
        (
            "Доглядач гавані щоранку записував висоту води у товстий зошит.",
            "Він робив це тридцять років, доки взимку його не замінив інженер.",
            "Рахунок № 4821 від 12 березня 2024 року: до сплати 15 730,50 гривень.",
            "Доставка здійснюється протягом десяти робочих днів після оплати.",
            "Їхні ґанки виходили на південь, де завжди було тепліше.",
            "Просимо підтвердити отримання цього листа телефоном або поштою.",
        ),
    ),
    Sample(
        "Bulgarian",
        (
            "Пазачът на пристанището всяка сутрин записваше нивото на водата.",
            "Той правеше това тридесет години, докато не дойде млад инженер.",
            "Фактура № 4821 от 12 март 2024 г.: за плащане 1 573,50 лева.",
            "Доставката се извършва до десет работни дни след плащането.",
            "Моля, потвърдете получаването на това писмо по телефона.",
        ),
    ),
    Sample(
        "Greek",
        (
            "Ο φύλακας του λιμανιού έγραφε κάθε πρωί το ύψος του νερού.",
            "Το έκανε τριάντα χρόνια, ώσπου ένας νέος μηχανικός πήρε τη θέση του.",
            "Τιμολόγιο αρ. 4821 της 12ης Μαρτίου 2024: πληρωτέο ποσό 1.573,50 ευρώ.",
            "Η παράδοση γίνεται μέσα σε δέκα εργάσιμες ημέρες από την πληρωμή.",
            "«Γιατί μετράτε τόσο συχνά;» ρώτησε την πρώτη κιόλας μέρα.",
            "Παρακαλούμε επιβεβαιώστε τη λήψη αυτής της επιστολής.",
        ),
    ),
    Sample(
        "Vietnamese",
        (
            "Người giữ cảng mỗi buổi sáng ghi lại mực nước vào một cuốn sổ dày.",
            "Ông làm việc đó ba mươi năm cho đến khi một kỹ sư trẻ đến thay.",
            "Hóa đơn số 4821 ngày 12 tháng 3 năm 2024: phải trả 1.573.500 đồng.",
            "Hàng được giao trong vòng mười ngày làm việc sau khi thanh toán.",
            "“Tại sao ông đo thường xuyên như vậy?” anh hỏi ngay ngày đầu.",
            "Xin vui lòng xác nhận đã nhận được bức thư này qua điện thoại.",
        ),
    ),
    Sample(
        "Arabic",
        (
            "كان حارس الميناء يكتب ارتفاع الماء كل صباح في دفتر كبير.",
            "فعل ذلك ثلاثين عاما حتى جاء مهندس شاب وأخذ مكانه.",
            "فاتورة رقم 4821 بتاريخ 12 مارس 2024 والمبلغ المستحق 1573 ريالا.",
            "يتم التسليم خلال عشرة أيام عمل من تاريخ الدفع.",
            "سأل المهندس: لماذا تقيس بهذه الكثرة؟ فضحك الحارس.",
            "نرجو تأكيد استلام هذه الرسالة بالهاتف أو البريد.",
        ),
        ("noto/NotoNaskhArabic-Regular.ttf", "dejavu/DejaVuSans.ttf"),
        to_left=True,
    ),
    Sample(
        "Persian",
        (
            "نگهبان بندر هر روز صبح ارتفاع آب را در دفتری بزرگ می نوشت.",
            "او سی سال این کار را کرد تا مهندس جوانی جای او را گرفت.",
            "صورتحساب شماره 4821 به تاریخ 12 مارس 2024 قابل پرداخت است.",
            "تحویل کالا ده روز کاری پس از پرداخت انجام می شود.",
            "لطفا دریافت این نامه را با تلفن یا پست تایید کنید.",
        ),
        ("noto/NotoNaskhArabic-Regular.ttf", "dejavu/DejaVuSans.ttf"),
        to_left=True,
    ),
    Sample(
        "Hebrew",
        (
            "שומר הנמל רשם בכל בוקר את גובה המים במחברת עבה.",
            "הוא עשה זאת שלושים שנה עד שמהנדס צעיר החליף אותו.",
            "חשבונית מספר 4821 מיום 12 במרץ 2024, לתשלום 1,573.50 שקלים.",
            "המשלוח יגיע בתוך עשרה ימי עבודה מיום התשלום.",
            '"למה אתה מודד לעתים כה קרובות?" שאל ביום הראשון.',
            "נא לאשר את קבלת המכתב הזה בטלפון או בדואר.",
        ),
        ("freefont/FreeSans.ttf", "dejavu/DejaVuSans.ttf"),
        to_left=True,
    ),
    Sample(
        "Korean",
        (
            "항구 관리인은 매일 아침 물의 높이를 두꺼운 공책에 적었다.",
            "그는 젊은 기술자가 올 때까지 삼십 년 동안 이 일을 했다.",
            "송장 번호 4821, 2024년 3월 12일, 지불 금액 157,350원.",
            "물품은 결제 후 영업일 기준 열흘 안에 배송됩니다.",
            "왜 그렇게 자주 재느냐고 첫날부터 물었다.",
            "이 편지를 받으시면 전화나 우편으로 알려 주십시오.",
        ),
        ("nanum/NanumGothic.ttf", "nanum/NanumMyeongjo.ttf"),
    ),
    Sample(
        "Hindi",
        (
            "बंदरगाह का रखवाला हर सुबह पानी की ऊँचाई एक मोटी किताब में लिखता था।",
            "उसने तीस साल तक यह काम किया जब तक एक युवा इंजीनियर नहीं आया।",
            "बिल संख्या 4821 दिनांक 12 मार्च 2024, देय राशि 1573 रुपये।",
            "भुगतान के बाद दस कार्य दिवसों में सामान पहुँचाया जाएगा।",
            "पहले ही दिन उसने पूछा कि आप इतनी बार क्यों नापते हैं।",
            "कृपया इस पत्र की प्राप्ति की सूचना फोन या डाक से दें।",
        ),
        ("noto/NotoSansDevanagari-Regular.ttf", "freefont/FreeSerif.ttf"),
    ),
    Sample(
        "Thai",
        (
            "ผู้ดูแลท่าเรือจดระดับน้ำลงในสมุดเล่มหนาทุกเช้า",
            "เขาทำเช่นนี้มาสามสิบปีจนกระทั่งวิศวกรหนุ่มมาแทนที่",
            "ใบแจ้งหนี้เลขที่ 4821 วันที่ 12 มีนาคม 2567 จำนวนเงิน 1,573.50 บาท",
            "จัดส่งสินค้าภายในสิบวันทำการหลังจากชำระเงิน",
            "ทำไมคุณต้องวัดบ่อยขนาดนี้ เขาถามตั้งแต่วันแรก",
            "กรุณายืนยันการได้รับจดหมายฉบับนี้ทางโทรศัพท์",
        ),
        ("freefont/FreeSerif.ttf",),
    ),
)


def drawn(sample: Sample, font: Path, *, worn: bool) -> Pixels:
    """The lines, one under the other; `worn` blurs them, adds noise and takes them through a poor JPEG."""
    face = ImageFont.truetype(str(font), _SIZE)
    width = 2 * _MARGIN + max(int(face.getlength(line)) for line in sample.lines)
    image = Image.new("RGB", (width, 2 * _MARGIN + _LEADING * len(sample.lines)), "white")
    drawing = ImageDraw.Draw(image)
    for number, line in enumerate(sample.lines):
        place = (width - _MARGIN if sample.to_left else _MARGIN, _MARGIN + _LEADING * number)
        drawing.text(place, line, "black", face, anchor="ra" if sample.to_left else "la")
    pixels = np.asarray(image)
    if not worn:
        return pixels
    noise = np.random.default_rng(_SEED).normal(0, 10, pixels.shape)
    faint = np.clip(cv2.GaussianBlur(pixels, (0, 0), 0.8) * 0.85 + 20 + noise, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", faint, [cv2.IMWRITE_JPEG_QUALITY, 50])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)


def text(pixels: Pixels) -> str:
    """The lines of a page in reading order."""
    height, width = pixels.shape[:2]
    page = in_order(
        evidence.Page(
            1, float(width), float(height), LengthUnit.PIXEL, tuple(ocr.read(pixels, ocr.boxes(pixels)).words)
        )
    )
    return "\n".join(line.text for paragraph in paragraphs(page.blocks) for line in paragraph.lines)


def wrong(found: str, wanted: str) -> float:
    """Edit distance (Levenshtein) over the length of what is wanted, at most 1."""
    row = list(range(len(wanted) + 1))
    for number, one in enumerate(found, 1):
        last, row[0] = row[0], number
        for place, other in enumerate(wanted, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (one != other))
    return min(1.0, row[-1] / len(wanted))


def measured(pages: list[Pixels], wanted: str, installed: Callable[[Script], bool]) -> tuple[float, float]:
    """Mean rate of wrong characters and processor seconds a page, with what is installed."""
    tesseract.installed, kept = installed, tesseract.installed
    try:
        started = time.process_time()
        rates = [wrong(text(page), wanted) for page in pages]
        return sum(rates) / len(pages), (time.process_time() - started) / len(pages)
    finally:
        tesseract.installed = kept


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/truetype"))
    options = arguments.parse_args()
    ocr.warm()
    table = Table("language", "pages", "CER without data", "CER with data", "CPU-s without", "CPU-s with")
    for sample in SAMPLES:
        fonts = [font for name in sample.fonts if (font := options.fonts / name).is_file()]
        fonts = fonts or ([_DEJAVU] if sample.fonts[0].startswith("noto/") else [])
        pages = [drawn(sample, font, worn=worn) for font in fonts for worn in (False, True)]
        if pages:
            wanted = "\n".join(sample.lines)
            before, after = (measured(pages, wanted, kind) for kind in (lambda _: False, tesseract.installed))
            cells = (before[0], after[0], before[1], after[1])
            table.add_row(sample.language, str(len(pages)), *(f"{cell:.3f}" for cell in cells))
    Console().print(table)


if __name__ == "__main__":
    main()
