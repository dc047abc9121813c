"""Every failure that a client can see: one code, one HTTP status, one sentence in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code means: its HTTP status and its default sentence in English and Chinese."""

    status: int
    message: str
    message_zh: str


KINDS: dict[str, Kind] = {
    "missing_image": Kind(422, "No picture was sent.", "没有收到图片。"),
    "empty_file": Kind(422, "The file is empty.", "文件是空的。"),
    "unknown_option": Kind(422, "There is no such option.", "没有这个选项。"),
    "invalid_option": Kind(422, "The option has a bad value.", "选项的值不正确。"),
    "corrupt_image": Kind(
        422, "The picture is damaged and cannot be decoded.", "图片已损坏，无法解码。"
    ),
    "image_too_small": Kind(
        422, "The picture is too small to hold text.", "图片太小，无法包含文字。"
    ),
    "corrupt_pdf": Kind(422, "The PDF is damaged and cannot be opened.", "PDF 已损坏，无法打开。"),
    "pdf_password_required": Kind(422, "The PDF needs a password.", "PDF 需要密码。"),
    "unsupported_image": Kind(
        415,
        "This kind of file is not read. Send JPG, PNG, BMP, WebP, GIF, TIFF or PDF.",
        "不支持这种文件，请发送 JPG、PNG、BMP、WebP、GIF、TIFF 或 PDF。",
    ),
    "file_too_large": Kind(413, "The file is too large.", "文件太大。"),
    "too_many_pixels": Kind(413, "The picture has too many pixels.", "图片像素过多。"),
    "too_many_pages": Kind(413, "The document has too many pages.", "文档页数过多。"),
    "unauthorized": Kind(401, "The API key is missing or wrong.", "API 密钥缺失或错误。"),
    "not_found": Kind(404, "There is nothing at this address.", "此地址不存在。"),
    "job_not_found": Kind(404, "There is no such job.", "没有这个任务。"),
    "method_not_allowed": Kind(
        405, "This address does not take that method.", "此地址不支持该请求方法。"
    ),
    "throttled": Kind(429, "Too many requests; try again later.", "请求过多，请稍后再试。"),
    "busy": Kind(503, "All workers are busy; try again shortly.", "服务繁忙，请稍后再试。"),
    "time_limit": Kind(503, "Reading took longer than the time limit.", "识别超过了时间限制。"),
    "internal": Kind(500, "Something went wrong on our side.", "服务内部出错。"),
}


class WenyunError(Exception):
    """A failure with a code of the contract.

    Args:
        code: A key of `KINDS`.
        message: An English sentence that replaces the code's default one.
        message_zh: The same in Chinese.
        field: The option or body part that is to blame, where there is one.
        retry_after: Seconds after which trying again makes sense.

    """

    def __init__(
        self,
        code: str,
        message: str | None = None,
        message_zh: str | None = None,
        *,
        field: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        kind = KINDS[code]
        self.code = code
        self.status = kind.status
        self.message = message or kind.message
        self.message_zh = message_zh or kind.message_zh
        self.field = field
        self.retry_after = retry_after
        super().__init__(self.message)
