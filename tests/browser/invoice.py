"""A realistic invoice, drawn with known words at known places, and the answer it deserves."""

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw, ImageFont

SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
SIMPLIFIED = 2
"""The face inside the font collection that draws simplified Chinese shapes."""

RED, INK, GREY, BLUE = "#b3261e", "#1d1d1f", "#8a8f98", "#27408b"
COLUMNS = (70, 330, 470, 560, 690, 850, 1010)
GOODS = (
    ("*办公用品*A4 复印纸", "70g 500张", "箱", "12", "168.00", "2016.00", "13%"),
    ("*计算机设备*移动硬盘", "2TB USB-C", "个", "3", "459.00", "1377.00", "13%"),
    ("*信息技术服务*云存储", "年费", "项", "1", "1200.00", "1200.00", "6%"),
    ("*办公用品*Wireless Mouse", "M330", "只", "5", "89.90", "449.50", "13%"),
)
HEADS = ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率")
UNSURE = {"年费": 0.62, "M330": 0.84}


@dataclass(slots=True)
class Sheet:
    """A page being drawn, which remembers where each line went."""

    width: int = 1180
    height: int = 860
    text: list[dict[str, Any]] = field(default_factory=list)
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), "#fdfcf7")
        self.pen = ImageDraw.Draw(self.image)

    def write(
        self, x: int, y: int, words: str, size: int = 22, ink: str = INK, face: str = SANS
    ) -> None:
        """Draw a line with its top left at (x, y)."""
        font = ImageFont.truetype(face, size, index=SIMPLIFIED)
        self.pen.text((x, y), words, fill=ink, font=font)
        left, top, right, bottom = (round(edge) for edge in self.pen.textbbox((x, y), words, font))
        left, top, right, bottom = left - 3, top - 3, right + 3, bottom + 3
        box = [[left, top], [right, top], [right, bottom], [left, bottom]]
        sure = UNSURE.get(words, 0.999 - len(words) % 7 / 400)
        line = {"text": words, "confidence": round(sure, 4), "box": box, "page": 1}
        self.text.append(line | {"model": "second" if sure < 0.9 else "crnn"})

    def png(self) -> bytes:
        """The page as a PNG file."""
        return encode(self.image, "PNG")

    def answer(self) -> dict[str, Any]:
        """The contract's answer for the page."""
        return answer(self.text, self.width, self.height)


def answer(text: list[dict[str, Any]], width: int, height: int) -> dict[str, Any]:
    """An answer of the contract with these lines in one block."""
    whole = [[0, 0], [width, 0], [width, height], [0, height]]
    lines = [{key: line[key] for key in ("text", "confidence", "box")} for line in text]
    block = {"type": "text", "box": whole, "lines": lines}
    page = {"page": 1, "width": width, "height": height, "angle": 0, "blocks": [block]}
    return {
        "success": True,
        "text": text,
        "total_time": 0.4217,
        "pages": [page],
        "profile": "balanced",
        "lang": "zh",
        "request_id": "test-request",
        "warnings": [],
    }


def pdf_answer(pages: int) -> dict[str, Any]:
    """An answer of a PDF with two lines a page."""
    box = [[60, 60], [160, 60], [160, 75], [60, 75]]
    text = [
        {"text": f"Line {line} of {page}", "confidence": 1.0, "box": box, "page": page,
         "model": "pdf_text"}
        for page in range(1, pages + 1)
        for line in (1, 2)
    ]  # fmt: skip
    whole = answer(text[:2], 595, 842)
    whole["text"] = text
    (first,) = whole["pages"]
    whole["pages"] = [{**first, "page": page} for page in range(1, pages + 1)]
    return whole


def encode(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The image as a file of that kind."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def draw_invoice() -> Sheet:
    """An invoice of four goods with a red seal."""
    sheet = Sheet()
    sheet.write(412, 34, "电子发票（普通发票）", 36, RED, BOLD)
    sheet.write(846, 96, "发票号码：24312000000118635527", 19)
    sheet.write(846, 128, "开票日期：2026年11月24日", 19)
    _parties(sheet)
    _goods(sheet)
    sheet.write(70, 640, "价税合计（大写）", 21, GREY)
    sheet.write(290, 638, "伍仟陆佰壹拾肆圆零叁分", 23, INK, BOLD)
    sheet.write(850, 638, "¥5,614.03", 25, INK, BOLD)
    sheet.write(70, 706, "备注：Order No. WY-2026-1124, thank you!", 20)
    sheet.write(70, 790, "开票人：陈晓云", 20)
    _seal(sheet)
    return sheet


def draw_long_invoice(goods: int = 60) -> Sheet:
    """A list of goods as long as a till's roll."""
    sheet = Sheet(height=250 + 50 * goods)
    sheet.write(440, 34, "销售货物清单", 36, RED, BOLD)
    for x, head in zip(COLUMNS, HEADS, strict=True):
        sheet.write(x, 120, head, 20, GREY)
    for row in range(goods):
        name, *cells = GOODS[row % len(GOODS)]
        sheet.pen.line((50, 158 + 50 * row, 1130, 158 + 50 * row), fill="#d5d9e4", width=1)
        for x, cell in zip(COLUMNS, (f"{row + 1:02d} {name}"[:18], *cells), strict=True):
            sheet.write(x, 168 + 50 * row, cell, 20)
    sheet.write(850, sheet.height - 70, "¥75,639.50", 25, INK, BOLD)
    return sheet


def _parties(sheet: Sheet) -> None:
    sheet.pen.rectangle((50, 176, 1130, 760), outline=BLUE, width=2)
    sheet.pen.line((590, 176, 590, 272), fill=BLUE, width=2)
    sheet.write(70, 190, "购买方：上海文澜信息科技有限公司", 20)
    sheet.write(70, 230, "税号：91310115MA1K4XYZ7Q", 20)
    sheet.write(610, 190, "销售方：杭州云起办公用品有限公司", 20)
    sheet.write(610, 230, "税号：91330106MA2B8ABC3T", 20)
    sheet.pen.line((50, 272, 1130, 272), fill=BLUE, width=2)


def _goods(sheet: Sheet) -> None:
    for x, head in zip(COLUMNS, HEADS, strict=True):
        sheet.write(x, 290, head, 20, GREY)
    for row, goods in enumerate(GOODS):
        for x, cell in zip(COLUMNS, goods, strict=True):
            sheet.write(x, 342 + 58 * row, cell, 20)
    sheet.pen.line((50, 616, 1130, 616), fill=BLUE, width=2)
    sheet.pen.line((50, 688, 1130, 688), fill=BLUE, width=2)


def _seal(sheet: Sheet) -> None:
    sheet.pen.ellipse((930, 690, 1110, 840), outline=RED, width=5)
    sheet.pen.ellipse((942, 702, 1098, 828), outline=RED, width=2)
    sheet.write(968, 750, "发票专用章", 21, RED, BOLD)
