"""What stands on forms, receipts, cards, menus and shop fronts."""

from datetime import date, timedelta

import numpy as np

from training.text.store import Store, digits, pick

Rng = np.random.Generator
UPPER = "零壹贰叁肆伍陆柒捌玖"
CODE = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SIZES = ["1", "2", "5", "10", "25", "50", "100", "250", "500", "750"]
UNITS = ["ml", "mL", "L", "g", "kg", "KG", "mm", "cm", "m", "W", "V", "GB", "片", "支", "抽"]
COLONS = ["：", "：", ":", ": ", " ", ""]


def address(store: Store, rng: Rng) -> str:
    """An address, Chinese or English."""
    if rng.random() < 0.25:
        return store.pick(rng, "addresses_en")
    text = store.pick(rng, "addresses_zh")
    text = text.rsplit(" ", 1)[0] if rng.random() < 0.8 else text
    if rng.random() < 0.5:
        floor = int(rng.integers(1, 34))
        text += (
            f"{int(rng.integers(1, 999))}{pick(rng, '号号弄幢')}{floor}0{int(rng.integers(1, 9))}室"
        )
    return pick(rng, ["地址：", "住址", "收货地址:", "", "", "", ""]) + text


def company(store: Store, rng: Rng) -> str:
    """A company."""
    if rng.random() < 0.3:
        return store.pick(rng, "companies_en")
    place = pick(rng, ["", "", store.word(rng)])
    return place + store.pick(rng, "companies_zh")


def person(store: Store, rng: Rng) -> str:
    """A person, with what stands beside names."""
    if rng.random() < 0.3:
        return pick(rng, ["", "", "Mr. ", "Ms. ", "Name: "]) + store.pick(rng, "people_en")
    title = pick(rng, ["", "", "先生", "女士", "经理", store.pick(rng, "jobs_zh").split("/")[0]])
    return store.pick(rng, "people_zh") + title


def money(store: Store, rng: Rng) -> str:
    """An amount, in figures or in capital numerals."""
    cents = int(10 ** rng.uniform(1, 9))
    figure = f"{cents / 100:,.2f}" if rng.random() < 0.5 else f"{cents / 100:.2f}"
    if rng.random() < 0.2:
        return pick(rng, ["人民币", "大写：", "（大写）", ""]) + _capitals(cents)
    sign = pick(rng, ["¥", "￥", "¥ ", "$", "€", "£", "€ ", "RMB ", "USD ", "", "-", "+"])
    tail = pick(rng, ["", "", "", "", "元", " 元", "/份", "起", "%", "万元"])
    head = pick(rng, ["", "", "", pick(rng, store.material["forms"]["labels"]) + pick(rng, COLONS)])
    return head + sign + figure + tail


def number(store: Store, rng: Rng) -> str:
    """Codes, phones, cards, measures, plates."""
    makers = (_code, _phone, _grouped, _measure, _plate, _identity, _plain)
    text = makers[int(rng.integers(len(makers)))](store, rng)
    if rng.random() < 0.3:
        return pick(rng, store.material["forms"]["labels"]) + pick(rng, COLONS) + text
    return text


def moment(_: Store, rng: Rng) -> str:
    """A date, a time, or both."""
    day = date(1950, 1, 1) + timedelta(int(rng.integers(30_000)))
    clock = f"{int(rng.integers(24)):02}:{int(rng.integers(60)):02}"
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%d/%m/%Y}",
        f"{day:%d %b %Y}",
        f"{day:%B %d, %Y}",
        f"{day:%Y%m%d}",
        f"星期{pick(rng, '一二三四五六日')}",
    ]
    text = pick(rng, forms)
    return pick(rng, [text, text, f"{text} {clock}", clock, f"{clock}:{digits(rng, 2)[:1]}0"])


def field(store: Store, rng: Rng) -> str:
    """A label of a form with its value."""
    label = pick(rng, store.material["forms"]["labels"])
    makers = (number, money, moment, person, company, lambda s, r: s.word(r))
    value = makers[int(rng.integers(len(makers)))](store, rng)
    return label + pick(rng, COLONS) + value


def field_en(store: Store, rng: Rng) -> str:
    """An English label with its value."""
    label = pick(rng, store.material["forms"]["labels_en"])
    label = label.upper() if rng.random() < 0.3 else label
    value = pick(
        rng, [f"{int(10 ** rng.uniform(1, 6)) / 100:.2f}", _code(store, rng), _phone(store, rng)]
    )
    return (
        label
        + pick(rng, [": ", " ", " # ", ". ", ":"])
        + pick(rng, ["", "", "£", "$", "€"])
        + value
    )


def goods(store: Store, rng: Rng) -> str:
    """A row of a Chinese tax invoice: goods with their class between asterisks, or a model."""
    name = store.word(rng) + (store.word(rng) if rng.random() < 0.5 else "")
    size = f"{pick(rng, SIZES)}{pick(rng, UNITS)}"
    model = "".join(pick(rng, CODE[10:]) for _ in range(int(rng.integers(1, 4))))
    model += pick(rng, ["", "-"]) + digits(rng, int(rng.integers(2, 5)))
    rows = [
        f"*{store.word(rng)}*{name}",
        f"*{store.word(rng)}*{name}",
        f"*{store.word(rng)}*{name}{pick(rng, ['', ' '])}{size}",
        f"{name}{pick(rng, ['', ' ', '/', '（', ' '])}{size}".replace("（" + size, f"（{size}）"),
        size + pick(rng, ["", "", "/", "*"]) + pick(rng, ["袋", "瓶", "盒", "12", "24", ""]),
        model + pick(rng, ["", "", "/", "-", " "]) + size,
        model,
    ]
    return pick(rng, rows)


def receipt(store: Store, rng: Rng) -> str:
    """A row of an English till receipt or invoice, mostly in capitals."""
    many = [store.pick(rng, "words_en") for _ in range(int(rng.integers(1, 4)))]
    goods, label = " ".join(many), pick(rng, store.material["forms"]["labels_en"])
    price = f"{int(10 ** rng.uniform(1.5, 5.5)) / 100:,.2f}"
    count = str(int(rng.integers(1, 30)))
    coin = pick(rng, ["$", "£", "€", "USD ", "S$ ", "Rs. ", "", ""])
    day = date(2000, 1, 1) + timedelta(int(rng.integers(10_000)))
    clock = f"{int(rng.integers(1, 13))}:{int(rng.integers(60)):02}:{int(rng.integers(60)):02}"
    rows = [
        f"{goods} {price}",
        f"{count} {goods} {coin}{price}",
        f"{count} x {price} {coin}{price}",
        f"{count} @ {coin}{price}",
        f"{goods} ({pick(rng, ['L', 'S', 'PCS', 'KG', '500g', '1.5L'])}) {price}",
        f"{label}{pick(rng, [': ', ' : ', ' ', ':'])}{coin}{price}",
        f"{label} ({coin.strip() or '%'}){pick(rng, [': ', ' ', ''])}{price}",
        f"{label} NO{pick(rng, ['. ', ' : ', ': '])}{_code(store, rng)}",
        f"{day:%d/%m/%Y} {clock}{pick(rng, [' AM', ' PM', ' am', ''])}",
        f"{store.pick(rng, 'companies_en')} ({digits(rng, 6)}-{pick(rng, CODE[10:])})",
        f"TEL{pick(rng, [': ', ' : ', ' '])}{_phone(store, rng)}",
    ]
    text = pick(rng, rows).strip()
    return text.upper() if rng.random() < 0.7 else text


def dish(store: Store, rng: Rng) -> str:
    """A dish, often with its price."""
    words = store.material["dishes"]
    name = pick(rng, words["ways"]) + pick(rng, words["things"]) + pick(rng, words["forms"])
    if rng.random() < 0.2:
        name = pick(rng, words["drinks"])
    price = f"{int(rng.integers(3, 400))}" + pick(rng, ["", ".00", ".8", ".5"])
    unit = pick(rng, words["units"])
    ends = [
        "",
        "",
        f" ¥{price}",
        f" {price}元",
        f"￥{price}/{unit}",
        f"（{unit}）",
        f"......{price}",
        f" x{price[:1]}",
    ]
    return name + pick(rng, ends)


def sign(store: Store, rng: Rng) -> str:
    """What a shop front or a road sign says."""
    words = store.material["signs"]
    place = store.word(rng) + pick(rng, words["places"])
    return pick(rng, [pick(rng, words["words"]), pick(rng, words["words"]), place])


def seal(store: Store, rng: Rng) -> str:
    """What a stamp says."""
    text = pick(rng, store.material["forms"]["seals"])
    return store.pick(rng, "companies_zh") + text if rng.random() < 0.3 else text


def _code(_: Store, rng: Rng) -> str:
    return "".join(pick(rng, CODE) for _ in range(int(rng.integers(4, 21))))


def _plain(_: Store, rng: Rng) -> str:
    return digits(rng, int(rng.integers(1, 21)))


def _phone(_: Store, rng: Rng) -> str:
    local = f"1{pick(rng, '3578')}{digits(rng, 9)}"
    fixed = f"0{digits(rng, 2)}-{digits(rng, 8)}"
    abroad = f"+{digits(rng, 2)} {digits(rng, 3)} {digits(rng, 4)} {digits(rng, 4)}"
    return pick(
        rng, [local, fixed, abroad, f"({digits(rng, 3)}) {digits(rng, 3)}-{digits(rng, 4)}"]
    )


def _grouped(_: Store, rng: Rng) -> str:
    return pick(rng, [" ", " ", "-"]).join(digits(rng, 4) for _ in range(int(rng.integers(2, 6))))


def _measure(store: Store, rng: Rng) -> str:
    units = store.material["forms"]["units"]
    value = f"{rng.uniform(0, 1000):.{int(rng.integers(0, 4))}f}"
    across = f"{int(rng.integers(1, 900))}×{int(rng.integers(1, 900))}"
    return pick(rng, [value, value, across, "±" + value]) + pick(rng, ["", " "]) + pick(rng, units)


def _plate(_: Store, rng: Rng) -> str:
    tail = "".join(pick(rng, CODE) for _ in range(5))
    return (
        pick(rng, "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")
        + pick(rng, CODE[10:])
        + pick(rng, ["", "·", "-"])
        + tail
    )


def _identity(_: Store, rng: Rng) -> str:
    day = date(1940, 1, 1) + timedelta(int(rng.integers(30_000)))
    return f"{digits(rng, 6)}{day:%Y%m%d}{digits(rng, 3)}{pick(rng, '0123456789X')}"


def _capitals(cents: int) -> str:
    text = "".join(
        UPPER[int(one)] + pair
        for one, pair in zip(f"{cents // 100}"[::-1], _places(), strict=False)
    )
    return (
        "".join(reversed([text[i : i + 2] for i in range(0, len(text), 2)])).rstrip("元") + "元整"
    )


def _places() -> list[str]:
    return ["元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿"]
