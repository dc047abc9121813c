"""Every option of the contract: its title, its help, its values; all doors are built from it."""

from wenyun.options_spec import Spec, enum_spec, text_spec
from wenyun.values import areas, flag, kinds_of, one_area, page_ranges, secret, some_of
from wenyun.values_words import word_list

FORMATS = ("json", "text", "markdown", "hocr", "alto", "csv", "pdf")
"""What a result can be had as."""

KINDS = ("date", "amount", "id_number")
"""What lines can be expected to hold."""

_ALL = (
    enum_spec(
        "lang",
        ("zh", "en", "mix"),
        ("语言", "Language"),
        (
            "zh：中文与英文；en：仅英文；mix：模型的全部字符。",
            "zh: Chinese and English; en: English alone; mix: every character the models know.",
        ),
    ),
    enum_spec(
        "profile",
        ("fast", "balanced", "accurate"),
        ("档位", "Profile"),
        (
            "fast：只用快速模型；balanced：没有把握的行用第二模型重读；accurate：每行都读两遍，取更可靠的结果。",
            (
                "fast: the CRNN alone; balanced: unsure lines are read again by the second model; "
                "accurate: both models read every line and the surer reading is kept."
            ),
        ),
    ),
    enum_spec(
        "enhance",
        ("auto", "on", "off"),
        ("图像增强", "Enhancement"),
        (
            "auto：仅在有帮助时增强；on：总是；off：从不。",
            "auto: enhance the picture only where it helps; on: always; off: never.",
        ),
    ),
    enum_spec(
        "direction",
        ("auto", "horizontal", "vertical"),
        ("文字方向", "Text direction"),
        (
            "auto：自动判断；horizontal：横排；vertical：竖排。",
            "auto: decided line by line; horizontal or vertical: all lines run that way.",
        ),
    ),
    text_spec(
        "region",
        "area",
        one_area,
        ("识别区域", "Region"),
        (
            "只识别 x,y,w,h 这一区域：图片以像素计，PDF 以点计。",
            "Read only the area x,y,w,h: in pixels, on pages of a PDF in points.",
        ),
    ),
    text_spec(
        "ignore",
        "areas",
        areas,
        ("忽略区域", "Ignored areas"),
        (
            "忽略这些区域；每个为 x,y,w,h（像素；PDF 以点计），用分号隔开。",
            (
                "Leave out lines inside these areas, each x,y,w,h in pixels (PDF: points), joined "
                "by semicolons."
            ),
        ),
    ),
    text_spec(
        "timings",
        "boolean",
        flag,
        ("耗时明细", "Timings"),
        ("返回每个阶段的秒数。", "Report seconds spent in each stage."),
    ),
    enum_spec(
        "detail",
        ("line", "word", "char"),
        ("细节", "Detail"),
        (
            "line：只到行；word：再给出每个词的位置；char：再给出每个字的位置。",
            "line: lines alone; word: each word with its box; char: each character with its box.",
        ),
    ),
    enum_spec(
        "format",
        FORMATS,
        ("输出格式", "Format"),
        (
            "结果的格式；任务可以用逗号分隔给出多种。",
            "The form of the result; a job takes several, joined by commas.",
        ),
        some_of(*FORMATS),
    ),
    text_spec(
        "pages",
        "pages",
        page_ranges,
        ("页码", "Pages"),
        (
            "只识别这些页，例如 1-3,7 或 5-（到最后一页）。",
            "Read these pages alone, such as 1-3,7 or 5- (to the end).",
        ),
    ),
    text_spec(
        "password",
        "password",
        secret,
        ("PDF 密码", "PDF password"),
        ("打开加密 PDF 的密码。", "Opens an encrypted PDF."),
    ),
    enum_spec(
        "pdf_mode",
        ("mixed", "full", "text"),
        ("PDF 处理方式", "PDF mode"),
        (
            "mixed：有可靠文字层的页取文字层，其余识别图像；full：每页都识别图像；text：只取文字层。",
            (
                "mixed: the text layer where a page has a sound one, pictures are read otherwise; "
                "full: every page is read as a picture; text: the text layer alone."
            ),
        ),
    ),
    text_spec(
        "lexicon",
        "list",
        word_list,
        ("词表", "Lexicon"),
        (
            (
                "图片中可能出现的词，最多 1000 个：每行一个，或用逗号隔开，"
                "或 JSON 列表；只有字迹支持时才采用。"
            ),
            (
                "Words that may stand in the picture, at most 1,000: one a line, joined by commas, "
                "or a JSON list. A word is taken only where the ink speaks for it."
            ),
        ),
    ),
    enum_spec(
        "expect",
        ("none", *KINDS),
        ("预期内容", "Expected"),
        (
            (
                "预期出现的内容，可用逗号分隔多项：date 日期，amount 金额，"
                "id_number 身份证号（核对校验码）；其他行不变。"
            ),
            (
                "What lines may hold, several joined by commas: date, amount, id_number (its check "
                "digit is used). Other lines are read as ever."
            ),
        ),
        kinds_of(*KINDS),
    ),
)

SPECS: dict[str, Spec] = {spec.name: spec for spec in _ALL}
