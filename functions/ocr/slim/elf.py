"""What a shared library (64-bit, little-endian ELF) gives and asks for, read from its tables.

Names and numbers are those of the ELF specification and of glibc's elf.h.
"""

import struct
from dataclasses import dataclass, field
from pathlib import Path

SHT_DYNAMIC, SHT_DYNSYM, SHT_VERDEF, SHT_VERSYM = 6, 11, 0x6FFFFFFD, 0x6FFFFFFF
DT_NEEDED, DT_SONAME = 1, 14
STT_OBJECT, STT_TLS = 1, 6
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name that a library defines.

    Attributes:
        version: The version it belongs to, as in `png_error@PNG16_0`; empty for none.
        is_data: Whether it is a variable and no function.

    """

    name: str
    version: str
    is_data: bool


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library.

    Attributes:
        machine: The processor, a number of ELF's (62 x86_64, 183 aarch64).
        soname: The name under which others ask for it; empty for a Python module.
        needed: The sonames it asks for.
        defined: What it gives, by name.
        undefined: The names it asks for.

    """

    machine: int
    soname: str = ""
    needed: tuple[str, ...] = ()
    defined: dict[str, Symbol] = field(default_factory=dict)
    undefined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Section:
    data: bytes
    link: int
    entries: int


def is_elf(path: Path) -> bool:
    """Whether the file is a 64-bit, little-endian ELF file."""
    with path.open("rb") as file:
        return file.read(6) == b"\x7fELF\x02\x01"


def read_library(path: Path) -> Library:
    """Read the tables of one library.

    Raises:
        ValueError: It has no section headers, or is no 64-bit, little-endian ELF file.

    """
    if not is_elf(path):
        raise ValueError(f"{path} is no 64-bit, little-endian ELF file")
    data = path.read_bytes()
    machine, sections, links = _sections(data)
    if SHT_DYNSYM not in sections:
        raise ValueError(f"{path} has no section headers")
    needed, soname = _dynamic(sections[SHT_DYNAMIC], links)
    defined, undefined = _symbols(sections, links)
    return Library(machine, soname, needed, defined, undefined)


def _sections(data: bytes) -> tuple[int, dict[int, _Section], list[bytes]]:
    """The machine, the dynamic sections by type, and the contents of all by index."""
    header = _HEADER.unpack_from(data)
    machine, offset, size, count = header[2], header[6], header[11], header[12]
    by_type: dict[int, _Section] = {}
    contents = []
    for index in range(count):
        entry = _SECTION.unpack_from(data, offset + index * size)
        kind, start, length, link, info = entry[1], entry[4], entry[5], entry[6], entry[7]
        wanted = kind in (3, SHT_DYNAMIC, SHT_DYNSYM, SHT_VERDEF, SHT_VERSYM)
        contents.append(data[start : start + length] if wanted else b"")
        if wanted:
            by_type[kind] = _Section(contents[-1], link, info)
    return machine, by_type, contents


def _text(strings: bytes, at: int) -> str:
    return strings[at : strings.index(b"\0", at)].decode()


def _dynamic(section: _Section, links: list[bytes]) -> tuple[tuple[str, ...], str]:
    pairs = list(struct.iter_unpack("<qQ", section.data))
    strings = links[section.link]
    needed = tuple(_text(strings, value) for tag, value in pairs if tag == DT_NEEDED)
    sonames = [_text(strings, value) for tag, value in pairs if tag == DT_SONAME]
    return needed, sonames[0] if sonames else ""


def _symbols(
    sections: dict[int, _Section], links: list[bytes]
) -> tuple[dict[str, Symbol], frozenset[str]]:
    table = sections[SHT_DYNSYM]
    strings, versions = links[table.link], _versions(sections, links)
    indices = sections.get(SHT_VERSYM)
    defined, undefined = {}, set()
    for number, entry in enumerate(_SYMBOL.iter_unpack(table.data)):
        name, kind, section = _text(strings, entry[0]), entry[1] & 15, entry[3]
        if section == 0:
            undefined.add(name)
            continue
        index = struct.unpack_from("<H", indices.data, 2 * number)[0] if indices else 1
        version = versions.get(index & 0x7FFF, "")
        defined[name] = Symbol(name, version, kind in (STT_OBJECT, STT_TLS))
    return defined, frozenset(undefined - {""})


def _versions(sections: dict[int, _Section], links: list[bytes]) -> dict[int, str]:
    """The versions that the library itself defines, by index; the first is the library."""
    section = sections.get(SHT_VERDEF)
    found: dict[int, str] = {}
    at = 0
    for _ in range(section.entries if section else 0):
        assert section
        _, flags, index, _, _, names, following = struct.unpack_from("<HHHHIII", section.data, at)
        (name,) = struct.unpack_from("<I", section.data, at + names)
        if not flags & 1:
            found[index] = _text(links[section.link], name)
        at += following
    return found
