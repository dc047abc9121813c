"""An electronic invoice with a red seal over its title."""

from dataclasses import dataclass

from tests.scenes import words
from tests.scenes.canvas import INK, Canvas, Colour
from tests.scenes.fonts import Face, choose
from tests.scenes.page import ScenePage
from tests.scenes.seal import stamp
from tests.scenes.words import Rng, pick

WIDTH, HEIGHT = 1280, 860
BROWN: Colour = (146, 74, 40)
COLUMNS = (
    ("项目名称", 50, "l"),
    ("规格型号", 400, "l"),
    ("单位", 590, "l"),
    ("数量", 720, "r"),
    ("单价", 880, "r"),
    ("金额", 1010, "r"),
    ("税率", 1090, "r"),
    ("税额", 1225, "r"),
)


@dataclass(frozen=True, slots=True)
class Party:
    """Buyer or seller."""

    name: str
    code: str


def draw(rng: Rng) -> ScenePage:
    """One invoice."""
    sheet = Canvas(WIDTH, HEIGHT, (253, 252, 248))
    label = choose(rng, "kai", ["电子发票（增值税专用普通）"])
    value = choose(rng, "song", ["¥0123456789ABCDEFGHJKLMNPQRTUWXY*×"])
    seller, buyer = _party(rng), _party(rng)
    _head(sheet, rng, label, value)
    _parties(sheet, buyer, seller, label, value)
    total, tax = _rows(sheet, rng, label, value)
    _totals(sheet, total, tax, label, value)
    _foot(sheet, rng, label, value)
    centre = (WIDTH // 2 + int(rng.integers(-60, 200)), 100 + int(rng.integers(-10, 60)))
    stamp(sheet, centre, (118, 78), seller.name, "发票专用章", label, rng)
    return sheet.page("invoice", "zh")


def _party(rng: Rng) -> Party:
    (_, city, _), code = words.area(rng)
    return Party(words.company(rng, city.removesuffix("市")), words.credit_code(rng, code))


def _head(sheet: Canvas, rng: Rng, label: Face, value: Face) -> None:
    kind = pick(rng, ["普通发票", "增值税专用发票"])
    sheet.text((WIDTH // 2, 78), f"电子发票（{kind}）", label, 40, BROWN, "ms")
    sheet.draw.line((400, 96, 880, 96), BROWN, 2)
    day = words.day(rng, 2021, 2026)
    sheet.text((930, 60), f"发票号码：{words.digits(rng, 20)}", value, 20)
    sheet.text((930, 100), f"开票日期：{day.year}年{day.month:02}月{day.day:02}日", value, 20)


def _parties(sheet: Canvas, buyer: Party, seller: Party, label: Face, value: Face) -> None:
    sheet.draw.rectangle((30, 130, WIDTH - 30, 250), outline=BROWN, width=2)
    sheet.draw.line((WIDTH // 2, 130, WIDTH // 2, 250), BROWN, 2)
    for left, side, party in ((30, "买", buyer), (WIDTH // 2, "销", seller)):
        heading = "购买方信息" if side == "买" else "销售方信息"
        sheet.text((left + 14, 166), heading, label, 18, BROWN)
        sheet.text((left + 14, 202), f"名称：{party.name}", value, 21)
        sheet.text((left + 14, 238), f"统一社会信用代码/纳税人识别号：{party.code}", value, 19)


def _rows(sheet: Canvas, rng: Rng, label: Face, value: Face) -> tuple[int, int]:
    sheet.draw.rectangle((30, 250, WIDTH - 30, 590), outline=BROWN, width=2)
    for name, x, side in COLUMNS:
        sheet.text((x, 282), name, label, 21, BROWN, f"{side}s")
    total = tax = 0
    items = words.sample(rng, words.material("trade")["goods"]["items"], int(rng.integers(3, 8)))
    rate = pick(rng, words.material("trade")["goods"]["tax"])
    for row, (name, spec, unit, low, high) in enumerate(items):
        count, price = int(rng.integers(1, 40)), int(rng.integers(low * 100, high * 100))
        cost, due = count * price, round(count * price * rate)
        total, tax = total + cost, tax + due
        cells = (name, spec, unit, count, _yuan(price), _yuan(cost), f"{rate:.0%}", _yuan(due))
        for text, (_, x, side) in zip(cells, COLUMNS, strict=True):
            if text:
                sheet.text((x, 322 + row * 36), str(text), value, 20, INK, f"{side}s")
    return total, tax


def _totals(sheet: Canvas, total: int, tax: int, label: Face, value: Face) -> None:
    sheet.text((120, 576), "合计", label, 22, BROWN)
    sheet.text((1010, 576), f"¥{_yuan(total)}", value, 20, INK, "rs")
    sheet.text((1225, 576), f"¥{_yuan(tax)}", value, 20, INK, "rs")
    sheet.draw.rectangle((30, 590, WIDTH - 30, 644), outline=BROWN, width=2)
    sheet.text((60, 626), "价税合计（大写）", label, 22, BROWN)
    sheet.text((330, 626), words.capital_amount(total + tax), value, 22)
    sheet.text((880, 626), f"（小写）¥{_yuan(total + tax)}", value, 22)


def _foot(sheet: Canvas, rng: Rng, label: Face, value: Face) -> None:
    sheet.draw.rectangle((30, 644, WIDTH - 30, 770), outline=BROWN, width=2)
    sheet.text((60, 680), "备注", label, 22, BROWN)
    bank = pick(rng, words.material("trade")["company"]["banks"])
    city = words.area(rng)[0][1]
    sheet.text((150, 684), f"开户银行：{bank}{city.removesuffix('市')}分行", value, 20)
    sheet.text((640, 684), f"银行账号：{words.digits(rng, 19)}", value, 20)
    sheet.text((150, 724), f"地址：{city}{words.street(rng)}", value, 20)
    sheet.text((640, 724), f"电话：{words.landline(rng)}", value, 20)
    sheet.text((100, 812), f"开票人：{words.person(rng)}", value, 21)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"
