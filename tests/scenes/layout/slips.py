"""Letters, receipts and forms: few words, read row by row."""

from tests.scenes import words
from tests.scenes.canvas import Canvas
from tests.scenes.fonts import choose
from tests.scenes.layout import material as m
from tests.scenes.layout.sheet import Flow, Frame, Sheet, Style, shades
from tests.scenes.layout.truth import LayoutPage
from tests.scenes.words import Rng, digits, pick, sample


def letter(rng: Rng) -> LayoutPage:
    """Sender, date, address, greeting, paragraphs, closing."""
    lang = pick(rng, ["zh", "en"])
    text, sheet = m.script(rng, lang), Sheet(Canvas(1240, 1600, shades(rng)))
    zh = lang == "zh"
    plain = Style(text.body, 24, lang, 1.5)
    body = plain.but(indent=2.0) if zh else plain.but(after=0.9)
    flow = Flow(sheet, [Frame(140, 120, 960, 1560)])
    for row in [words.company(rng, "苏州"), words.street(rng)] if zh else _sender(rng):
        flow.set(row, plain)
    flow.frame.y += 40
    day = words.day(rng, 2019, 2026)
    flow.set(
        f"{day.year}年{day.month}月{day.day}日" if zh else f"{day:%d %B %Y}",
        plain.but(align="right", after=1.0),
    )
    flow.set(
        "尊敬的" + words.person(rng) + "先生："
        if zh
        else str(pick(rng, words.material("english")["greetings"])),
        plain.but(after=0.5),
    )
    for _ in range(int(rng.integers(2, 5))):
        flow.set(text.paragraphs.pop(), body)
    flow.frame.y += 30
    flow.set("此致" if zh else "Kind regards,", plain.but(after=1.0))
    flow.set(
        words.person(rng) if zh else str(pick(rng, words.material("people")["english"])), plain
    )
    return sheet.page("letter", lang)


def _sender(rng: Rng) -> list[str]:
    texts = words.material("english")
    return [
        str(pick(rng, texts["stores"])),
        str(pick(rng, texts["streets"])),
        f"Tel: {digits(rng, 3)}-{digits(rng, 7)}",
    ]


def receipt(rng: Rng) -> LayoutPage:
    """Goods with prices, row by row; each row is a block."""
    texts = words.material("english")
    goods = sample(rng, texts["goods"], int(rng.integers(5, 12)))
    face = choose(rng, "mono", goods)
    sheet = Sheet(Canvas(620, 470 + 38 * len(goods), (250, 250, 248)))
    y = 60
    for row in (pick(rng, texts["stores"]), pick(rng, texts["streets"])):
        sheet.write((310, y), row, face, 22, "ms")
        y += 38
    y += 20
    total = 0
    rows = [(good, int(rng.integers(80, 4200))) for good in goods]
    for good, pence in rows:
        total += pence
        y = _pair(sheet, y, good, f"{pence / 100:.2f}", rng)
    for name in ("SUBTOTAL", "TAX", "TOTAL"):
        y = _pair(sheet, y, name, f"{total / 100:.2f}", rng)
    sheet.write((310, y + 40), "THANK YOU, PLEASE COME AGAIN!", face, 20, "ms")
    return sheet.page("receipt", "en")


def _pair(sheet: Sheet, y: int, left: str, right: str, rng: Rng) -> int:
    face = choose(rng, "mono", [left])
    with sheet.block("text"):
        sheet.canvas.text((40, y), left, face, 20)
        sheet.canvas.text((580, y), right, face, 20, anchor="rs")
    return y + 38


def form(rng: Rng) -> LayoutPage:
    """A title, and labels with values in two pairs a row, without a grid."""
    sheet = Sheet(Canvas(1200, 900, shades(rng)))
    label, value = choose(rng, "hei", ["姓名"]), choose(rng, "kai", ["苏州市"])
    bold = choose(rng, "hei-bold", ["登记表"])
    sheet.write(
        (600, 110),
        pick(rng, ["来访人员登记表", "设备领用登记表", "会员信息登记表"]),
        bold,
        44,
        "ms",
        "title",
    )
    rows = [
        (("姓名", words.person(rng)), ("电话", words.landline(rng))),
        (("单位", words.company(rng, "苏州")), ("编号", digits(rng, 8))),
        (("地址", words.street(rng)), ("邮编", digits(rng, 6))),
        (("日期", f"{words.day(rng, 2019, 2026):%Y-%m-%d}"), ("经办人", words.person(rng))),
    ]
    y = 220
    for pairs in rows[: int(rng.integers(3, 5))] * int(rng.integers(1, 3)):
        with sheet.block("text"):
            for x, (name, text) in zip((90, 680), pairs, strict=True):
                sheet.canvas.text((x, y), name, label, 26)
                sheet.canvas.text((x + 130, y), text, value, 26)
        y += 66
    return sheet.page("form", "zh")
