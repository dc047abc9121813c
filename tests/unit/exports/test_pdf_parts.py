"""The parts of the invisible text: the font, its codes, the tables of objects."""

import io
import re
import zlib

import pytest
from PIL import ImageFont

from tests.exportkit.trees import block, column, line, page
from wenyun.errors import WenyunError
from wenyun.exports.pdf.font import MAX_RANGES, OBJECTS, Codes, font_objects, stream
from wenyun.exports.pdf.layer import page_layer
from wenyun.exports.pdf.objects import Section
from wenyun.exports.pdf.process import added_by_child
from wenyun.exports.pdf.truetype import glyphless
from wenyun.exports.pdf.wire import packed, unpacked
from wenyun.result import Line


def test_the_font_is_one_and_shows_nothing() -> None:
    font = ImageFont.truetype(io.BytesIO(glyphless()), 100)
    assert font.getmetrics() == (80, 20)
    assert font.getlength("任意") == 200
    assert not any(font.getmask("任意"))
    assert len(glyphless()) < 400


def test_font_objects_are_small() -> None:
    codes = Codes()
    codes.encode("任意文字 any text")
    made = font_objects(5, codes.to_unicode())
    assert len(made) == OBJECTS
    assert sum(map(len, made)) < 2000
    assert b"/DescendantFonts [6 0 R] /ToUnicode 9 0 R" in made[0]


def test_codes_of_the_basic_plane_are_the_characters() -> None:
    codes = Codes()
    assert codes.encode("A文") == "00416587"
    cmap = codes.to_unicode().decode()
    assert "<0000> <00FF> <0000>" in cmap
    assert "<6500> <65FF> <6500>" in cmap
    assert "<4E00>" not in cmap


def test_codes_of_other_planes_are_given_out_in_turn() -> None:
    codes = Codes()
    assert codes.encode("𠮷😀𠮷") == "D800D801D800"
    assert "<D800> <D842DFB7>" in codes.to_unicode().decode()


def test_half_characters_and_too_many_rare_ones_become_unknown() -> None:
    codes = Codes()
    assert codes.encode("\ud800") == "FFFD"
    many = "".join(chr(0x20000 + i) for i in range(2049))
    assert codes.encode(many).endswith("DFFFFFFD")


def test_no_block_of_the_cmap_is_too_long() -> None:
    codes = Codes()
    codes.encode("".join(chr(i << 8) for i in range(256) if not 0xD8 <= i < 0xE0))
    counts = re.findall(r"(\d+) beginbf", codes.to_unicode().decode())
    assert sum(map(int, counts)) > 200
    assert max(map(int, counts)) <= MAX_RANGES


def test_a_line_is_one_text_object_with_characters_of_one_width_together() -> None:
    made = page_layer(page(block("text", line("发票ab", 10, 20, 20))), Codes())
    assert made.count("BT ") == made.count("ET\n") == 1
    assert made.startswith("BT 3 Tr /WenyunText 20 Tf 1 0 0 1 10 264 Tm\n")
    assert re.findall(r"([\d.]+) Tz<([0-9A-F]+)>Tj", made) == [
        ("100", "53D17968"),
        ("50", "00610062"),
    ]


def test_columns_run_down() -> None:
    made = page_layer(page(block("text", column("发票", 10, 20, 20))), Codes())
    assert " 20 Tf 0 -1 1 0 14 280 Tm\n" in made


def test_lines_without_an_extent_are_left_out() -> None:
    box = ((5.0, 5.0),) * 4
    assert page_layer(page(block("text", Line("a", 0.9, box, "crnn"))), Codes()) == ""


def test_numbers_of_a_table_stand_in_runs() -> None:
    section = Section()
    for number in (1, 2, 7):
        section.add(number, b"null")
    made = section.end_with_table(b"/Root 1 0 R", 8, first_free=True)
    assert b"xref\n0 3\n0000000000 65535 f\r\n0000000000 00000 n\r\n" in made
    assert b"\n7 1\n" in made


def test_a_stream_unpacks_to_what_it_was() -> None:
    made = stream(b"data" * 10)
    body = made[made.index(b"stream\n") + 7 : made.index(b"\nendstream")]
    assert zlib.decompress(body) == b"data" * 10
    assert b"/Length %d " % len(body) in made


def test_words_between_the_processes() -> None:
    assert unpacked(packed({"a": "文"}) + b"rest") == ({"a": "文"}, b"rest")
    for bad in (b"", b"\0\0\0\2[]", b"\0\0\0\x09{}"[:5]):
        with pytest.raises(ValueError, match=r".+"):
            unpacked(bad)


def test_a_child_that_says_nothing_sensible_is_an_error() -> None:
    with pytest.raises(WenyunError) as raised:
        added_by_child(b"", {"to_unicode": "文", "pages": "nonsense"})
    assert raised.value.code == "invalid_option"
