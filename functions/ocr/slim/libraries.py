"""Shared libraries that wheels bring in folders of their own, `PACKAGE.libs`."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from slim.elf import Library, is_elf, read_library
from slim.stub import stub_library

Libraries = dict[Path, Library]


def read_libraries(folder: Path) -> Libraries:
    """Every shared library and compiled module below a folder."""
    paths = (path for path in sorted(folder.rglob("*.so*")) if path.is_file() and is_elf(path))
    return {path: read_library(path) for path in paths}


def stub(libraries: Libraries, stubbed: Collection[Path]) -> Libraries:
    """Put a stub in the place of each library named, with the functions that the others ask for.

    Returns:
        The libraries as they are now.

    """
    others = [library for path, library in libraries.items() if path not in stubbed]
    now = dict(libraries)
    for path in stubbed:
        library = libraries[path]
        askers = [other.undefined for other in others if library.soname in other.needed]
        names = sorted(library.defined.keys() & frozenset().union(*askers))
        symbols = {name: library.defined[name] for name in names}
        path.unlink()  # it may be a link to a file that others use
        path.write_bytes(stub_library(library.machine, library.soname, symbols.values()))
        now[path] = replace(library, needed=(), defined=symbols, undefined=frozenset())
    return now


def unneeded(libraries: Libraries) -> Iterator[Path]:
    """The bundled libraries that no module needs, directly or through another."""
    by_name = {library.soname: path for path, library in libraries.items() if library.soname}
    wanted = [path for path in libraries if not path.parent.name.endswith(".libs")]
    kept = set(wanted)
    while wanted:
        found = {by_name[name] for name in libraries[wanted.pop()].needed if name in by_name} - kept
        kept |= found
        wanted += found
    return (path for path in libraries if path not in kept)
