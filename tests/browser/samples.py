"""Draws the page's samples: `python -m tests.browser.samples` into functions/webui/samples."""

import argparse
import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.browser.service import PAGE
from tests.papers.typeset import A4, Draw, han_font, lines, typeset
from tests.scenes.catalogue import render

PICTURES = {
    "invoice": ("invoice", 3),
    "sign": ("sign", 3),
    "menu": ("menu", 3),
    "handwriting": ("handwriting", 4),
    "english": ("english", 4),
}
"""Each sample and the scene's page that it is."""

QUALITY = 80
SMALL = (192, 144)
"""Pixels of a sample's small picture: two dots a pixel of the page."""

CONTRACT = (
    "技术服务合同",
    "",
    "甲方：上海文澜信息科技有限公司",
    "乙方：杭州云起办公用品有限公司",
    "",
    "一、服务内容：乙方为甲方提供文档数字化服务，包括扫描、识别与校对。",
    "二、服务期限：自 2026 年 1 月 1 日起至 2026 年 12 月 31 日止。",
    "三、合同金额：人民币 56,140.30 元（伍万陆仟壹佰肆拾元叁角整）。",
    "四、付款方式：验收合格后 30 日内一次付清。",
    "",
    "Contact: service@wenyun.example, Tel. 021-5555 0142",
)
"""The first page of the document; it has a text layer, the others are scans."""


def main() -> None:
    """Draw every sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PAGE / "samples")
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {name: picture(scene, seed) for name, (scene, seed) in PICTURES.items()}
    for name, drawn in pictures.items():
        drawn.save(folder / f"{name}.webp", quality=QUALITY, method=6)
    scans = [picture("book", 5), picture("card", 4)]
    (folder / "contract.pdf").write_bytes(document(scans))
    sheet([*pictures.values(), scans[0]]).save(folder / "samples.webp", quality=60, method=6)


def picture(scene: str, seed: int) -> Image.Image:
    """A scene's page in RGB."""
    return Image.fromarray(render(scene, seed).picture)


def document(scans: Iterable[Image.Image]) -> bytes:
    """A PDF: a page with a text layer, then a scan a page."""
    text = lines(CONTRACT, font=han_font(), size=14, at=(60, 740))
    return typeset(text, *map(scan_page, scans))


def scan_page(scan: Image.Image) -> Draw:
    """A page that holds a picture, as wide as the page or as high."""

    def draw(canvas: Canvas) -> None:
        out = io.BytesIO()
        scan.save(out, "JPEG", quality=70)
        out.seek(0)
        # Centred on the page, inside its margins.
        canvas.drawImage(ImageReader(out), 30, 30, A4[0] - 60, A4[1] - 60, preserveAspectRatio=True)

    return draw


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """The small pictures side by side; of a tall page its upper part."""
    row = Image.new("RGB", (SMALL[0] * len(pictures), SMALL[1]))
    for place, drawn in enumerate(pictures):
        small = ImageOps.fit(drawn, SMALL, Image.Resampling.LANCZOS, centering=(0.5, 0.1))
        row.paste(small, (SMALL[0] * place, 0))
    return row


if __name__ == "__main__":
    main()
