"""PDFium: a file opened, a page opened. Child process alone; PDFium knows no threads."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2_raw as pdfium

from wenyun.documents.pdf.geometry import View, view_of
from wenyun.errors import WenyunError

Handle = Any
"""A pointer of PDFium's; false where there is nothing."""

_FORM_VERSION = 2
"""Of the structure that forms need where neither scripts nor XFA are built in."""


class Document:
    """An open file with its forms."""

    def __init__(self, data: memoryview, passwords: list[str]) -> None:
        pdfium.FPDF_InitLibrary()
        self._data = data
        self.handle = _opened(data, passwords)
        self.count: int = pdfium.FPDF_GetPageCount(self.handle)
        if self.count < 1:
            raise WenyunError("corrupt_pdf", "The PDF has no pages.", "PDF 没有任何页面。")
        self._told = pdfium.FPDF_FORMFILLINFO(version=_FORM_VERSION)
        self.forms = pdfium.FPDFDOC_InitFormFillEnvironment(self.handle, self._told)
        if self.forms:
            pdfium.FPDF_SetFormFieldHighlightAlpha(self.forms, 0)

    def close(self) -> None:
        """Give back all that PDFium has kept of the file."""
        if self.forms:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self.forms)
        pdfium.FPDF_CloseDocument(self.handle)

    @contextmanager
    def page(self, number: int) -> Iterator[Handle]:
        """A page, numbered from 1, with its form fields filled.

        Raises:
            WenyunError: `corrupt_pdf`.

        """
        page = pdfium.FPDF_LoadPage(self.handle, number - 1)
        if not page:
            raise WenyunError(
                "corrupt_pdf",
                f"Page {number} of the PDF is damaged.",
                f"PDF 的第 {number} 页已损坏。",
            )
        if self.forms:
            pdfium.FORM_OnAfterLoadPage(page, self.forms)
        try:
            yield page
        finally:
            if self.forms:
                pdfium.FORM_OnBeforeClosePage(page, self.forms)
            pdfium.FPDF_ClosePage(page)


def view(page: Handle) -> View:
    """How the page is displayed. Its UserUnit is not applied, as in PDFium."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return view_of(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page))


def _opened(data: memoryview, passwords: list[str]) -> Handle:
    buffer = (ctypes.c_char * data.nbytes).from_buffer(data)
    for password in _bytes_of(passwords):
        handle = pdfium.FPDF_LoadMemDocument64(buffer, data.nbytes, password)
        if handle:
            return handle
        problem = pdfium.FPDF_GetLastError()
        if problem != pdfium.FPDF_ERR_PASSWORD:
            raise _failure(problem)
    raise _locked(bool(passwords))


def _bytes_of(passwords: list[str]) -> list[bytes | None]:
    """The ways in which programs have turned a password into bytes; none first, for it is quick."""
    ways = [text.encode(code, "ignore") for text in passwords for code in ("utf-8", "gb18030")]
    return [None, *dict.fromkeys(ways)]


def _failure(problem: int) -> WenyunError:
    if problem == pdfium.FPDF_ERR_SECURITY:
        return WenyunError(
            "unsupported_image",
            "The PDF is encrypted in a way that is not read (not by a password). "
            "Save a copy without protection.",
            "PDF 使用了不支持的加密方式（并非密码加密）。请另存一份未加密的文件。",
        )
    return WenyunError("corrupt_pdf")


def _locked(tried: bool) -> WenyunError:
    if tried:
        return WenyunError(
            "pdf_password_required",
            "The password of the PDF is wrong.",
            "PDF 密码不正确。",
            field="password",
        )
    return WenyunError(
        "pdf_password_required",
        "The PDF needs a password: give it with the option 'password'.",
        "PDF 需要密码：请用 password 选项提供。",
        field="password",
    )
