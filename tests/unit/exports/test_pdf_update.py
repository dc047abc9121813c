"""Text added to a PDF: where other readers find it, and that nothing else changes."""

import io
import zlib
from pathlib import Path

import pypdf
import pytest

from tests.exportkit.papers import Paper, assemble
from tests.exportkit.readers import needs_poppler, pypdf_text, text, words
from tests.exportkit.trees import block, column, document, line, page, turned
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.exports.render import render
from wenyun.options import Options
from wenyun.result import Document, Line

TURNS = (0, 90, 180, 270)


def searchable(source: bytes, *lines: Line, size: tuple[float, float] = (400, 300)) -> bytes:
    made = document(block("text", *lines), unit="pt", size=size)
    return render(made, Options(), source, "pdf").data


@needs_poppler
@pytest.mark.parametrize("inherit", [False, True])
@pytest.mark.parametrize("crop", [None, (50, 40, 350, 260)])
@pytest.mark.parametrize("rotate", TURNS)
def test_words_lie_where_they_are_shown(
    tmp_path: Path, rotate: int, crop: tuple[float, float, float, float] | None, inherit: bool
) -> None:
    source = Paper(rotate=rotate, crop=crop, inherit=inherit, media=(-20, 10, 380, 310)).data()
    width, height = (330, 220) if crop else (400, 300)
    width, height = (width - 30, height) if crop else (width, height)
    size = (height, width) if rotate % 180 else (width, height)
    made = searchable(source, line("发票 Total 42", 60, 90, 12), size=size)
    found = words(made, tmp_path)
    assert [one.text for one in found] == ["发票", "Total", "42"]
    assert found[0].near(60, 90, 84, 102)
    assert found[1].near(90, 90, 120, 102)
    assert found[2].near(126, 90, 138, 102)


@needs_poppler
@pytest.mark.parametrize("streams", [False, True])
def test_the_original_stands_untouched_at_the_start(tmp_path: Path, streams: bool) -> None:
    source = Paper(pages=3, streams=streams).data()
    made = searchable(source, line("你好"))
    assert made.startswith(source)
    assert len(made) - len(source) < 3000
    reader = pypdf.PdfReader(io.BytesIO(made), strict=True)
    assert len(reader.pages) == 3
    for number, one in enumerate(reader.pages):
        image = one["/Resources"]["/XObject"]["/I"]  # type: ignore[index]
        assert image._data == Paper(pages=3).picture(number)
    assert text(made, tmp_path).split() == ["你好"]


@needs_poppler
def test_pictures_on_a_page_of_text_get_their_text(tmp_path: Path) -> None:
    """What the file says itself is not written again; what was read beside it is."""
    data = searchable(Paper().data(), line("native", model="pdf_text"), line("印章", 10, 90))
    assert text(data, tmp_path).split() == ["印章"]


@needs_poppler
def test_only_pages_that_were_read_get_text(tmp_path: Path) -> None:
    made = Document(
        (
            page(block("text", line("第二页")), number=2, unit="pt"),
            page(block("text", line("native", model="pdf_text")), number=3, unit="pt"),
        )
    )
    data = render(made, Options(), Paper(pages=4).data(), "pdf").data
    assert [one.strip() for one in pypdf_text(data)] == ["", "第二页", "", ""]


def test_a_file_without_new_text_is_itself() -> None:
    source = Paper().data()
    assert searchable(source, line("native", model="pdf_text")) == source
    assert render(document(unit="pt"), Options(), source, "pdf").data == source


@needs_poppler
def test_what_a_page_leaves_of_its_graphics_state_moves_nothing(tmp_path: Path) -> None:
    (found,) = words(searchable(Paper(loose=True).data(), line("abcd", 60, 90, 12)), tmp_path)
    assert found.near(60, 90, 84, 102)


@needs_poppler
def test_every_kind_of_character_comes_back(tmp_path: Path) -> None:
    said = "漢字，𠮷𡈽 €½\U0001f600“x”"
    assert text(searchable(Paper().data(), line(said)), tmp_path).strip() == said


@needs_poppler
def test_columns_read_from_the_top_down(tmp_path: Path) -> None:
    made = searchable(Paper().data(), column("平沙雁影斜", 200, 40))
    assert text(made, tmp_path).strip() == "平沙雁影斜"
    (found,) = words(made, tmp_path)
    assert found.near(200, 40, 220, 140)


@needs_poppler
def test_lines_that_stand_on_end(tmp_path: Path) -> None:
    made = searchable(Paper().data(), turned(line("Total 42", 60, 90), 400))
    assert text(made, tmp_path).split() == ["Total", "42"]
    first = words(made, tmp_path)[0]
    assert first.near(400 - 110, 60, 400 - 90, 110)


@needs_poppler
def test_a_line_whose_characters_have_no_places(tmp_path: Path) -> None:
    whole = line("abcdef", 60, 90)
    made = searchable(Paper().data(), Line(whole.text, 0.9, whole.box, "crnn"))
    (found,) = words(made, tmp_path)
    assert found.text == "abcdef"
    assert found.near(60, 90, 120, 110)


@needs_poppler
def test_text_that_was_added_before_is_found_beside_the_new(tmp_path: Path) -> None:
    once = searchable(Paper().data(), line("first", 10, 20))
    twice = searchable(once, line("second", 10, 120))
    assert twice.startswith(once)
    assert sorted(text(twice, tmp_path).split()) == ["first", "second"]


def test_a_signature_keeps_its_bytes_and_there_is_a_warning() -> None:
    source = Paper(extra="/Signed << /ByteRange [0 1 2 3] >>").data()
    made = render(document(block("text", line("a")), unit="pt"), Options(), source, "pdf")
    assert made.data.startswith(source)
    assert made.warnings == ("pdf_signature",)


def test_an_encrypted_file_says_so() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(Paper().data()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(WenyunError, match="encrypted") as raised:
        searchable(out.getvalue(), line("a"))
    assert (raised.value.code, raised.value.field) == ("invalid_option", "format")


LOOP = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
]
PARENTS = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>",
    b"<< /Type /Page /Parent 2 0 R >>",
]
HUGE = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>",
    b"<< /Type /Page /MediaBox [0 0 9 9] /Parent 2 0 R >>",
]


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"%PDF-1.7\n",
        assemble(LOOP),
        assemble([b"[" * 100_000]),
        Paper().data()[:300],
        Paper().data().replace(b"/Kids", b"/Kidz"),
    ],
    ids=["empty", "head", "loop", "brackets", "cut", "childless"],
)
def test_damaged_files_are_refused(source: bytes) -> None:
    with pytest.raises(WenyunError) as raised:
        searchable(source, line("a"))
    assert (raised.value.code, raised.value.field) == ("invalid_option", "format")


@needs_poppler
@pytest.mark.parametrize("objects", [PARENTS, HUGE], ids=["parents", "huge"])
def test_odd_files_get_their_text(objects: list[bytes], tmp_path: Path) -> None:
    source = assemble(objects)
    assert searchable(source, line("a")).startswith(source)


@needs_poppler
def test_a_file_whose_table_is_lost_gets_its_text(tmp_path: Path) -> None:
    source = Paper().data().replace(b"startxref\n", b"startxref\n9")
    assert (
        pypdf.PdfReader(io.BytesIO(searchable(source, line("你好"))))
        .pages[0]
        .extract_text()
        .strip()
        == "你好"
    )


@pytest.mark.parametrize("junk", [b"\n\n", b"GIF junk\n"])
def test_bytes_before_the_head_are_counted_out(junk: bytes, tmp_path: Path) -> None:
    source = junk + Paper().data()
    made = searchable(source, line("你好"))
    assert made.startswith(source)
    assert pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().strip() == "你好"


def test_pdfium_marks_each_character_where_it_is() -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    opened = pdfium.PdfDocument(searchable(Paper().data(), line("发票 ab", 60, 90, 12)))
    found = opened[0].get_textpage()
    assert found.get_text_range() == "发票 ab"
    left, bottom, right, top = found.get_charbox(1)
    assert (left, right) == pytest.approx((72, 84), abs=0.5)
    assert (bottom, top) == pytest.approx((300 - 102, 300 - 90), abs=0.5)


def test_a_file_that_claims_memory_is_refused() -> None:
    """Two gigabytes of zeros, packed to two megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 24)) for _ in range(128)) + packer.flush()
    source = (
        b"%%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 4 2] /Root 2 0 R /Length %d "
        b"/Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n"
        % (len(packed), packed)
    )
    with pytest.raises(WenyunError) as raised:
        searchable(source, line("a"))
    assert raised.value.field == "format"


def test_time_ends() -> None:
    made = document(block("text", line("a")), unit="pt")
    with pytest.raises(WenyunError) as raised:
        render(made, Options(), Paper().data(), "pdf", deadline=Deadline.after(0.01))
    assert raised.value.code == "time_limit"
