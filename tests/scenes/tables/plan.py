"""What stands in a table: columns of one kind each, headers, groups, totals."""

from dataclasses import dataclass, replace
from typing import Literal

from tests.scenes import words
from tests.scenes.words import Rng, pick, sample

Kind = Literal["key", "int", "money", "percent", "date", "text", "long"]

HEADERS: dict[str, dict[Kind, list[str]]] = {
    "zh": {
        "key": ["项目", "产品名称", "品名", "名称", "类别"],
        "int": ["数量", "人数", "库存", "件数", "排名"],
        "money": ["单价", "金额", "销售额", "成本", "利润（元）", "预算"],
        "percent": ["占比", "增长率", "税率", "合格率"],
        "date": ["日期", "交货日期", "更新时间"],
        "text": ["负责人", "地区", "规格", "单位", "状态"],
        "long": ["备注", "说明", "主要内容"],
    },
    "en": {
        "key": ["Item", "Product", "Name", "Method", "Region"],
        "int": ["Qty", "Count", "Rank", "Samples", "No. of staff"],
        "money": ["Price", "Amount", "Cost", "Sales (k)", "Budget"],
        "percent": ["Share", "Growth", "Accuracy", "Recall"],
        "date": ["Date", "Due", "Updated"],
        "text": ["Owner", "Status", "City", "Type"],
        "long": ["Remarks", "Description", "Notes"],
    },
}
WORDS = {
    "zh": ["合格", "待定", "进行中", "已完成", "华东", "西南", "东北", "A级", "暂停", "每周"],
    "en": ["open", "done", "pending", "North", "Leeds", "weekly", "draft", "A-grade", "closed"],
}
GROUPS = {
    "zh": ["2023年", "2024年", "上半年", "下半年", "国内", "海外"],
    "en": ["2023", "2024", "Domestic", "Overseas", "First half", "Test set"],
}
SECTIONS = {
    "zh": ["华东区", "华南区", "一车间", "二车间", "本部"],
    "en": ["Plant A", "Plant B", "Europe", "Asia", "Head office"],
}
TOTAL = {"zh": ["合计", "总计"], "en": ["Total", "Sum"]}


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A cell before it is drawn; `side` is l, m or r."""

    row: int
    col: int
    text: str
    side: str
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The cells of a table, how many columns it has, and how many rows are headers."""

    cells: tuple[PlanCell, ...]
    rows: int
    kinds: tuple[Kind, ...]
    header: int
    lang: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a table shall have."""

    empty: float = 0.0
    long: bool = False
    grouped: bool = False
    sections: bool = False
    total: bool = False
    numbers: int = 2


def plan(rng: Rng, wish: Wish, lang: str) -> Plan:
    """A table by chance that has what is wished for."""
    kinds = _kinds(rng, wish)
    cells = _grouped_header(rng, kinds, lang) if wish.grouped else _header(rng, kinds, lang)
    top = 2 if wish.grouped else 1
    count = int(rng.integers(4 if wish.sections else 3, 9))
    keys = _keys(rng, lang, count)
    for row in range(count):
        for col, kind in enumerate(kinds):
            blank = col > 0 and rng.random() < wish.empty
            text = "" if blank else keys[row] if col == 0 else _value(rng, kind, lang)
            cells.append(PlanCell(top + row, col, text, _side(kind)))
    if wish.sections:
        cells = _with_sections(rng, cells, top, count, lang)
        kinds = ("key", *kinds)
    rows = top + count
    if wish.total:
        cells += _total(rng, kinds, rows, lang)
        rows += 1
    return Plan(tuple(sorted(cells, key=lambda c: (c.row, c.col))), rows, kinds, top, lang)


def _kinds(rng: Rng, wish: Wish) -> tuple[Kind, ...]:
    numeric: list[Kind] = ["int", "money", "percent", "money", "int"]
    count = max(wish.numbers, 2 if wish.grouped else 0) + int(rng.integers(0, 3))
    plain: list[Kind] = [pick(rng, ["text", "date"])] if rng.random() < 0.6 else []
    last: list[Kind] = ["long"] if wish.long else []
    return ("key", *plain, *sample(rng, numeric, count), *last)


def _side(kind: Kind) -> str:
    return "r" if kind in ("int", "money", "percent") else "l"


def _header(rng: Rng, kinds: tuple[Kind, ...], lang: str, row: int = 0) -> list[PlanCell]:
    taken: list[str] = []
    for kind in kinds:
        fresh = [name for name in HEADERS[lang][kind] if name not in taken]
        taken.append(pick(rng, fresh))
    sides = {"r": pick(rng, ["r", "m"]), "l": pick(rng, ["l", "m"])}
    return [
        PlanCell(row, col, text, sides[_side(kind)])
        for col, (text, kind) in enumerate(zip(taken, kinds, strict=True))
    ]


def _grouped_header(rng: Rng, kinds: tuple[Kind, ...], lang: str) -> list[PlanCell]:
    """Two rows: numbers stand in pairs under a common heading, the rest is two rows high."""
    numbers = [col for col, kind in enumerate(kinds) if _side(kind) == "r"]
    pairs = [numbers[i : i + 2] for i in range(0, len(numbers) - 1, 2)]
    names = iter(sample(rng, GROUPS[lang], len(pairs)))
    below = {col for pair in pairs for col in pair}
    flat = _header(rng, kinds, lang)
    cells = [
        replace(cell, row=1) if cell.col in below else replace(cell, row_span=2) for cell in flat
    ]
    return cells + [PlanCell(0, pair[0], next(names), "m", 1, 2) for pair in pairs]


def _with_sections(
    rng: Rng, cells: list[PlanCell], top: int, count: int, lang: str
) -> list[PlanCell]:
    """A first column whose cells each stand beside several rows."""
    moved = [replace(cell, col=cell.col + 1) for cell in cells]
    moved.append(
        PlanCell(
            0, 0, pick(rng, ["分组", "区域"] if lang == "zh" else ["Group", "Site"]), "m", top, 1
        )
    )
    names, row = iter(sample(rng, SECTIONS[lang], 5)), 0
    while row < count:
        height = min(int(rng.integers(2, 4)), count - row)
        moved.append(PlanCell(top + row, 0, next(names), "m", height, 1))
        row += height
    return moved


def _total(rng: Rng, kinds: tuple[Kind, ...], row: int, lang: str) -> list[PlanCell]:
    """A last row whose first cell reaches to the first number."""
    first = next(col for col, kind in enumerate(kinds) if _side(kind) == "r")
    cells = [PlanCell(row, 0, pick(rng, TOTAL[lang]), "m", 1, first)]
    return cells + [
        PlanCell(
            row,
            col,
            _value(rng, kinds[col], lang) if _side(kinds[col]) == "r" else "",
            _side(kinds[col]),
        )
        for col in range(first, len(kinds))
    ]


def _keys(rng: Rng, lang: str, count: int) -> list[str]:
    if lang == "zh":
        goods = [
            str(item[0]).rpartition("*")[2] for item in words.material("trade")["goods"]["items"]
        ]
        return [str(one) for one in sample(rng, goods, count)]
    return [str(one).capitalize() for one in sample(rng, words.material("english")["goods"], count)]


def _value(rng: Rng, kind: Kind, lang: str) -> str:
    if kind == "int":
        return (
            f"{int(rng.integers(1, 5000)):,}" if rng.random() < 0.3 else str(rng.integers(1, 900))
        )
    if kind == "money":
        return f"{rng.uniform(1, 9000):,.2f}"
    if kind == "percent":
        return f"{rng.uniform(-9, 99):.1f}%"
    if kind == "date":
        return f"{words.day(rng, 2019, 2026):%Y-%m-%d}"
    if kind == "text":
        return words.person(rng) if lang == "zh" and rng.random() < 0.3 else pick(rng, WORDS[lang])
    return _sentence(rng, lang)


def _sentence(rng: Rng, lang: str) -> str:
    if rng.random() < 0.4:
        return pick(rng, WORDS[lang])
    if lang == "zh":
        text = str(pick(rng, words.material("prose")["paragraphs"]))
        return text[: int(rng.integers(12, 34))].rstrip("，。、；：“")
    parts = str(pick(rng, words.material("english")["paragraphs"])).split()
    return " ".join(parts[: int(rng.integers(4, 13))]).rstrip(",.;:")
