"""What a file is, by its content and never by its name."""

from wenyun.errors import WenyunError

PICTURES = ("jpeg", "png", "gif", "bmp", "webp", "tiff")
"""Formats of `documents/formats`."""

READABLE = (*PICTURES, "pdf")

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\xff\x0a", "jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (b"8BPS", "psd"),
    (b"\0\0\1\0", "icon"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS", "postscript"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)

_DIB_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""Sizes of the header that follows a BMP file header, from OS/2 to version 5."""

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")

_HEAD = 1024
"""Readers look for the start of a PDF or an SVG in so many first bytes."""

_ADVICE: dict[str, tuple[str, str]] = {
    "heic": (
        (
            "This is a HEIC photo, which is not read. Convert it to JPG; on an iPhone choose "
            "Settings > Camera > Formats > Most Compatible."
        ),
        "这是 HEIC 照片，暂不支持。请转换为 JPG；iPhone 请选择“设置 > 相机 > 格式 > 兼容性最佳”。",
    ),
    "avif": (
        "This is an AVIF picture, which is not read. Convert it to JPG or PNG.",
        "这是 AVIF 图片，暂不支持。请转换为 JPG 或 PNG。",
    ),
    "ofd": (
        "This is an OFD document, which is not read. Export it as PDF or as a picture.",
        "这是 OFD 文档，暂不支持。请导出为 PDF 或图片。",
    ),
    "svg": (
        "This is an SVG drawing, which is not read. Export it as PNG.",
        "这是 SVG 矢量图，暂不支持。请导出为 PNG。",
    ),
    "office": (
        "This is an office document, which is not read. Export it as PDF.",
        "这是 Office 文档，暂不支持。请导出为 PDF。",
    ),
    "archive": (
        "This is an archive. Unpack it and send the pictures one by one.",
        "这是压缩包。请解压后逐张发送图片。",
    ),
    "video": (
        "This is a video, which is not read. Send a picture of it.",
        "这是视频，暂不支持。请发送截图。",
    ),
}

_NAMES = {
    "jpeg2000": "JPEG 2000",
    "jxl": "JPEG XL",
    "psd": "PSD",
    "icon": "ICO",
    "djvu": "DjVu",
    "postscript": "PostScript",
}


def sniff(data: bytes) -> str:
    """Name the format: one of `READABLE`, another that is known but not read, or `unknown`.

    Raises:
        WenyunError: `empty_file`.

    """
    if not data:
        raise WenyunError("empty_file")
    for prefix, name in _PREFIXES:
        if data.startswith(prefix):
            return name
    return _riff(data) or _bmp(data) or _media(data) or _zip(data) or _text(data) or "unknown"


def refusal(name: str) -> WenyunError:
    """The `unsupported_image` error for a format that is not read, with what to do instead."""
    if name in _ADVICE:
        return WenyunError("unsupported_image", *_ADVICE[name])
    if name in _NAMES:
        shown = _NAMES[name]
        return WenyunError(
            "unsupported_image",
            f"{shown} files are not read. Convert it to JPG or PNG.",
            f"暂不支持 {shown} 文件，请转换为 JPG 或 PNG。",
        )
    return WenyunError("unsupported_image")


def _riff(data: bytes) -> str:
    if not data.startswith(b"RIFF"):
        return ""
    return {b"WEBP": "webp", b"AVI ": "video"}.get(data[8:12], "")


def _bmp(data: bytes) -> str:
    header = int.from_bytes(data[14:18], "little")
    return "bmp" if data.startswith(b"BM") and header in _DIB_HEADERS else ""


def _media(data: bytes) -> str:
    """ISO media files: the brands say whether it is a photo or a video."""
    if data[4:8] != b"ftyp":
        return ""
    length = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return "avif"
    return "heic" if any(brand in _HEIF_BRANDS for brand in brands) else "video"


def _zip(data: bytes) -> str:
    if not data.startswith((b"PK\3\4", b"PK\5\6")):
        return ""
    if b"OFD.xml" in data:
        return "ofd"
    office = (b"word/document", b"xl/workbook", b"ppt/presentation", b"META-INF/manifest.xml")
    return "office" if any(name in data for name in office) else "archive"


def _text(data: bytes) -> str:
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!")) and b"<svg" in start):
        return "svg"
    return ""
