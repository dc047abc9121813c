"""Which text layers are trusted."""

import pytest

from tests.papers.raw import written
from tests.unit.documents.pdf.conftest import SheetOf
from wenyun.documents.pdf.glyphs import Glyph
from wenyun.documents.pdf.meaning import meaning
from wenyun.documents.pdf.sound import trusted
from wenyun.documents.pdf.spans import TextLine


def line(text: str, sound: bool = True) -> TextLine:
    places = enumerate(text)
    return TextLine(tuple(Glyph(c, 10.0 * n, 5, 10, 12, 0.0, 1, sound=sound) for n, c in places))


@pytest.mark.parametrize(
    "text",
    [
        "文云是一个识别中文与英文的程序，可以在服务器上运行。",
        "繁體中文的文件也應該能夠被正確地讀取與辨識出來",
        "Plain English, with numbers 12,345.67 and a naïve café.",
        "Ça a été très apprécié, où que l'on aille: à Nîmes, à Besançon",
        "東京都に住んでいる人々のための案内です",
        "一", "12", "¥ 3,200.00 °C ± § ×",
    ],
)  # fmt: skip
def test_real_text_is_trusted(text: str) -> None:
    assert trusted([line(text)])


@pytest.mark.parametrize(
    "text",
    [
        "中国人民银行发布公告".encode("gbk").decode("latin-1"),
        "".join(chr(0x4E00 + 137 * n) for n in range(30)),
        "".join(chr(0x3400 + 11 * n) for n in range(30)),
    ],
)
def test_what_nobody_writes_is_not(text: str) -> None:
    assert not trusted([line(text)])


def test_a_page_is_trusted_while_most_of_it_is_sound() -> None:
    assert trusted([line("一二三四五六七八九"), line("坏", sound=False)])
    assert not trusted([line("一二三"), line("坏坏坏", sound=False)])
    assert not trusted([])


@pytest.mark.parametrize(
    ("code", "text", "sound"),
    [
        (0x4E2D, "中", True), (0x2F00, "一", True), (0xFB01, "fi", True), (0xF900, "豈", True),
        (0xA0, " ", True), (0x2003, " ", True), (0x3000, "\u3000", True), (0x09, " ", True),
        (0xAD, "", True), (0x200B, "", True), (0xFEFF, "", True), (0xF0B7, "•", True),
        (0x00, "\ufffd", False), (0x1B, "\ufffd", False), (0x85, "\ufffd", False),
        (0xE000, "\ufffd", False), (0xF8FF, "\ufffd", False), (0xFFFD, "\ufffd", False),
        (0xFFFF, "\ufffd", False), (0x0378, "\ufffd", False), (0x10FFFE, "\ufffd", False),
        (0x110000, "\ufffd", False), (0xD800, "\ufffd", False), (0x20BB7, "𠮷", True),
    ],
)  # fmt: skip
def test_what_a_character_means(code: int, text: str, sound: bool) -> None:
    assert meaning(code) == (text, sound)


def test_a_hyphen_at_a_lines_end() -> None:
    assert meaning(0x02, hyphen=True) == ("-", True)
    assert meaning(0x02) == ("\ufffd", False)


BROKEN = {
    "no mapping at all": None,
    "private characters": {n: chr(0xE000 + n) for n in range(1, 9)},
    "replacement characters": dict.fromkeys(range(1, 9), "\ufffd"),
    "control characters": {n: chr(n + 2) for n in range(1, 9)},
    "rare characters": {n: chr(0x4DB0 - 97 * n) for n in range(1, 9)},
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_layers_are_read_as_pictures(sheet_of: SheetOf, name: str) -> None:
    mapping = BROKEN[name]
    text = "甲乙丙丁戊己庚辛"
    sheet = sheet_of(written([(50, 700, text)], mapping=mapping, told=mapping is not None))
    assert sheet.lines == ()
    assert sheet.pixels is not None
    assert sheet.origin == (0, 0)
