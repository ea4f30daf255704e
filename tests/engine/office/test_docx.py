"""What a Word file states comes out as it is displayed."""

from __future__ import annotations

import io

import docx
import pytest
from docx.shared import Pt

from contract.layout import CellKind, ParagraphRole
from contract.options import PageRange
from contract.page import SelectionState
from engine.evidence import Word
from tests.engine.images import recognizing, word
from tests.engine.office.files import laid_out, markdown, picture, roles, saved, with_parts, word_xml
from tests.engine.pdfs import analyzed

NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>measured twice</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def test_headings_have_roles_and_levels() -> None:
    document = docx.Document()
    document.add_heading("The Tide Book", 0)
    document.add_heading("Springs", 1)
    document.add_paragraph("High water.")
    document.add_heading("At noon", 2)
    found = laid_out(saved(document))
    assert roles(found) == [
        ("The Tide Book", ParagraphRole.TITLE),
        ("Springs", ParagraphRole.SECTION_HEADING),
        ("High water.", None),
        ("At noon", ParagraphRole.SECTION_HEADING),
    ]
    assert markdown(saved(document)) == "# The Tide Book\n\n\n## Springs\n\nHigh water.\n\n\n### At noon"
    assert [section.elements for section in found.sections or []][1:] == [
        ["/paragraphs/1", "/paragraphs/2", "/sections/2"],
        ["/paragraphs/3"],
    ]


def test_prebuilt_read_gives_the_text_alone() -> None:
    document = docx.Document()
    document.add_heading("Tides", 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "neap", "spring"
    found = analyzed(saved(document))
    assert roles(found) == [("Tides", None), ("neap", None), ("spring", None)]
    assert found.tables is None
    assert found.content == "Tides\nneap\nspring"


def test_a_page_has_words_and_no_geometry() -> None:
    document = docx.Document()
    document.add_paragraph("High 潮汐 water")
    (page,) = laid_out(saved(document)).pages
    assert [one.content for one in page.words or []] == ["High", "潮", "汐", "water"]
    assert (page.unit, page.width, page.angle, page.lines) == (None, None, None, None)
    assert all(one.polygon is None and one.confidence == 1.0 for one in page.words or [])


def test_pages_hold_3000_characters_and_cannot_be_chosen() -> None:
    document = docx.Document()
    for number in range(70):
        document.add_paragraph(f"{number:02d} " + "x" * 96)
    found = laid_out(saved(document), pages=(PageRange(2, 2),))
    assert [page.spans[0].length for page in found.pages] == [2999, 2999, 999]
    assert analyzed(saved(document)).content.count("\n") == 69


def test_bullets_and_numbers_are_displayed() -> None:
    document = docx.Document()
    for style in ("List Bullet", "List Number", "List Number", "List Bullet", "List Number"):
        document.add_paragraph("item", style=style)
    assert laid_out(saved(document)).content == "• item\n1. item\n2. item\n• item\n3. item"


def test_numbers_of_lower_levels_begin_again() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (shape, text) in enumerate([("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("upperRoman", "(%3)")])
    )
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    items = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        "<w:r><w:t>x</w:t></w:r></w:p>"
        for level in (0, 1, 1, 2, 0, 1)
    )
    document = with_parts(word_xml(items), {"word/numbering.xml": numbering.encode()})
    assert laid_out(document).content.split("\n") == ["1. x", "1.a) x", "1.b) x", "(I) x", "2. x", "2.a) x"]


def test_a_table_has_merged_cells_and_headers() -> None:
    document = docx.Document()
    table = document.add_table(3, 3, style="Light Grid Accent 1")
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"c{number}"
    table.cell(1, 1).merge(table.cell(2, 2))
    (found,) = laid_out(saved(document)).tables or []
    assert (found.row_count, found.column_count) == (3, 3)
    assert [(cell.row_index, cell.column_index, cell.row_span, cell.column_span) for cell in found.cells] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 2, 2), (2, 0, 1, 1),
    ]  # fmt: skip
    assert [cell.kind for cell in found.cells][2:5] == [
        CellKind.COLUMN_HEADER,
        CellKind.ROW_HEADER,
        CellKind.CONTENT,
    ]


def test_a_bold_first_row_is_a_header_and_a_plain_one_is_not() -> None:
    document = docx.Document()
    for bold in (True, False):
        table = document.add_table(2, 1)
        table.cell(0, 0).paragraphs[0].add_run("Tide").bold = bold
        table.cell(1, 0).text = "neap"
    bold_one, plain_one = laid_out(saved(document)).tables or []
    assert bold_one.cells[0].kind is CellKind.COLUMN_HEADER
    assert plain_one.cells[0].kind is CellKind.CONTENT


def test_captions_stand_with_their_tables_and_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    document = docx.Document()
    document.add_paragraph("Table 1: tides", style="Caption")
    document.add_table(1, 2).cell(0, 0).text = "neap"
    document.add_picture(io.BytesIO(picture()))
    document.add_paragraph("Figure 1: a gauge", style="Caption")
    found = laid_out(saved(document))
    assert [one.caption.content for one in found.tables or [] if one.caption] == ["Table 1: tides"]
    assert [(one.id, one.caption.content) for one in found.figures or [] if one.caption] == [
        ("1.1", "Figure 1: a gauge")
    ]


def test_the_text_of_a_picture_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Word] = [word("GAUGE", 5, 5, 60, 20)]
    recognizing(monkeypatch, lambda pixels: seen)
    document = docx.Document()
    for _ in range(2):
        document.add_picture(io.BytesIO(picture()))
    assert laid_out(saved(document)).content == "GAUGE\nGAUGE"


def test_headers_and_footers_are_said_once() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Harbour Office"
    document.sections[0].footer.paragraphs[0].text = "7"
    document.add_paragraph("one")
    document.add_section().footer.is_linked_to_previous = True
    document.add_paragraph("two")
    assert roles(laid_out(saved(document))) == [
        ("Harbour Office", ParagraphRole.PAGE_HEADER),
        ("one", None),
        ("7", ParagraphRole.PAGE_NUMBER),
        ("two", None),
    ]


def test_a_footnote_stands_at_the_foot_of_its_page() -> None:
    body = (
        '<w:p><w:r><w:t>Deep water</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
        "<w:p><w:r><w:t>More.</w:t></w:r></w:p>"
    )
    document = with_parts(
        word_xml(body),
        {"word/footnotes.xml": NOTES.encode()},
        {
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                '<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
                '2006/relationships/footnotes"/></Relationships>',
            )
        },
    )
    assert roles(laid_out(document)) == [
        ("Deep water¹", None),
        ("More.", None),
        ("¹ measured twice", ParagraphRole.FOOTNOTE),
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>", "ab"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>", "non-stop"),
        ("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "a"),
        ('<w:r><w:t xml:space="preserve">a </w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>', "a b"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>b</w:t></w:r>", "b"),
        ('<w:hyperlink r:id="rId1"><w:r><w:t>link</w:t></w:r></w:hyperlink>', "link"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "5",
        ),
    ],
)
def test_text_is_what_is_displayed(runs: str, text: str) -> None:
    assert laid_out(word_xml(f"<w:p>{runs}</w:p>")).content == text


def test_boxes_to_tick_are_selection_marks() -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
    )
    document = word_xml(f"<w:p>{box}<w:r><w:t>agreed</w:t></w:r></w:p>")
    found = laid_out(document)
    assert [mark.state for mark in found.pages[0].selection_marks or []] == [SelectionState.SELECTED]
    assert found.content == ":selected: agreed"
    assert analyzed(document).content == "☒ agreed"


def test_a_heading_of_a_whole_paragraph_is_text() -> None:
    document = docx.Document()
    document.add_heading("word " * 100, 1)
    assert [role for _, role in roles(laid_out(saved(document)))] == [None]


def test_an_empty_file_is_a_page_without_words() -> None:
    found = laid_out(saved(docx.Document()))
    assert [(page.page_number, page.words) for page in found.pages] == [(1, [])]
    assert found.content == ""


def test_a_text_box_is_read() -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>'
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert laid_out(word_xml(box)).content == "boxed"


def test_the_look_of_text_says_nothing() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Large").font.size = Pt(40)
    assert roles(laid_out(saved(document))) == [("Large", None)]


X, Y = "<m:r><m:t>x</m:t></m:r>", "<m:r><m:t>y</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<m:sSup><m:sSupPr/><m:e>{X}</m:e><m:sup>{Y}</m:sup></m:sSup>", "x^y"),
        (f"<m:sSubSup><m:e>{X}</m:e><m:sub>{X}{Y}</m:sub><m:sup>{Y}</m:sup></m:sSubSup>", "x_xy^y"),
        (f"<m:f><m:num>{X}<m:r><m:t>+</m:t></m:r>{Y}</m:num><m:den>{Y}</m:den></m:f>", "(x+y)/y"),
        (f"<m:rad><m:deg/><m:e>{X}</m:e></m:rad>", "√x"),
        (f'<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e>{X}</m:e><m:e>{Y}</m:e></m:d>', "[x|y)"),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{X}</m:sub><m:sup/><m:e>{Y}</m:e></m:nary>', "∑_x y"),
        (f"<m:func><m:fName>{X}</m:fName><m:e>{Y}</m:e></m:func>", "x y"),
        (
            f"<m:m><m:mr><m:e>{X}</m:e><m:e>{Y}</m:e></m:mr><m:mr><m:e>{Y}</m:e><m:e>{X}</m:e></m:mr></m:m>",
            "[x, y; y, x]",
        ),
        (f"<m:limLow><m:e>{X}</m:e><m:lim>{Y}</m:lim></m:limLow>", "x_y"),
    ],
)
def test_a_formula_is_written_in_one_line(formula: str, text: str) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    assert laid_out(word_xml(f"<w:p><m:oMath {space}>{formula}</m:oMath></w:p>")).content == text


@pytest.mark.parametrize("target", ["NULL", "../NULL", "media/gone.png", "/word/gone.xml"])
def test_a_relation_to_a_part_that_is_not_there_is_passed_over(target: str) -> None:
    relation = (
        f'<Relationship Id="rId99" Target="{target}" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/image"/></Relationships>'
    )
    document = docx.Document()
    document.add_heading("Tides", 1)
    document.sections[0].header.paragraphs[0].text = "Harbour"
    broken = with_parts(saved(document), {}, {"word/_rels/document.xml.rels": ("</Relationships>", relation)})
    assert laid_out(broken).content == laid_out(saved(document)).content == "Harbour\nTides"
