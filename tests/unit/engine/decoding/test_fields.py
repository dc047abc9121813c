"""Lines that hold a date, an amount, an identity number: read as such where the ink allows."""

import pytest

from tests.unit.engine.decoding.kit import decoder, read, spelled
from wenyun.engine.decoding.aids import Wishes
from wenyun.engine.decoding.fields import shape_of, toll

DATE = Wishes(expect=("date",))
AMOUNT = Wishes(expect=("amount",))
NUMBER = Wishes(expect=("id_number",))
GOOD = "11010519491231002X"


def test_a_month_that_there_is_not() -> None:
    line = spelled("2024-18-05", p6={"8": 0.6, "2": 0.3})
    assert read(line, Wishes())[0] == "2024-18-05"
    assert read(line, DATE) == ("2024-12-05", "date")


def test_a_day_that_the_year_has_not() -> None:
    line = spelled("2023年2月29日", p8={"9": 0.6, "8": 0.3})
    assert read(line, DATE) == ("2023年2月28日", "date")
    assert read(spelled("2024年2月29日", p8={"9": 0.6, "8": 0.3}), DATE)[0] == "2024年2月29日"


def test_signs_that_look_alike() -> None:
    line = spelled("2024牛3月7曰", p4={"牛": 0.7, "年": 0.2}, p8={"曰": 0.7, "日": 0.2})
    assert read(line, DATE) == ("2024年3月7日", "date")
    line = spelled("l2 Mar 2O24", p0={"l": 0.6, "1": 0.3}, p8={"O": 0.6, "0": 0.3})
    assert read(line, DATE) == ("12 Mar 2024", "date")


def test_what_stands_around_a_field_stays() -> None:
    line = spelled("日期：2024-18-05 号", p9={"8": 0.6, "2": 0.3})
    assert read(line, DATE) == ("日期：2024-12-05 号", "date")


def test_a_date_that_the_ink_does_not_allow() -> None:
    assert read(spelled("2024-18-45"), DATE) == ("2024-18-45", "sight")


@pytest.mark.parametrize("text", ["宫保鸡丁", "abc def", "12345678901234", "1/2", " ", "2024"])
@pytest.mark.parametrize("kind", ["date", "id_number"])
def test_other_lines_stay(text: str, kind: str) -> None:
    assert read(spelled(text), Wishes(expect=(kind,))) == (text, "sight")


def test_an_amount_with_a_letter_in_it() -> None:
    line = spelled("¥1,2O4.5S", p4={"O": 0.6, "0": 0.3}, p8={"S": 0.6, "5": 0.3})
    assert read(line, AMOUNT) == ("¥1,204.55", "amount")


def test_capitals_that_look_alike() -> None:
    line = spelled("染佰贰拾圆整", p0={"染": 0.8, "柒": 0.15})
    assert read(line, AMOUNT) == ("柒佰贰拾圆整", "amount")
    line = spelled("壹伯圆整", p1={"伯": 0.8, "佰": 0.15})
    assert read(line, AMOUNT) == ("壹佰圆整", "amount")


def test_no_figure_is_made_up_or_left_out() -> None:
    """`1.204.55` is no amount; what would make it one are other figures."""
    line = spelled("1.204.55", p1={".": 0.6, "5": 0.39})
    assert read(line, AMOUNT)[0] == "1.204.55"
    assert toll("1.5", "165") > toll("1O5", "105")
    assert toll("12.5", "1.5") > 0
    assert toll("染佰", "柒佰") == 0


def test_a_check_digit_chooses() -> None:
    assert read(spelled(GOOD), NUMBER) == (GOOD, "id_number")
    line = spelled(GOOD, p3={"7": 0.5, "1": 0.3, "9": 0.1})
    assert read(line, Wishes())[0] != GOOD
    assert read(line, NUMBER) == (GOOD, "id_number")
    line = spelled(GOOD, p3={"7": 0.5, "1": 0.3}, p16={"8": 0.5, "2": 0.3})
    assert read(line, NUMBER) == (GOOD, "id_number")


def test_letters_in_a_number() -> None:
    line = spelled(GOOD, p2={"O": 0.6, "0": 0.3}, p14={"O": 0.7, "0": 0.2})
    assert read(line, NUMBER) == (GOOD, "id_number")


def test_a_number_whose_check_fails_and_that_is_sure_stays() -> None:
    wrong = GOOD[:-1] + "1"
    assert read(spelled(wrong), NUMBER) == (wrong, "sight")


def test_several_kinds_at_once() -> None:
    every = Wishes(expect=("date", "amount", "id_number"))
    assert read(spelled(GOOD, p3={"7": 0.5, "1": 0.3}), every) == (GOOD, "id_number")
    assert read(spelled("¥12.5O", p5={"O": 0.6, "0": 0.3}), every)[0] == "¥12.50"
    assert read(spelled("2024-18-05", p6={"8": 0.6, "2": 0.3}), every)[0] == "2024-12-05"


def test_confidence_falls_where_others_are_as_likely() -> None:
    sure = decoder(DATE).decode(spelled("2024-12-05", p6={"2": 0.9, "8": 0.09}), 20)
    torn = decoder(DATE).decode(spelled("2024-12-05", p6={"8": 0.4, "2": 0.3, "1": 0.28}), 20)
    assert (sure.text, torn.text) == ("2024-12-05", "2024-12-05")
    assert sure.weakest > torn.weakest
    assert torn.weakest == pytest.approx(0.3 / 0.58, abs=0.05)


def test_shapes() -> None:
    assert "".join(map(shape_of, "2O年-¥a宫")) == "00年-¥ah"
