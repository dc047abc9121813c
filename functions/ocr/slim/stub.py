"""Writes a shared library that can be loaded in another's place, but does nothing.

It has the other's soname, the functions that are asked for, and their versions. Every function is
one instruction that no processor knows: a call ends the process at once (SIGILL), where an
empty function would answer nonsense.
"""

import struct
from collections.abc import Iterable

from slim.elf import Symbol

TRAPS = {62: b"\x0f\x0b\x0f\x0b", 183: b"\x00\x00\x00\x00"}
"""Machine to code: `ud2` of x86_64, `udf` of aarch64."""

PAGE = 0x10000
"""The largest page of both machines."""

_HEADER, _SEGMENT = 64, 56
_SEGMENTS = 4
_CODE = _HEADER + _SEGMENTS * _SEGMENT
_DT = {"soname": 14, "hash": 4, "strings": 5, "symbols": 6, "strings_size": 10, "symbol_size": 11,
       "versions": 0x6FFFFFF0, "verdef": 0x6FFFFFFC, "verdefs": 0x6FFFFFFD}  # fmt: skip


class _Strings:
    """A string table under construction."""

    def __init__(self) -> None:
        self.data = b"\0"

    def add(self, text: str) -> int:
        """Where the text begins."""
        at = len(self.data)
        self.data += text.encode() + b"\0"
        return at


def stub_library(machine: int, soname: str, symbols: Iterable[Symbol]) -> bytes:
    """The bytes of the library.

    Args:
        machine: The processor, a number of ELF's.
        soname: The name under which others ask for it.
        symbols: The functions that it gives.

    Raises:
        ValueError: One of the symbols is a variable, or the processor is unknown.

    """
    given = sorted(symbols, key=lambda symbol: symbol.name)
    if variables := [symbol.name for symbol in given if symbol.is_data]:
        raise ValueError(f"{soname} is asked for variables: {', '.join(variables)}")
    if machine not in TRAPS:
        raise ValueError(f"{soname} is for processor {machine}, which is not known here")
    strings = _Strings()
    own_name = strings.add(soname)
    versions = sorted({symbol.version for symbol in given} - {""})
    tables = {
        "symbols": _symbol_table(given, strings),
        "hash": _hash_table(given),
        "versions": _version_indices(given, versions),
        "verdef": _version_definitions(soname, versions, strings),
    }
    tables["strings"] = strings.data
    body, places = _lay_out(TRAPS[machine], tables)
    dynamic = _dynamic(own_name, len(strings.data), len(versions) + 1, places)
    return _headers(machine, len(body), len(dynamic)) + body[_CODE:] + dynamic


def _symbol_table(symbols: list[Symbol], strings: _Strings) -> bytes:
    """Global functions of section 1, each at the trap; entry 0 is empty."""
    entries = (
        struct.pack("<IBBHQQ", strings.add(symbol.name), 0x12, 0, 1, _CODE, 4) for symbol in symbols
    )
    return bytes(24) + b"".join(entries)


def _hash_table(symbols: list[Symbol]) -> bytes:
    """One bucket, in which every symbol leads to the next."""
    count = len(symbols) + 1
    following = [0, *range(2, count), 0][:count]
    return struct.pack(f"<III{count}I", 1, count, 1 if symbols else 0, *following)


def _version_indices(symbols: list[Symbol], versions: list[str]) -> bytes:
    """2 and up for the versions; 1 is a symbol of no version."""
    indices = {"": 1} | {version: number + 2 for number, version in enumerate(versions)}
    return struct.pack(f"<{len(symbols) + 1}H", 0, *(indices[s.version] for s in symbols))


def _version_definitions(soname: str, versions: list[str], strings: _Strings) -> bytes:
    entries = []
    names = [soname, *versions]
    for number, name in enumerate(names, 1):
        following = 28 if number < len(names) else 0
        entries.append(
            struct.pack(
                "<HHHHIIIII", 1, number == 1, number, 1, _sysv_hash(name), 20, following,
                strings.add(name), 0,
            )
        )  # fmt: skip
    return b"".join(entries)


def _sysv_hash(name: str) -> int:
    """The hash function of System V's ABI."""
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high
    return value


def _lay_out(code: bytes, tables: dict[str, bytes]) -> tuple[bytes, dict[str, int]]:
    """Code and tables one after the other, behind room for the headers; and where each begins."""
    body, places = bytes(_CODE) + code, {}
    for name, table in tables.items():
        body += bytes(-len(body) % 8)
        places[name] = len(body)
        body += table
    return body + bytes(-len(body) % 8), places


def _dynamic(own_name: int, strings_size: int, verdefs: int, places: dict[str, int]) -> bytes:
    values = places | {
        "soname": own_name, "strings_size": strings_size, "symbol_size": 24, "verdefs": verdefs,
    }  # fmt: skip
    return b"".join(struct.pack("<qQ", _DT[name], value) for name, value in values.items()) + bytes(
        16
    )


def _headers(machine: int, body: int, dynamic: int) -> bytes:
    """Two segments to load, code with tables and what the loader writes to, and no code stack."""
    ident = b"\x7fELF\x02\x01\x01" + bytes(9)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH", ident, 3, machine, 1, 0, _HEADER, 0, 0, _HEADER, _SEGMENT, _SEGMENTS,
        64, 0, 0,
    )  # fmt: skip
    moved = body + PAGE
    segments = [
        (1, 5, 0, 0, 0, body, body, PAGE),
        (1, 6, body, moved, moved, dynamic, dynamic, PAGE),
        (2, 6, body, moved, moved, dynamic, dynamic, 8),
        (0x6474E551, 6, 0, 0, 0, 0, 0, 16),
    ]
    return header + b"".join(struct.pack("<IIQQQQQQ", *segment) for segment in segments)
