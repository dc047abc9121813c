"""Lines of a text layer: their words, spaces, places and characters."""

import math

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.papers.raw import HELVETICA, Raw, helvetica, written
from tests.papers.typeset import han_font, latin_font, lines, typeset, vertical_font
from tests.unit.documents.pdf.conftest import SheetOf
from wenyun.documents.sheets import Sheet
from wenyun.result import Line


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.lines]


def line_of(sheet: Sheet, text: str) -> Line:
    return next(line for line in sheet.lines if line.text == text)


def test_chinese_and_english_of_an_embedded_font(sheet_of: SheetOf) -> None:
    said = ["文云识别中文 and English, 12.50 元", "共12页Word文档。", "it’s “ok” — really"]
    sheet = sheet_of(typeset(lines(said, font=han_font())))
    assert texts(sheet) == said
    assert sheet.pixels is None, "nothing is left to be read"
    assert {line.model for line in sheet.lines} == {"pdf_text"}
    assert {line.confidence for line in sheet.lines} == {1.0}


def test_ligatures_are_letters(sheet_of: SheetOf) -> None:
    said = "\ufb01nal of\ufb01ce"
    (line,) = sheet_of(typeset(lines([said], font=latin_font()))).lines
    assert line.text == "final office"
    assert "".join(c.text for c in line.characters) == line.text


def test_radicals_are_the_characters_they_stand_for(sheet_of: SheetOf) -> None:
    data = written([(50, 700, "文字一页")], mapping={1: "⽂", 2: "字", 3: "⼀", 4: "⻚"})
    (line,) = sheet_of(data).lines
    assert line.text.startswith("文字一")


def test_characters_beyond_the_first_plane(sheet_of: SheetOf) -> None:
    (line,) = sheet_of(
        written([(50, 700, "甲乙丙丁")], mapping=dict(enumerate("吉𠮷野家", 1)))
    ).lines
    assert line.text == "吉𠮷野家"
    assert [c.text for c in line.characters] == list("吉𠮷野家")


def test_every_character_has_its_box(sheet_of: SheetOf) -> None:
    (line,) = sheet_of(written([(50, 700, "中文测试")])).lines
    assert [c.text for c in line.characters] == list(line.text)
    lefts = [c.box[0][0] for c in line.characters]
    assert lefts == pytest.approx([50, 62, 74, 86], abs=0.1)
    assert line.box[0] == pytest.approx(line.characters[0].box[0])
    assert line.box[1] == pytest.approx(line.characters[-1].box[1])
    # Baseline at 700 from the bottom of 842 points.
    assert line.box[0][1] < 142 < line.box[3][1] < 146


def test_a_space_has_a_box_between_its_neighbours(sheet_of: SheetOf) -> None:
    (line,) = sheet_of(typeset(lines(["one two"], font=latin_font()))).lines
    before, space, after = line.characters[2:5]
    assert (space.text, before.text, after.text) == (" ", "e", "t")
    assert before.box[1][0] <= space.box[0][0] + 0.1
    assert space.box[1][0] <= after.box[0][0] + 0.1


def test_letters_placed_one_by_one_are_words(sheet_of: SheetOf) -> None:
    font = latin_font()

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 12)
        x = 60.0
        for char in "letters one by one":
            if char != " ":
                canvas.drawString(x, 700, char)
            x += canvas.stringWidth(char, font, 12)

    assert texts(sheet_of(typeset(draw))) == ["letters one by one"]


def test_spaced_letters_are_one_word(sheet_of: SheetOf) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 500)
        text.setFont(latin_font(), 12)
        text.setCharSpace(3)
        text.textLine("spaced out letters")
        canvas.drawText(text)

    assert texts(sheet_of(typeset(draw))) == ["spaced out letters"]


def test_text_drawn_twice_to_look_bold_is_there_once(sheet_of: SheetOf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(han_font(), 12)
        for shift in (0, 0.3):
            canvas.drawString(60 + shift, 450, "假粗体 bold text")

    assert texts(sheet_of(typeset(draw))) == ["假粗体 bold text"]


def test_an_index_stays_in_its_line(sheet_of: SheetOf) -> None:
    def draw(canvas: Canvas) -> None:
        for x, y, size, text in ((60, 360, 12, "H"), (69.3, 357, 7, "2"), (74, 360, 12, "O water")):
            canvas.setFont(latin_font(), size)
            canvas.drawString(x, y, text)

    assert texts(sheet_of(typeset(draw))) == ["H2O water"]


def test_columns_and_cells_are_lines_of_their_own(sheet_of: SheetOf) -> None:
    said = [(60, 700, "Left side"), (300, 700, "Right side"), (60, 680, "below")]
    pdf = Raw()
    pdf.page(helvetica(said), resources=HELVETICA)
    assert sorted(texts(sheet_of(pdf.build()))) == ["Left side", "Right side", "below"]


def test_a_line_in_two_parts_is_joined(sheet_of: SheetOf) -> None:
    pdf = Raw()
    pdf.page(
        helvetica([(60, 700, "First"), (60, 680, "other"), (88, 700, "second")]),
        resources=HELVETICA,
    )
    assert sorted(texts(sheet_of(pdf.build()))) == ["First second", "other"]


@pytest.mark.parametrize(
    ("degrees", "first", "second"),
    [(0, (200, 542), (260, 542)), (90, (200, 542), (200, 482)), (180, (200, 542), (140, 542)),
     (270, (200, 542), (200, 602)), (45, (200, 542), (242, 500)), (10, (200, 542), (259, 532))],
)  # fmt: skip
def test_turned_text(
    sheet_of: SheetOf, degrees: int, first: tuple[float, float], second: tuple[float, float]
) -> None:
    """The baseline's two ends: on the page, y runs down and turns are against the clock in PDF."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(han_font(), 12)
        canvas.translate(200, 300)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, "五个字的行")

    (line,) = sheet_of(typeset(draw)).lines
    assert line.text == "五个字的行"
    top_left, top_right, bottom_right, bottom_left = line.box
    for point, top, bottom in ((first, top_left, bottom_left), (second, top_right, bottom_right)):
        down = math.dist(top, bottom)
        assert math.dist(point, bottom) < 0.35 * down
        assert math.dist(point, top) > 0.6 * down


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [(0, (480, 770), (30, 90)), (90, (770, 480), (680, 30)), (180, (480, 770), (450, 680)),
     (270, (770, 480), (90, 450))],
)  # fmt: skip
def test_turned_and_cropped_pages(
    sheet_of: SheetOf, turn: int, size: tuple[float, float], corner: tuple[float, float]
) -> None:
    data = written([(50, 700, "中文")], more=f"/Rotate {turn} /CropBox [20 30 500 800]")
    sheet = sheet_of(data)
    assert (sheet.width, sheet.height) == size
    (line,) = sheet.lines
    assert line.box[0] == pytest.approx(corner, abs=2)


def test_columns_of_vertical_text(sheet_of: SheetOf) -> None:
    font = vertical_font()

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 14)
        canvas.drawString(330, 700, "第一列在右边")
        canvas.drawString(300, 700, "第二列在左边，")

    sheet = sheet_of(typeset(draw))
    assert sorted(texts(sheet)) == ["第一列在右边", "第二列在左边，"]
    assert sheet.columns == 2
    line = line_of(sheet, "第一列在右边")
    assert line.box[0] == pytest.approx((323, 142), abs=1)
    assert line.box[2] == pytest.approx((337, 226), abs=1)
    tops = [c.box[0][1] for c in line.characters]
    assert tops == sorted(tops)


def test_numbers_below_each_other_are_no_vertical_text(sheet_of: SheetOf) -> None:
    sheet = sheet_of(typeset(lines(list("12345"), font=han_font())))
    assert texts(sheet) == list("12345")
    assert sheet.columns == 0


def test_text_outside_the_page_is_not_there(sheet_of: SheetOf) -> None:
    data = written([(50, 700, "在页面里面的文字"), (900, 700, "在外面"), (50, -40, "在下面")])
    assert texts(sheet_of(data)) == ["在页面里面的文字"]


def test_text_in_a_form_object(sheet_of: SheetOf) -> None:
    pdf = Raw()
    form = pdf.stream(
        helvetica([(0, 0, "Inside a form")]),
        f"/Type /XObject /Subtype /Form /BBox [-10 -10 300 30] /Resources << {HELVETICA} >>",
    )
    pdf.page(b"q 2 0 0 2 100 400 cm /F Do Q", resources=f"/XObject << /F {form} 0 R >>")
    (line,) = sheet_of(pdf.build()).lines
    assert line.text == "Inside a form"
    assert line.box[3] == pytest.approx((100, 442), abs=8)
    assert line.box[3][1] - line.box[0][1] > 20, "twice the size"


def test_mode_text_takes_what_there_is(sheet_of: SheetOf) -> None:
    hidden = written([(50, 700, "看不见的文字层")], mode=3)
    sheet = sheet_of(hidden, pdf_mode="text")
    assert texts(sheet) == ["看不见的文字层"]
    assert sheet.pixels is None
