"""English: a page of paragraphs, a till receipt, or an e-mail."""

from tests.scenes import flow, words
from tests.scenes.canvas import Canvas
from tests.scenes.fonts import choose
from tests.scenes.page import ScenePage
from tests.scenes.words import Rng, digits, pick, sample

WIDTH, HEIGHT = 1000, 1240


def draw(rng: Rng) -> ScenePage:
    """One page of any of the three kinds."""
    return pick(rng, (paragraphs, receipt, mail))(rng)


def paragraphs(rng: Rng) -> ScenePage:
    """A heading over running text."""
    texts = words.material("english")
    body = sample(rng, texts["paragraphs"], 6)
    heading = pick(rng, texts["headings"])
    face, size = choose(rng, "latin", [heading, *body]), int(rng.integers(21, 29))
    sheet = Canvas(WIDTH, HEIGHT, (252, 252, 250))
    sheet.text((90, 120), heading, choose(rng, "latin-bold", [heading]), size + 14)
    y = 190.0
    for paragraph in body:
        for line in flow.latin(paragraph, face, size, WIDTH - 180):
            if y < HEIGHT - 60:
                sheet.text((90, y), line, face, size)
            y += size * 1.5
        y += size
    return sheet.page("english", "en")


def receipt(rng: Rng) -> ScenePage:
    """A till receipt on narrow paper."""
    texts = words.material("english")
    goods = sample(rng, texts["goods"], int(rng.integers(5, 11)))
    face = choose(rng, "mono", goods)
    sheet = Canvas(620, 560 + 36 * len(goods), (250, 250, 248))
    for y, text in (
        (70, pick(rng, texts["stores"])),
        (106, pick(rng, texts["streets"])),
        (142, f"Tel: {digits(rng, 3)}-{digits(rng, 7)}"),
    ):
        sheet.text((310, y), text, face, 22, anchor="ms")
    day = words.day(rng, 2018, 2026)
    sheet.text((40, 196), f"{day:%d/%m/%Y}", face, 20)
    sheet.text((580, 196), f"{int(rng.integers(8, 21)):02}:{_minute(rng)}", face, 20, anchor="rs")
    sheet.text((40, 230), f"Receipt No: {digits(rng, 6)}", face, 20)
    y = _goods(sheet, rng, goods, 282)
    sheet.text((310, y + 150), "THANK YOU, PLEASE COME AGAIN!", face, 20, anchor="ms")
    return sheet.page("english", "en")


def _goods(sheet: Canvas, rng: Rng, goods: list[str], y: int) -> int:
    face, total = choose(rng, "mono", goods), 0
    for item in goods:
        pence = int(rng.integers(80, 4200))
        total += pence
        sheet.text((40, y), item, face, 20)
        sheet.text((580, y), f"{pence / 100:.2f}", face, 20, anchor="rs")
        y += 36
    for title, value in (("SUBTOTAL", total), ("TAX 6%", total * 6 // 100)):
        sheet.text((40, y + 16), title, face, 20)
        sheet.text((580, y + 16), f"{value / 100:.2f}", face, 20, anchor="rs")
        y += 36
    sheet.text((40, y + 24), "TOTAL", face, 26)
    sheet.text((580, y + 24), f"£{(total + total * 6 // 100) / 100:.2f}", face, 26, anchor="rs")
    return y


def mail(rng: Rng) -> ScenePage:
    """An e-mail as a program shows it, with addresses and a link."""
    texts, people = words.material("english"), words.material("people")["english"]
    sender, receiver = sample(rng, people, 2)
    domain = pick(rng, texts["domains"])
    head = [
        f"From: {sender} <{_mailbox(sender)}@{domain}>",
        f"To: {_mailbox(receiver)}@{pick(rng, texts['domains'])}",
        f"Subject: {pick(rng, texts['subjects'])}",
        f"Date: {_moment(rng)}",
    ]
    body = [pick(rng, texts["greetings"]), *sample(rng, texts["paragraphs"], 3)]
    body += [
        f"https://www.{domain}/{pick(rng, texts['paths'])}",
        pick(rng, texts["closings"]),
        sender,
    ]
    face = choose(rng, "latin", [*head, *body])
    sheet, y = Canvas(WIDTH, 900), 70.0
    for line in head:
        sheet.text((60, y), line, face, 22)
        y += 36
    sheet.draw.line((60, y - 10, WIDTH - 60, y - 10), (190, 190, 190), 2)
    for paragraph in body:
        y += 16
        for line in flow.latin(paragraph, face, 22, WIDTH - 120):
            y += 34
            sheet.text((60, y), line, face, 22)
    return sheet.page("english", "en")


def _moment(rng: Rng) -> str:
    return f"{words.day(rng, 2019, 2026):%a, %d %b %Y} {int(rng.integers(7, 20))}:{_minute(rng)}"


def _minute(rng: Rng) -> str:
    return f"{int(rng.integers(60)):02}"


def _mailbox(name: str) -> str:
    return name.lower().replace("'", "").replace(" ", ".")
