"""Which pages of a file are read."""

import pytest

from wenyun.documents.reading import check_count
from wenyun.documents.sheets import chosen_pages
from wenyun.errors import WenyunError
from wenyun.options import parse_options


@pytest.mark.parametrize(
    ("said", "chosen"),
    [("", [1, 2, 3, 4, 5]), ("2", [2]), ("4-", [4, 5]), ("1-2,5", [1, 2, 5]), ("5,1-2", [1, 2, 5]),
     ("1-3,2-4,3", [1, 2, 3, 4]), ("3-900", [3, 4, 5]), ("5-5", [5])],
)  # fmt: skip
def test_pages_come_in_the_order_of_the_file_each_once(said: str, chosen: list[int]) -> None:
    assert chosen_pages(parse_options({"pages": said}).pages, 5) == chosen


def test_a_page_that_there_is_not() -> None:
    with pytest.raises(WenyunError, match="no page 6: the document has 5") as caught:
        chosen_pages(parse_options({"pages": "1,6-8"}).pages, 5)
    assert (caught.value.code, caught.value.field) == ("invalid_option", "pages")


def test_more_pages_than_one_request_takes() -> None:
    check_count(5, 5)
    check_count(500, None)
    with pytest.raises(WenyunError, match="/api/jobs") as caught:
        check_count(6, 5)
    assert (caught.value.code, caught.value.status) == ("too_many_pages", 413)
