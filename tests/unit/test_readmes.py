"""The two READMEs say what the code says, and the same as each other."""

import inspect
import re
from pathlib import Path

import pytest

from wenyun import settings
from wenyun.options import SPECS

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]

each_readme = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def _first_cells(readme: Path) -> list[str]:
    rows = re.findall(r"^\| (`[^|]*) \|", readme.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


@each_readme
def test_the_tables_name_every_option_and_every_setting(readme: Path) -> None:
    read_from = re.findall(r'"(OCR_[A-Z_]+|HOST|PORT)"', inspect.getsource(settings))
    assert sorted(_first_cells(readme)) == sorted(set(read_from) | set(SPECS))


@each_readme
def test_every_value_of_an_option_is_named(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for spec in SPECS.values():
        [row] = re.findall(rf"^\| `{spec.name}` \|.*", text, re.MULTILINE)
        for value in spec.enum or ():
            assert f"`{value}`" in row


@each_readme
def test_every_link_inside_the_project_leads_somewhere(readme: Path) -> None:
    links = re.findall(r"\]\(([^):]+)\)", readme.read_text(encoding="utf-8"))
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_both_languages_have_the_same_parts_and_commands() -> None:
    english, chinese = (readme.read_text(encoding="utf-8") for readme in READMES)
    assert re.findall(r"^#+ ", english, re.MULTILINE) == re.findall(r"^#+ ", chinese, re.MULTILINE)
    assert _commands(english) == _commands(chinese)


def _commands(text: str) -> list[str]:
    """Lines of the code blocks that a shell would run, without their comments."""
    blocks = [block for block in text.split("```")[1::2] if block.startswith("\n")]
    lines = [re.sub(r"\s+# .*", "", line) for block in blocks[:-1] for line in block.splitlines()]
    return [line for line in lines if line.strip()]
