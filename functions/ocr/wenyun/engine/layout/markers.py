"""What lines begin with: bullets, numbers of list items, numbers of headings, page numbers."""

import re

SURE = "sure"

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿"
NUMERALS = "一二三四五六七八九十百零〇"

BULLET = re.compile(
    rf"^(?:[•●○■□◆◇▪▶►‣⁃∙◦※★☆✓√][\s\S]|[·]\s?[^\d\s]|[-–—]\s*[A-Z\u4e00-\u9fff]|[-–—]\s+\S|[{CIRCLED}])"
)
"""Marks that begin nothing but an item."""

BRACKETED = re.compile(
    rf"^(?:[(（]\s?(?:\d{{1,2}}|[{NUMERALS}]{{1,3}}|[a-zA-Z]|[ivx]{{1,4}})\s?[)）]|[\[［【]\d{{1,3}}[\]］】])"
)
NUMBERED = {
    "star": re.compile(r"^[*†‡+]\s\S"),
    "number": re.compile(r"^\d{1,2}\s?[.．、)）](?!\d)\s*\S"),
    "han": re.compile(rf"^[{NUMERALS}]{{1,3}}[、．.]\s*\S"),
    "letter": re.compile(r"^(?:[a-zA-Z][)）]|[a-hA-H][.．]\s|[ivx]{1,4}[.)]\s)\s*\S"),
}
"""Marks that may begin an item, or a note or heading, or stand in running text."""

HEADING = re.compile(
    rf"^(?:第\s?[{NUMERALS}\d]{{1,4}}\s?[章节節篇部卷回条條讲編编]|[{NUMERALS}]{{1,3}}[、．]"
    rf"|(?:\d{{1,2}}[.．])+\d{{1,2}}[.．]?\s*[^\s\d.,，。%a-z]|\d{{1,2}}[.．]?\s+[^\s\d.,，。%a-z]"
    rf"|(?:Chapter|Section|Part|Appendix|CHAPTER|SECTION|PART|APPENDIX)\s+[\dA-ZIVXL])"
)
"""Numbers of chapters and sections."""

CHAPTER = re.compile(rf"^第\s?[{NUMERALS}\d]{{1,4}}\s?[章节節篇部卷编編]\s")

PLAIN_HEADING = re.compile(
    r"^(?:摘\s*要|目\s*录|前\s*言|引\s*言|绪\s*论|结\s*论|结\s*语|附\s*录|参考文献|致\s*谢|序\s*言?|後\s*記|后\s*记"
    r"|Abstract|Introduction|Conclusions?|References|Acknowledge?ments?|Contents|Appendix|Bibliography|Preface)$",
    re.IGNORECASE,
)
"""Headings that name themselves."""

NUMBER_APART = re.compile(
    rf"^(?:第\s?[{NUMERALS}\d]{{1,4}}\s?[章节節篇部卷编編]|\d{{1,2}}(?:\.\d{{1,2}})+)$"
)
"""A heading's number by itself: its words may stand far off on the same line."""

CAPTION = re.compile(
    r"^(?:[图圖表]\s?[\d一二三四五六七八九十]|(?:Fig(?:ure|\.)?|Tab(?:le|\.)|Chart|Photo)\s?\d)",
    re.IGNORECASE,
)

PAGE_NUMBER = re.compile(
    rf"^[\s\-–—·.~|]*(?:第?\s*(?:\d{{1,4}}|[ivxlc]{{1,6}}|[{NUMERALS}]{{1,5}})\s*[页頁]?"
    rf"|第\s*\d{{1,4}}\s*[页頁]?\s*[,，/ ]*\s*共\s*\d{{1,4}}\s*[页頁]"
    rf"|\d{{1,4}}\s*(?:/|of)\s*\d{{1,4}}|p(?:age|\.)\s*\d{{1,4}}(?:\s*(?:/|of)\s*\d{{1,4}})?)[\s\-–—·.~|]*$",
    re.IGNORECASE,
)

STOPS = "。；;，,：:"
"""A line that ends so is no heading; a full stop of Latin text is seen to apart."""


def item_mark(text: str) -> str:
    """`sure` for a mark that begins nothing but an item, the kind of any other, else empty."""
    if BULLET.match(text) or BRACKETED.match(text):
        return SURE
    return next((kind for kind, pattern in NUMBERED.items() if pattern.match(text)), "")


def is_numbered_heading(text: str) -> bool:
    """Whether a line begins as headings do, and does not end as a sentence does."""
    return bool(HEADING.match(text) or PLAIN_HEADING.match(text)) and not ends_sentence(text)


def names_itself(text: str) -> bool:
    """Whether a line is a heading by what it says: a chapter's number, or a word like 摘要."""
    return bool(CHAPTER.match(text) or PLAIN_HEADING.match(text)) and not ends_sentence(text)


def is_number_apart(text: str) -> bool:
    """Whether the text is the number of a chapter or a section and nothing else."""
    return bool(NUMBER_APART.match(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a mark that headings do not end with."""
    return text.endswith(tuple(STOPS)) or (text.endswith(".") and not text.endswith("..."))


def is_page_number(text: str) -> bool:
    """Whether the text is a page's number and nothing else."""
    return bool(PAGE_NUMBER.match(text.strip()))


def is_caption(text: str) -> bool:
    """Whether the text names a figure or a table."""
    return bool(CAPTION.match(text))
