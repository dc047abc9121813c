"""Tables look as they should and say what fell short."""

from tests.bench import report
from tests.bench.score import Score
from tests.bench.subjects import Outcome
from tests.bench.table import percent, ratio, table
from tests.bench.tally import Tally, with_sums


def _outcome(**about: object) -> Outcome:
    return Outcome(0.1, 0.2, 100.0, (), (), about)


def _scores(exact: int = 9, errors: int = 10) -> Tally:
    one = Score(
        pages=2,
        lines=10,
        exact=exact,
        verbatim=5,
        chars=100,
        errors=errors,
        read=10,
        sent=4,
        seconds=1,
    )
    return with_sums({"real receipts_en_sroie": one, "invoice": one, "english": one})


def test_columns_are_aligned() -> None:
    rows = table(["set", "lines"], [["invoice", "7"], ["menu", "1234"]]).splitlines()
    assert rows == [
        "| set     | lines |",
        "| ------- | ----: |",
        "| invoice |     7 |",
        "| menu    |  1234 |",
    ]


def test_percent_and_ratio() -> None:
    assert percent(0.98765) == "98.8"
    assert ratio(1.0, 4.0) == "0.25"
    assert ratio(None, 4.0) == ratio(1.0, None) == "-"


def test_accuracy_tables_hold_every_subject_and_row() -> None:
    results = {
        "wenyun balanced": (_scores(), _outcome(models={"detector": "DB"}, used=["detector"])),
        "rapidocr": (_scores(exact=8), _outcome()),
    }
    text = "\n".join(report.accuracy(results, lines=False))
    assert "| invoice                |    10 |            90.0 |     80.0 |" in text
    assert text.index("| all drawn") < text.index("| real receipts") < text.index("| all real")
    assert "detector: DB" in text
    assert "40.0" in text, "lines sent on"


def test_latin_rows_alone_mind_spaces() -> None:
    results = {"wenyun fast": (_scores(), _outcome())}
    part = next(t for t in report.accuracy(results, lines=True) if "spaces and case" in t)
    assert "english" in part
    assert "invoice" not in part


def test_floors_name_each_shortfall() -> None:
    met = report.floors({"wenyun balanced": (_scores(errors=1), _outcome())})
    short = report.floors({"wenyun balanced": (_scores(errors=10), _outcome())})
    assert any(line.endswith("met") for line in met)
    assert "invoice: 90.0 (floor 98.2) SHORT" in short


def test_enhancement_says_when_auto_loses_on_clean_pages() -> None:
    def rows(auto: int) -> dict[str, dict[str, Tally]]:
        return {"clean": {"off": _scores(9), "auto": _scores(auto), "on": _scores(3)}}

    assert "| clean |    20 | 90.0 | 90.0 | 30.0 |" in report.enhancement(rows(9))
    assert "auto on clean pages: met" in report.enhancement(rows(9))
    assert "SHORT by 2 lines" in report.enhancement(rows(8))


def test_nothing_read_is_said() -> None:
    assert report.accuracy({}, lines=False) == ["nothing was read"]
