"""The page for an image: its many modules as one script, its stylesheets as one.

The page works as it is, and that is how it is written, tested and put on file servers. Behind a
function each file is a call of its own: fifty of them at once would wake as many instances, and
more than a new account may have. So the images carry the page in eight files.

What the page's modules may write is kept small on purpose: named imports, named exports of
functions, classes and constants, no cycles. Anything else is an error here and in the tests.

    python3 -m slim.page FOLDER
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, normpath

ENTRY = "js/main.js"
OUTSIDE = "config.js"
"""Edited where the page is deployed, so it stays a file."""

SHEET = "css/page.css"

_IMPORT = re.compile(
    r'^import\s+(?:\{(?P<names>[^}]*)\}\s+from\s+)?"(?P<path>\.[^"]+)";\n', re.MULTILINE
)
_LAZY = re.compile(r'\bimport\("(?P<path>\.[^"]+)"\)')
_EXPORT = re.compile(
    r"^export (?P<kind>(?:async )?function\*?|class|const) (?P<name>\w+)", re.MULTILINE
)
# Programs in another language may stand in a module's text; they import without quotes.
_STRAY = re.compile(r"""^(?:import\b[^\n]*["'{*]|export\b).*""", re.MULTILINE)
_COMMENT = re.compile(
    r"^[ \t]*//[^\n]*\n|^[ \t]*/\*(?:(?!\*/)[\s\S])*\*/\n|/\*\*(?:(?!\*/)[\s\S])*\*/", re.MULTILINE
)
_SHEET = re.compile(r'\s*<link rel="stylesheet" href="(?P<path>[^"]+)">')
_PRELOAD = re.compile(r'\s*<link rel="modulepreload" href="[^"]+">')


class PackError(ValueError):
    """The page is written in a way that cannot be packed."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module: what it needs at once, what it may need later, and its text."""

    path: str
    needs: tuple[str, ...]
    may_need: tuple[str, ...]
    text: str


def read_module(root: Path, path: str) -> Module:
    """A module of the page without its comments, in which types are imported too."""
    text = _COMMENT.sub("", (root / path).read_text(encoding="utf-8"))
    needs = tuple(dict.fromkeys(_beside(path, found["path"]) for found in _IMPORT.finditer(text)))
    lazy = tuple(dict.fromkeys(_beside(path, found["path"]) for found in _LAZY.finditer(text)))
    return Module(path, needs, lazy, text)


def read_modules(root: Path, entry: str = ENTRY, *, lazy: bool = True) -> dict[str, Module]:
    """The entry and all that it imports, each after what it needs.

    Args:
        root: The page's folder.
        entry: Where it begins.
        lazy: Whether modules are followed that are imported only when wanted.

    Raises:
        PackError: Modules import each other in a circle.

    """
    found: dict[str, Module] = {}
    _follow(root, entry, (), found, lazy=lazy)
    return found


def _follow(
    root: Path, path: str, above: tuple[str, ...], found: dict[str, Module], *, lazy: bool
) -> None:
    if path in above:
        raise PackError(f"modules in a circle: {' → '.join((*above, path))}")
    if path in found:
        return
    module = read_module(root, path)
    for need in module.needs:
        _follow(root, need, (*above, path), found, lazy=lazy)
    found[path] = module
    for need in module.may_need if lazy else ():
        _follow(root, need, (), found, lazy=lazy)


def pack_script(root: Path) -> str:
    """All modules in one: each a function that runs once, when it is first wanted."""
    modules = read_modules(root)
    inside = [module for path, module in modules.items() if path != OUTSIDE]
    outside = f'import * as config from "../{OUTSIDE}";\n' if OUTSIDE in modules else ""
    made = f'{{ "{OUTSIDE}": config }}' if outside else "{}"
    return (
        f"{outside}const made = {made};\n"
        "const need = (path) => (made[path] ??= parts[path]());\n"
        f"const parts = {{\n{''.join(map(_part, inside))}}};\n"
        f'need("{ENTRY}");\n'
    )


def _part(module: Module) -> str:
    names = [found["name"] for found in _EXPORT.finditer(module.text)]
    text = _IMPORT.sub(lambda found: _needed(module.path, found), module.text)
    text = _LAZY.sub(lambda found: _wanted(module.path, found), text)
    text = _EXPORT.sub(r"\g<kind> \g<name>", text).replace("export {};\n", "")
    if stray := _STRAY.search(text):
        raise PackError(f"{module.path}: cannot pack {stray[0]!r}")
    return f'"{module.path}": () => {{\n{text}return {{ {", ".join(names)} }};\n}},\n'


def _needed(path: str, found: re.Match[str]) -> str:
    call = f'need("{_beside(path, found["path"])}")'
    if found["names"] is None:
        return f"{call};\n"
    names = " ".join(found["names"].split()).replace(" as ", ": ")
    return f"const {{ {names} }} = {call};\n"


def _wanted(path: str, found: re.Match[str]) -> str:
    return f'Promise.resolve().then(() => need("{_beside(path, found["path"])}"))'


def pack_sheets(root: Path, html: str) -> str:
    """The stylesheets that always hold, in their order."""
    return "".join((root / found["path"]).read_text(encoding="utf-8") for found in _sheets(html))


def pack_html(html: str) -> str:
    """The page with one link to its stylesheet, and nothing to load ahead."""
    first = next(_sheets(html))["path"]
    html = html.replace(f'href="{first}"', f'href="{SHEET}"')
    html = _SHEET.sub(lambda found: found[0] if found["path"] == SHEET else "", html)
    return _PRELOAD.sub("", html)


def pack(root: Path) -> None:
    """Replace the page in this folder by its packed form."""
    page = root / "index.html"
    html = page.read_text(encoding="utf-8")
    script, sheet = pack_script(root), pack_sheets(root, html)
    gone = [root / path for path in read_modules(root) if path != OUTSIDE]
    gone += [root / found["path"] for found in _sheets(html)]
    for path in gone:
        path.unlink()
    (root / ENTRY).write_text(script, encoding="utf-8")
    (root / SHEET).write_text(sheet, encoding="utf-8")
    page.write_text(pack_html(html), encoding="utf-8")


def _sheets(html: str) -> Iterator[re.Match[str]]:
    return _SHEET.finditer(html)


def _beside(path: str, relative: str) -> str:
    return normpath(f"{dirname(path)}/{relative}")


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
