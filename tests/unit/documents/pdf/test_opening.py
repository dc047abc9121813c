"""Files that open, and why others do not."""

from collections.abc import Callable
from typing import Literal

import pytest

from tests.papers.locked import CIPHERS, locked
from tests.papers.raw import HELVETICA, Raw, helvetica, written
from tests.unit.documents.pdf.conftest import SheetOf, opened
from wenyun.errors import WenyunError

ErrorOf = Callable[..., WenyunError]
Cipher = Literal["RC4-40", "RC4-128", "AES-128", "AES-256"]


@pytest.fixture(scope="module")
def plain() -> bytes:
    pdf = Raw()
    for number in (1, 2, 3):
        pdf.page(helvetica([(60, 700, f"Page number {number}")]), resources=HELVETICA)
    return pdf.build()


def test_pages_in_any_order(plain: bytes) -> None:
    with opened(plain) as sheets:
        assert sheets.count == 3
        for number in (2, 1, 3, 3, 1):
            sheet = sheets.sheet(number)
            assert sheet.number == number
            assert [line.text for line in sheet.lines] == [f"Page number {number}"]


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_password_opens(plain: bytes, sheet_of: SheetOf, cipher: Cipher) -> None:
    data = locked(plain, "secret 1", cipher)
    (line,) = sheet_of(data, 2, password="secret 1").lines
    assert line.text == "Page number 2"


@pytest.mark.parametrize("cipher", CIPHERS)
def test_without_it_and_with_another(plain: bytes, error_of: ErrorOf, cipher: Cipher) -> None:
    data = locked(plain, "secret", cipher)
    missing, wrong = error_of(data), error_of(data, password="guess")
    assert {missing.code, wrong.code} == {"pdf_password_required"}
    assert {missing.field, wrong.field} == {"password"}
    assert {missing.status, wrong.status} == {422}
    assert "'password'" in missing.message
    assert "wrong" in wrong.message
    assert "不正确" in wrong.message_zh


def test_a_chinese_password(plain: bytes, sheet_of: SheetOf) -> None:
    assert sheet_of(locked(plain, "密码很长"), password="密码很长").lines


def test_either_password_opens(plain: bytes, sheet_of: SheetOf) -> None:
    data = locked(plain, "user", "AES-128", owner="owner")
    assert sheet_of(data, password="owner").lines
    assert sheet_of(data, password="user").lines


def test_protection_against_copying_alone_needs_no_password(
    plain: bytes, sheet_of: SheetOf
) -> None:
    data = locked(plain, "", "AES-128", owner="owner")
    assert sheet_of(data).lines
    assert sheet_of(data, password="needless").lines


def test_a_lock_without_a_password_says_so(plain: bytes, error_of: ErrorOf) -> None:
    pdf = Raw()
    lock = pdf.add("<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 2 /Length 128 >>")
    pdf.page(b"")
    error = error_of(pdf.build(trailer=f"/Encrypt {lock} 0 R /ID [<00> <00>]"))
    assert error.code == "unsupported_image"
    assert "encrypted" in error.message


def test_damaged_files(error_of: ErrorOf) -> None:
    good = written([(50, 700, "中文测试")])
    for data in (
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        good[: len(good) // 2],
        Raw().build(),
        Raw(pages=[999]).build(),
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000,
    ):
        assert error_of(data).code == "corrupt_pdf", data[:40]


def test_no_pages_has_words_of_its_own(error_of: ErrorOf) -> None:
    assert error_of(Raw().build()).message == "The PDF has no pages."


def test_what_can_be_mended_is_read(sheet_of: SheetOf) -> None:
    good = written([(50, 700, "中文测试")])
    broken_xref = good.replace(b"startxref\n", b"startxref\n9")
    loop = good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % good.rindex(b"xref\n0"))
    for data in (good + b"junk" * 500, b"junk\n" * 20 + good, broken_xref, loop):
        assert [line.text for line in sheet_of(data).lines] == ["中文测试"]


def test_a_file_of_many_megabytes_goes_through_the_pipe(sheet_of: SheetOf) -> None:
    pdf = Raw()
    pdf.stream(bytes(20_000_000))
    pdf.page(helvetica([(60, 700, "After twenty megabytes")]), resources=HELVETICA)
    (line,) = sheet_of(pdf.build()).lines
    assert line.text == "After twenty megabytes"
