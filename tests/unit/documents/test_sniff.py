"""Formats are known by content; the ones that are not read are named with what to do."""

import pytest

from tests.pictures.make import colours, save
from wenyun.documents.sniff import READABLE, refusal, sniff
from wenyun.errors import WenyunError


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"])
def test_what_pillow_writes(kind: str) -> None:
    assert sniff(save(colours(), kind)) == kind.lower()
    assert kind.lower() in READABLE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"II+\0\x08\0\0\0", "tiff"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "avif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "unknown"),
        (b"PK\3\4....OFD.xml", "ofd"),
        (b"PK\3\4....word/document.xml", "office"),
        (b"PK\3\4....a.jpg", "archive"),
        (b"%PDF-1.7\n", "pdf"),
        (b"junk before\n%PDF-1.4\n", "pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "svg"),
        (b"<?xml version='1.0'?><html/>", "unknown"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
        (b"\xff\x4f\xff\x51", "jpeg2000"),
        (b"\xff\x0a\x00", "jxl"),
        (b"8BPS\0\1", "psd"),
        (b"BM and then text", "unknown"),
        (b"hello", "unknown"),
        (b"\xff", "unknown"),
    ],
)
def test_hand_written_heads(data: bytes, name: str) -> None:
    assert sniff(data) == name


def test_an_empty_file_has_its_own_code() -> None:
    with pytest.raises(WenyunError) as caught:
        sniff(b"")
    assert caught.value.code == "empty_file"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("heic", ("HEIC", "JPG", "Most Compatible")),
        ("ofd", ("OFD", "PDF")),
        ("psd", ("PSD", "PNG")),
        ("unknown", ("JPG, PNG, BMP, WebP, GIF, TIFF or PDF",)),
    ],
)
def test_refusals_say_what_to_do(name: str, words: tuple[str, ...]) -> None:
    error = refusal(name)
    assert (error.code, error.status) == ("unsupported_image", 415)
    assert all(word in error.message for word in words)
    assert error.message_zh != error.message


def test_every_name_has_a_refusal_of_its_own() -> None:
    names = ("heic", "avif", "ofd", "svg", "office", "archive", "video", "jpeg2000", "psd")
    assert len({refusal(name).message for name in names}) == len(names)
