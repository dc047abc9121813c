"""hOCR and ALTO, read back by an XML parser."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.exportkit.trees import block, column, document, line, page, turned
from wenyun.exports.alto import NAMESPACE, document_alto
from wenyun.exports.hocr import document_hocr
from wenyun.result import Document, Line

XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = f"{{{NAMESPACE}}}"
HOSTILE = "</span><script>\"'&\x00\x0b\ufffe]]>"


def hocr(made: Document, lang: str = "zh") -> ET.Element:
    return ET.fromstring(document_hocr(made, lang))


def alto(made: Document) -> ET.Element:
    return ET.fromstring(document_alto(made))


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in root.iter() if one.get("class") == name]


def title(one: ET.Element) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in (one.get("title") or "").split(";"))


SMALL = document(block("title", line("年报", 10, 20)), block("text", line("Total 42元", 10, 60)))


def test_hocr_nests_and_counts_in_whole_pixels() -> None:
    root = hocr(SMALL)
    for name, count in (("page", 1), ("carea", 2), ("par", 2), ("line", 2)):
        assert len(of_class(root, f"ocr_{name}")) == count
    found = of_class(root, "ocrx_word")
    assert [one.text for one in found] == ["年报", "Total", "42", "元"]
    assert title(found[1]) == {"bbox": "10 60 60 80", "x_wconf": "90"}
    assert title(of_class(root, "ocr_page")[0]) == {"bbox": "0 0 400 300", "ppageno": "0"}
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert "".join(of_class(root, "ocr_line")[1].itertext()) == "Total 42元"


def test_hocr_has_points_as_pixels_at_300_an_inch() -> None:
    made = document(block("text", line("a", 72, 36, 12)), unit="pt", size=(595, 842))
    root = hocr(made)
    assert title(of_class(root, "ocr_page")[0])["scan_res"] == "300 300"
    assert title(of_class(root, "ocrx_word")[0])["bbox"] == "300 150 325 200"


def test_hocr_slopes_and_angles() -> None:
    tilted = Line("ab", 0.9, ((0, 0), (100, 10), (98, 30), (-2, 20)), "crnn")
    made = document(block("text", tilted, turned(line("ab"), 400), column("平沙")))
    lines = [title(one) for one in of_class(hocr(made), "ocr_line")]
    slope, offset = map(float, lines[0]["baseline"].split())
    assert slope == pytest.approx(0.1)
    assert offset == pytest.approx(-10, abs=0.1)
    assert lines[1]["textangle"] == "270.0"
    assert lines[2]["textangle"] == "0.0"


@pytest.mark.parametrize("write", [document_hocr, document_alto])
def test_no_text_can_become_markup(write: object) -> None:
    made = document(
        block("text", line(HOSTILE)), block("text", Line(HOSTILE, 0.5, line("a").box, "x"))
    )
    text = write(made)  # type: ignore[operator]
    root = ET.fromstring(text)
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    assert "\x00" not in text


def test_hocr_says_its_language() -> None:
    assert hocr(SMALL, "en").get("lang") == "en"


def test_alto_structure() -> None:
    root = alto(SMALL)
    assert [child.tag.removeprefix(ALTO) for child in root] == ["Description", "Tags", "Layout"]
    assert root.findtext(f"{ALTO}Description/{ALTO}MeasurementUnit") == "pixel"
    (found,) = root.iter(f"{ALTO}Page")
    assert (found.get("WIDTH"), found.get("HEIGHT")) == ("400", "300")
    blocks = list(root.iter(f"{ALTO}TextBlock"))
    tags = {tag.get("ID") for tag in root.iter(f"{ALTO}LayoutTag")}
    assert [one.get("TAGREFS") for one in blocks] == ["title", "text"]
    assert {"title", "text"} <= tags
    parts = [child.tag.removeprefix(ALTO) for child in blocks[1][0]]
    assert parts == ["String", "SP", "String", "String"]
    first = blocks[1][0][0]
    assert (first.get("CONTENT"), first.get("WC")) == ("Total", "0.900")
    assert [first.get(k) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == [
        "10.0",
        "60.0",
        "50.0",
        "20.0",
    ]
    assert [blocks[1][0][1].get(k) for k in ("HPOS", "WIDTH")] == ["60.0", "10.0"]
    ids = re.findall(r' ID="([^"]+)"', document_alto(SMALL))
    assert len(ids) == len(set(ids))


def test_alto_counts_points_in_parts_of_an_inch() -> None:
    made = document(block("text", line("a", 72, 36, 12)), unit="pt", size=(595, 842))
    root = alto(made)
    assert root.findtext(f"{ALTO}Description/{ALTO}MeasurementUnit") == "inch1200"
    assert next(root.iter(f"{ALTO}String")).get("HPOS") == "1200.0"


def test_alto_outlines_what_is_not_level_and_names_figures() -> None:
    tilted = Line("ab", 0.9, ((0, 0), (100, 10), (98, 30), (-2, 20)), "crnn")
    made = Document((page(block("figure"), block("text", tilted), number=7),))
    root = alto(made)
    assert len(list(root.iter(f"{ALTO}Illustration"))) == 1
    assert (
        next(root.iter(f"{ALTO}Polygon")).get("POINTS") == "0.0,0.0 100.0,10.0 98.0,30.0 -2.0,20.0"
    )
    assert next(root.iter(f"{ALTO}Page")).get("PHYSICAL_IMG_NR") == "7"
