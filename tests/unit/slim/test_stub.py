"""A stub is loaded as the library would be, and ends the process when one of it is called."""

import ctypes
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from slim.elf import Symbol, is_elf, read_library
from slim.stub import _sysv_hash, stub_library

MACHINES = {"x86_64": 62, "aarch64": 183}
HERE = MACHINES.get(platform.machine(), 0)
SYMBOLS = [Symbol("alpha", "WENYUN_1", False), Symbol("beta", "WENYUN_2", False),
           Symbol("plain", "", False)]  # fmt: skip

linux = pytest.mark.skipif(
    sys.platform != "linux" or not HERE, reason="stubs are for Linux on x86_64 and aarch64"
)


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    path = tmp_path / "libgreek-1234.so.1"
    path.write_bytes(stub_library(HERE, path.name, SYMBOLS))
    return path


@linux
def test_it_loads_and_gives_its_functions(stub: Path) -> None:
    library = ctypes.CDLL(str(stub))
    assert all(hasattr(library, symbol.name) for symbol in SYMBOLS)
    assert not hasattr(library, "gamma")


@linux
def test_its_functions_have_their_versions(stub: Path) -> None:
    library = ctypes.CDLL(str(stub))
    find = ctypes.CDLL(None).dlvsym
    find.restype, find.argtypes = (
        ctypes.c_void_p,
        [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p],
    )
    assert find(library._handle, b"alpha", b"WENYUN_1")
    assert find(library._handle, b"beta", b"WENYUN_2")
    assert not find(library._handle, b"alpha", b"WENYUN_2")


@linux
def test_a_call_ends_the_process_at_once(stub: Path) -> None:
    program = f"import ctypes; ctypes.CDLL({str(stub)!r}).alpha(); print('alive')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGILL, b"")


@linux
def test_it_needs_no_stack_that_runs_code(stub: Path) -> None:
    """Newer C libraries refuse to load what asks for one."""
    program = (
        f"import ctypes; ctypes.CDLL({str(stub)!r})\n"
        "print([line for line in open('/proc/self/maps') if 'stack' in line and ' rwx' in line])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize("machine", MACHINES.values())
def test_it_is_small_and_for_its_processor(machine: int) -> None:
    made = stub_library(machine, "libgreek.so.1", SYMBOLS)
    assert len(made) < 2000
    assert int.from_bytes(made[18:20], "little") == machine


def test_no_functions_at_all(tmp_path: Path) -> None:
    path = tmp_path / "libnone.so"
    path.write_bytes(stub_library(HERE or 62, path.name, []))
    assert is_elf(path)
    if HERE and sys.platform == "linux":
        ctypes.CDLL(str(path))


def test_variables_cannot_be_stubbed() -> None:
    with pytest.raises(ValueError, match=r"libgreek\.so is asked for variables: omega"):
        stub_library(62, "libgreek.so", [Symbol("omega", "", True)])


def test_unknown_processor() -> None:
    with pytest.raises(ValueError, match="processor 8,"):
        stub_library(8, "libgreek.so", SYMBOLS)


def test_hash_is_that_of_the_abi() -> None:
    """Values of the ABI's own function, worked out by hand for short names."""
    assert _sysv_hash("") == 0
    assert _sysv_hash("a") == 0x61
    assert _sysv_hash("ab") == 0x672
    assert _sysv_hash("GLIBC_2.2.5") == 0x09691A75


@linux
def test_tables_of_a_real_library() -> None:
    """libm asks for libc, and gives functions with versions."""
    loaded = ctypes.CDLL("libm.so.6")
    assert loaded
    with Path("/proc/self/maps").open() as maps:
        path = next(Path(line.split()[-1]) for line in maps if "libm.so.6" in line)
    library = read_library(path)
    assert (library.machine, library.soname) == (HERE, "libm.so.6")
    assert "libc.so.6" in library.needed
    assert library.defined["cos"].version.startswith("GLIBC_2")
    assert not library.defined["cos"].is_data
    assert library.defined["signgam"].is_data
    assert "cos" not in library.undefined


def test_what_is_no_library(tmp_path: Path) -> None:
    path = tmp_path / "text.so"
    path.write_text("INPUT(libgreek.so.1)")
    assert not is_elf(path)
    with pytest.raises(ValueError, match="no 64-bit"):
        read_library(path)
    path.write_bytes(stub_library(62, "libgreek.so", SYMBOLS))
    with pytest.raises(ValueError, match="no section headers"):
        read_library(path)
