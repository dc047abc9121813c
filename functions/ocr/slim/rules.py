"""What is taken out of the packages, and why nothing misses it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """Files that the product does not use.

    Attributes:
        patterns: Globs below the folder of packages; a folder goes with all that is in it.
        reason: Why they can go.

    """

    patterns: tuple[str, ...]
    reason: str


_MODEL_TOOLS = ("datasets", "quantization", "tools", "transformers")
_NUMPY_TOOLS = (
    "f2py",
    "_core/include",
    "_core/lib",
    "_core/_simd.*",
    "_core/_*_tests.*",
    "random/lib",
)

CUTS = (
    Cut(
        ("onnxruntime/capi/libonnxruntime.so*",),
        "onnxruntime for programs in C; the Python module has all of it inside",
    ),
    Cut(
        tuple(f"onnxruntime/{name}" for name in _MODEL_TOOLS),
        "what makes and converts models; ours come finished in the layer",
    ),
    Cut(("*/**/tests",), "tests of the packages themselves"),
    Cut(
        tuple(f"numpy/{name}" for name in _NUMPY_TOOLS),
        "what numpy is compiled, extended and tested with",
    ),
    Cut(("*/**/*.pyi", "*/**/*.pxd"), "declarations that type checkers and compilers read"),
    Cut(("PIL/_avif.*",), "AVIF, which is refused before Pillow sees it"),
    Cut(
        ("pypdfium2", "pypdfium2_cfg", "pypdfium2_cli"),
        "PDFium's command and its layer for Python; the bindings alone are used",
    ),
)

STUBBED = {
    "libopenblas": "linear algebra on matrices of dozens of rows; ours have 8 at most",
    "libavcodec": "video",
    "libavformat": "video",
    "libavutil": "video",
    "libswscale": "video",
    "libaom": "the insides of AVIF pictures, which are refused before OpenCV sees them",
}
"""Libraries of OpenCV that must be there to be loaded, but whose functions we never call."""

OPENCV_LIBRARIES = "opencv_python*.libs"
