"""Whole documents through the real engine: a page of a PDF reads like its picture."""

import cv2
import numpy as np
import pytest

from tests.bench.text import normal
from tests.papers.raw import HELVETICA, Raw, helvetica, image
from tests.papers.scans import scanned
from tests.papers.typeset import han_font, lines, typeset
from tests.scenes.catalogue import render
from tests.scenes.files import encoded
from tests.scenes.page import ScenePage
from wenyun.deadline import Deadline
from wenyun.documents.reader import Limits
from wenyun.documents.reading import DocumentReader
from wenyun.engine.pipeline import Engine
from wenyun.options import parse_options
from wenyun.result import Document, Page


@pytest.fixture(scope="session")
def reader(engine: Engine) -> DocumentReader:
    return DocumentReader(engine, Limits(bytes=50_000_000, pixels=50_000_000))


def read(reader: DocumentReader, data: bytes, **options: object) -> Document:
    return reader.read(data, parse_options({"profile": "fast", **options}), Deadline())


def texts(page: Page) -> set[str]:
    return {normal(line.text) for line in page.lines()}


def found(page: Page, truth: ScenePage) -> float:
    wanted = [normal(line.text) for line in truth.lines]
    return sum(line in texts(page) for line in wanted) / len(wanted)


def test_a_scan_reads_as_well_as_its_picture(reader: DocumentReader) -> None:
    scenes = [render("book", 5), render("english", 6)]
    document = read(reader, scanned(scenes))
    for page, scene in zip(document.pages, scenes, strict=True):
        (alone,) = read(reader, encoded(scene, ".jpg")).pages
        assert found(page, scene) >= found(alone, scene) - 0.05
        assert page.unit == "pt"
        assert page.width == pytest.approx(595)
        scale = page.width / alone.width
        here, there = (next(iter(one.lines())).box for one in (page, alone))
        assert np.array(here) == pytest.approx(np.array(there) * scale, abs=3)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_the_file_turns_upright(reader: DocumentReader, turn: int) -> None:
    """Scanners store the sheet as it lay and say how to turn it."""
    scene = render("book", 5)
    stored = cv2.rotate(
        scene.picture[..., ::-1].copy(),
        {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}[
            turn
        ],
    )
    height, width = stored.shape[:2]
    pdf = Raw()
    _, jpeg = cv2.imencode(".jpg", stored, [cv2.IMWRITE_JPEG_QUALITY, 92])
    im = image(
        pdf,
        jpeg.tobytes(),
        width,
        height,
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    )
    size = (width * 0.6, height * 0.6)
    pdf.page(
        f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q".encode(),
        size=size,
        resources=f"/XObject << /Im {im} 0 R >>",
        more=f"/Rotate {turn}",
    )
    (page,) = read(reader, pdf.build()).pages
    assert page.angle == 0
    (alone,) = read(reader, encoded(scene, ".jpg")).pages
    assert found(page, scene) >= found(alone, scene) - 0.05
    assert found(page, scene) > 0.8


def test_a_text_layer_and_a_picture_come_in_one_order(reader: DocumentReader) -> None:
    scene = render("card", 4)
    pdf = Raw()
    width, height = scene.size
    im = image(
        pdf,
        encoded(scene, ".jpg"),
        width,
        height,
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    )
    tall = 400 * height / width
    content = helvetica([(60, 790, "Copy of an identity card"), (60, 60, "End of the copy")])
    content += f"q 400 0 0 {tall} 60 {770 - tall} cm /Im Do Q".encode()
    pdf.page(content, resources=f"{HELVETICA} /XObject << /Im {im} 0 R >>")
    (page,) = read(reader, pdf.build()).pages
    said = [line.text for line in page.lines()]
    assert said[0] == "Copy of an identity card"
    assert said[-1] == "End of the copy"
    assert [line.model for line in page.lines()].count("pdf_text") == 2
    assert found(page, scene) > 0.6
    for line in page.lines():
        assert all(0 <= x <= 595 and 0 <= y <= 842 for x, y in line.box)


SAID = ("文云识别中文与英文，服务器无需维护。", "Invoice No. 2024-0815", "合计金额：¥1,250.00 元")


def test_both_ways_of_reading_a_page_agree(reader: DocumentReader) -> None:
    data = typeset(lines(SAID, font=han_font()))
    (taken,) = read(reader, data).pages
    (seen,) = read(reader, data, pdf_mode="full").pages
    assert [line.text for line in taken.lines()] == list(SAID)
    assert {line.model for line in seen.lines()} == {"crnn"}
    assert texts(seen) == texts(taken)
    for one, other in zip(taken.lines(), seen.lines(), strict=True):
        assert np.array(one.box) == pytest.approx(np.array(other.box), abs=12)


def test_a_region_in_points_on_a_picture(reader: DocumentReader) -> None:
    data = typeset(lines(SAID, font=han_font()))
    (page,) = read(reader, data, pdf_mode="full", region="40,85,400,25").pages
    assert texts(page) == {normal(SAID[1])}
    (page,) = read(reader, data, pdf_mode="full", ignore="40,85,400,25").pages
    assert texts(page) == {normal(SAID[0]), normal(SAID[2])}


def test_drawings_and_photos_of_a_slide_are_read(reader: DocumentReader) -> None:
    """No text layer at all, and nothing that tells the size of the text."""
    scene = render("sign", 3)
    (page,) = read(reader, scanned([scene], width=960)).pages
    assert found(page, scene) > 0.5
