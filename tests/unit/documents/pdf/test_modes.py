"""What is taken from a text layer and what is read as a picture, in each mode."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.papers.raw import HELVETICA, Raw, codes, helvetica, image, shown, wide_font, written
from tests.papers.typeset import han_font, lines, typeset
from tests.unit.documents.pdf.conftest import SheetOf
from wenyun.documents.sheets import Sheet

GREY = b"\x60"
"""The colour of pictures here: darker than paper, lighter than ink."""


def picture(pdf: Raw, width: int = 200, height: int = 100, more: str = "") -> int:
    return image(
        pdf,
        GREY * (width * height),
        width,
        height,
        f"/ColorSpace /DeviceGray /BitsPerComponent 8 {more}",
    )


def with_picture(
    content: bytes, place: str, pixels: tuple[int, int] = (200, 100), *, after: bool = False
) -> bytes:
    """A page of Latin text and a grey picture, `a b c d e f` of its matrix."""
    pdf = Raw()
    im = picture(pdf, *pixels)
    draw = f"q {place} cm /Im Do Q\n".encode()
    pdf.page(
        content + draw if after else draw + content,
        resources=f"{HELVETICA} /XObject << /Im {im} 0 R >>",
    )
    return pdf.build()


TEXT = helvetica([(60, 780, "A sound line of text"), (60, 760, "and another one below")])


def said(sheet: Sheet) -> list[str]:
    return sorted(line.text for line in sheet.lines)


def pixels_of(sheet: Sheet) -> NDArray[np.uint8]:
    assert sheet.pixels is not None
    return sheet.pixels


def ink(pixels: NDArray[np.uint8]) -> int:
    return int((pixels < 0x40).any(axis=2).sum())


def grey_part(sheet: Sheet) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the grey picture in points of the page."""
    grey = np.abs(pixels_of(sheet)[..., 0].astype(int) - 0x60) < 12
    rows, columns = np.flatnonzero(grey.any(1)), np.flatnonzero(grey.any(0))
    x, y = sheet.origin
    return (
        columns[0] / sheet.scale + x,
        rows[0] / sheet.scale + y,
        (columns[-1] + 1) / sheet.scale + x,
        (rows[-1] + 1) / sheet.scale + y,
    )


def test_a_sound_layer_is_taken_and_nothing_is_read(sheet_of: SheetOf) -> None:
    sheet = sheet_of(typeset(lines(["合同编号：二〇二四", "Contract No. 2024"], font=han_font())))
    assert said(sheet) == ["Contract No. 2024", "合同编号：二〇二四"]
    assert sheet.pixels is None
    assert sheet.overview is not None
    height, width = sheet.overview.shape[:2]
    assert width / height == pytest.approx(sheet.width / sheet.height, rel=0.01)
    assert ink(sheet.overview) > 500, "the layout sees the text"


def test_full_reads_every_page_as_a_picture(sheet_of: SheetOf) -> None:
    sheet = sheet_of(typeset(lines(["合同编号"], font=han_font())), pdf_mode="full")
    assert sheet.lines == ()
    assert pixels_of(sheet).shape[0] == pytest.approx(sheet.height * sheet.scale, abs=1)
    assert ink(pixels_of(sheet)) > 500


def test_a_picture_beside_a_sound_layer_is_read_too(sheet_of: SheetOf) -> None:
    sheet = sheet_of(with_picture(TEXT, "200 0 0 100 60 400"))
    assert said(sheet) == ["A sound line of text", "and another one below"]
    # Only the picture's part of the page is drawn, a little margin around it.
    assert grey_part(sheet) == pytest.approx((60, 342, 260, 442), abs=1)
    assert pixels_of(sheet).shape[0] == pytest.approx(108 * sheet.scale, abs=2)
    assert ink(pixels_of(sheet)) == 0


def test_text_over_a_picture_is_not_read_again(sheet_of: SheetOf) -> None:
    """A ground behind the whole page: its text is left out of what is drawn."""
    sheet = sheet_of(with_picture(TEXT, "595 0 0 842 0 0", (600, 842)))
    assert said(sheet) == ["A sound line of text", "and another one below"]
    assert pixels_of(sheet).shape[0] == pytest.approx(842 * sheet.scale, abs=2)
    assert ink(pixels_of(sheet)) == 0
    assert sheet.overview is not None
    assert ink(sheet.overview) > 100


def test_text_below_a_picture_is_as_good_as_invisible(sheet_of: SheetOf) -> None:
    sheet = sheet_of(with_picture(TEXT, "595 0 0 842 0 0", (600, 842), after=True))
    assert sheet.lines == ()
    assert pixels_of(sheet).shape[0] == pytest.approx(842 * sheet.scale, abs=2)


def test_small_marks_are_not_read(sheet_of: SheetOf) -> None:
    assert sheet_of(with_picture(TEXT, "8 0 0 8 60 400")).pixels is None


def test_a_picture_under_text_from_edge_to_edge_is_not_read(sheet_of: SheetOf) -> None:
    """A button's ground."""
    sheet = sheet_of(
        with_picture(helvetica([(62, 403, "Button with a name")]), "110 0 0 16 60 400")
    )
    assert said(sheet) == ["Button with a name"]
    assert sheet.pixels is None


def test_an_invisible_layer_is_another_programs_guess(sheet_of: SheetOf) -> None:
    sheet = sheet_of(written([(50, 700, "看不见的文字层")], mode=3))
    assert sheet.lines == ()
    assert sheet.pixels is not None


def test_a_page_with_nothing_on_it_is_not_drawn(sheet_of: SheetOf) -> None:
    pdf = Raw()
    pdf.page(b"")
    for mode in ("mixed", "full", "text"):
        sheet = sheet_of(pdf.build(), pdf_mode=mode)
        assert (sheet.pixels, sheet.lines, sheet.width) == (None, (), 595)


def test_lines_that_mean_nothing_are_read_and_the_others_taken(sheet_of: SheetOf) -> None:
    pdf = Raw()
    good, bad = "这一页的文字大多是可靠的内容，共有许多字。", "坏字"
    known = codes(good)
    font, broken = wide_font(pdf, known), wide_font(pdf, {1: "\ue123", 2: "\ufffd"})
    content = (
        f"BT /F1 12 Tf 1 0 0 1 60 700 Tm {shown(good, known)} Tj ET "
        f"BT /F2 12 Tf 1 0 0 1 60 300 Tm {shown(bad, codes(bad))} Tj ET"
    )
    pdf.page(content.encode(), resources=f"/Font << /F1 {font} 0 R /F2 {broken} 0 R >>")
    sheet = sheet_of(pdf.build())
    assert said(sheet) == [good]
    assert sheet.pixels is not None
    assert sheet.origin[0] == pytest.approx(56, abs=1)
    assert 842 - 300 - 24 < sheet.origin[1] < 842 - 300


def test_text_turned_to_outlines_is_read(sheet_of: SheetOf) -> None:
    curve = "0 0 m " + "3 9 6 -9 9 0 c " * 12 + "h f\n"
    letters = "".join(f"q 1 0 0 1 {60 + 12 * n} 300 cm {curve} Q\n" for n in range(8))
    pdf = Raw()
    pdf.page(TEXT + letters.encode(), resources=HELVETICA)
    sheet = sheet_of(pdf.build())
    assert len(sheet.lines) == 2
    assert ink(pixels_of(sheet)) > 20
    assert sheet.origin[1] == pytest.approx(842 - 300 - 9 - 4, abs=4)


def test_stamps_and_filled_fields_are_read(sheet_of: SheetOf) -> None:
    pdf = Raw()
    looks = pdf.stream(
        b"0.376 g 0 0 100 40 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 40]"
    )
    for kind in ("/Stamp", "/FreeText", "/Widget /FT /Tx /T (a)"):
        note = pdf.add(
            f"<< /Type /Annot /Subtype {kind} /Rect [300 100 400 140] /F 4 "
            f"/AP << /N {looks} 0 R >> >>"
        )
        pdf.page(TEXT, resources=HELVETICA, more=f"/Annots [{note} 0 R]")
    hidden = pdf.add(
        f"<< /Type /Annot /Subtype /Stamp /Rect [300 100 400 140] /F 2 /AP << /N {looks} 0 R >> >>"
    )
    pdf.page(TEXT, resources=HELVETICA, more=f"/Annots [{hidden} 0 R]")
    for number in (1, 2, 3):
        sheet = sheet_of(pdf.build(), number)
        assert len(sheet.lines) == 2
        assert grey_part(sheet) == pytest.approx((300, 702, 400, 742), abs=1)
    assert sheet_of(pdf.build(), 4).pixels is None


def test_a_value_without_looks_of_its_own_is_drawn(sheet_of: SheetOf) -> None:
    pdf = Raw()
    field = pdf.add(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Filled in by hand) /F 4 "
        "/DA (/Helv 12 Tf 0 g) /Rect [100 500 300 520] >>"
    )
    pdf.page(b"", more=f"/Annots [{field} 0 R]")
    form = f"/AcroForm << /Fields [{field} 0 R] /NeedAppearances true /DR << {HELVETICA} >> >>"
    sheet = sheet_of(pdf.build(catalogue=form))
    assert ink(pixels_of(sheet)) > 50


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pictures_of_turned_pages_stand_where_they_are_seen(sheet_of: SheetOf, turn: int) -> None:
    pdf = Raw()
    im = picture(pdf)
    pdf.page(
        TEXT + b"q 200 0 0 100 60 400 cm /Im Do Q",
        resources=f"{HELVETICA} /XObject << /Im {im} 0 R >>",
        more=f"/Rotate {turn}",
    )
    expected = {
        0: (60, 342, 260, 442),
        90: (400, 60, 500, 260),
        180: (335, 400, 535, 500),
        270: (342, 335, 442, 535),
    }
    assert grey_part(sheet_of(pdf.build())) == pytest.approx(expected[turn], abs=1.5)


def test_pixels_are_those_of_the_picture(sheet_of: SheetOf) -> None:
    """A scan comes out as it went in, colours and all."""
    rng = np.random.default_rng(7)
    small = rng.integers(0, 256, (30, 20, 3), dtype=np.uint8)
    scan = cv2.resize(small, (400, 600), interpolation=cv2.INTER_CUBIC)
    pdf = Raw()
    im = image(
        pdf, scan[..., ::-1].tobytes(), 400, 600, "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    pdf.page(
        b"q 200 0 0 300 0 0 cm /Im Do Q", size=(200, 300), resources=f"/XObject << /Im {im} 0 R >>"
    )
    sheet = sheet_of(pdf.build())
    assert sheet.scale == pytest.approx(2)
    assert pixels_of(sheet).shape == (600, 400, 3)
    assert np.abs(pixels_of(sheet).astype(int) - scan).mean() < 1
