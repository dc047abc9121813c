"""Which modules the page loads ahead: `python -m tests.browser.preloads` writes them into it.

A browser learns of a module when it has read the one that imports it, and so would ask for them
row by row; named in the page, they all come at once.
"""

import re

from slim.page import ENTRY, read_modules
from tests.browser.service import PAGE

BLOCK = re.compile(r'(?:  <link rel="modulepreload" href="[^"]+">\n)+')


def wanted() -> list[str]:
    """The modules that the page needs at once, but for the first, which it names anyway."""
    return sorted(set(read_modules(PAGE, lazy=False)) - {ENTRY})


def written() -> list[str]:
    """The modules that the page names."""
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    return re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)


def main() -> None:
    """Write what is wanted."""
    file = PAGE / "index.html"
    html = BLOCK.sub("", file.read_text(encoding="utf-8"))
    block = "".join(f'  <link rel="modulepreload" href="{path}">\n' for path in wanted())
    script = f'  <script type="module" src="{ENTRY}"></script>\n'
    file.write_text(html.replace(script, block + script), encoding="utf-8")


if __name__ == "__main__":
    main()
