"""The page packed: modules as one script, stylesheets as one."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from slim.page import ENTRY, PackError, pack, pack_html, pack_script, pack_sheets, read_modules

PAGE = Path(__file__).resolve().parents[3] / "functions/webui"


def _write(root: Path, **modules: str) -> Path:
    (root / "js" / "deep").mkdir(parents=True)
    for name, text in modules.items():
        path = root / "js" / f"{name.replace('__', '/')}.js"
        path.write_text(text, encoding="utf-8")
    return root


def _run(root: Path) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    script = root / "packed.mjs"
    script.write_text(pack_script(root), encoding="utf-8")
    ran = subprocess.run([node, script], capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout


def test_modules_run_once_each_after_what_they_need(tmp_path: Path) -> None:
    root = _write(
        tmp_path,
        main="""import "./deep/side.js";
import {
  first as uno,
  Second,
} from "./a.js";
console.log(uno(), new Second().name);
""",
        a="""import { BASE } from "./deep/side.js";
export function first() {
  return BASE + 1;
}
export class Second {
  name = "second";
}
""",
        deep__side='export const BASE = 41;\nconsole.log("side");\n',
    )
    assert _run(root) == "side\n42 second\n"


def test_what_is_wanted_later_runs_later(tmp_path: Path) -> None:
    root = _write(
        tmp_path,
        main='import("./deep/late.js").then(({ say, words }) => say([...words()]));\n'
        'console.log("now");\n',
        deep__late="""import { word } from "../word.js";
export async function say(all) {
  console.log(word, ...all);
}
export function* words() {
  yield 1;
}
""",
        word='export const word = "later";\n',
    )
    assert _run(root) == "now\nlater 1\n"


def test_comments_and_the_types_in_them_are_left_out(tmp_path: Path) -> None:
    root = _write(
        tmp_path,
        main="""/** @typedef {import("./nowhere.js").T} T */
// import { x } from "./nowhere.js";
const one = /** @type {import("./nowhere.js").T} */ (1);
const address = "http://a/*b*/"; // stays
const python = `
import urllib
`;
console.log(one, address, python.trim());
""",
    )
    assert _run(root) == "1 http://a/*b*/ import urllib\n"
    assert "nowhere" not in pack_script(root)


def test_the_file_that_is_edited_where_the_page_is_put_stays_one(tmp_path: Path) -> None:
    root = _write(tmp_path, main='import { api } from "../config.js";\nconsole.log(api);\n')
    (root / "config.js").write_text('export const api = "there";\n', encoding="utf-8")
    assert pack_script(root).startswith('import * as config from "../config.js";\n')


@pytest.mark.parametrize(
    "text",
    [
        "export default 1;\n",
        "export let count = 0;\n",
        'export { a } from "./a.js";\n',
        'import all from "./a.js";\n',
        'import * as all from "./a.js";\n',
    ],
)
def test_what_cannot_be_packed_is_an_error(tmp_path: Path, text: str) -> None:
    root = _write(tmp_path, main=text, a="export const a = 1;\n")
    with pytest.raises(PackError, match=r"js/main\.js"):
        pack_script(root)


def test_modules_in_a_circle_are_an_error(tmp_path: Path) -> None:
    root = _write(
        tmp_path,
        main='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(PackError, match=r"js/a\.js → js/b\.js → js/a\.js"):
        pack_script(root)


def test_the_sheets_that_always_hold_become_one(tmp_path: Path) -> None:
    html = """<head>
  <link rel="stylesheet" href="a.css">
  <link rel="stylesheet" href="night.css" id="dark" media="x">
  <link rel="stylesheet" href="b.css">
  <link rel="modulepreload" href="js/main.js">
  <script type="module" src="js/main.js"></script>
</head>"""
    for name in "ab":
        (tmp_path / f"{name}.css").write_text(f"{name} {{}}\n", encoding="utf-8")
    assert pack_sheets(tmp_path, html) == "a {}\nb {}\n"
    assert (
        pack_html(html)
        == """<head>
  <link rel="stylesheet" href="css/page.css">
  <link rel="stylesheet" href="night.css" id="dark" media="x">
  <script type="module" src="js/main.js"></script>
</head>"""
    )


def test_the_page_itself(tmp_path: Path) -> None:
    """What the images serve: eight files and the samples, every reference among them kept."""
    root = tmp_path / "webui"
    shutil.copytree(PAGE, root)
    before = len(read_modules(root))
    pack(root)
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    html = (root / "index.html").read_text(encoding="utf-8")
    script = (root / ENTRY).read_text(encoding="utf-8")
    wanted = set(re.findall(r'(?:href|src)="([^"#]+\.\w+)"', html))
    assert before > 20
    assert wanted <= left
    assert {path for path in left if path.endswith(".css")} == {"css/page.css", "css/dark.css"}
    imports = re.findall(r"""^\s*(?:import\b.*["'].*|export\b.*)""", script, re.MULTILINE)
    assert imports == ['import * as config from "../config.js";']
