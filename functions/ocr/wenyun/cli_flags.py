"""The command line: every option of the service as a flag, built from the one table."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TextIO

from wenyun.options import SPECS, Options, Spec, parse_options
from wenyun.settings import Settings
from wenyun.version import __version__

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line asked for.

    Attributes:
        files: Paths; `-` is standard input.
        options: The options of the service.
        json: Print JSON lines and no text.
        draw: Where to draw the boxes: a picture for one file, else a folder.

    """

    files: tuple[str, ...]
    options: Options
    json: bool = False
    draw: Path | None = None

    def drawing(self, name: str) -> Path:
        """Where the drawing of a file goes."""
        assert self.draw is not None
        if len(self.files) == 1 and not self.draw.is_dir():
            return self.draw
        return self.draw / f"{_label(name)}.png"


class _Parser(argparse.ArgumentParser):
    """Errors are raised, to be printed in the one way that all errors are."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(f"{message}; try 'wenyun --help'")


def parse_arguments(argv: Sequence[str], settings: Settings, out: TextIO) -> Arguments | None:
    """Read the command line.

    Returns:
        None where it asked for help or the version, which are then written to `out`.

    Raises:
        ValueError: What is wrong with it.
        WenyunError: An option's value is.

    """
    parser = _parser(settings)
    given = vars(parser.parse_intermixed_args(argv))
    if given.pop("help"):
        out.write(parser.format_help())
        return None
    if given.pop("version"):
        out.write(f"wenyun {__version__}\n")
        return None
    files, draw = tuple(given.pop("files")), given.pop("draw")
    if not files:
        parser.error("name at least one FILE")
    json = given.pop("json")
    options = parse_options(given, Options(profile=settings.profile))
    args = Arguments(files, options, json, Path(draw) if draw else None)
    _check_drawings(args)
    return args


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="wenyun",
        usage="wenyun [OPTION]… FILE…",
        description="Read the Chinese and English text in pictures and documents.",
        epilog="Reads JPG, PNG, BMP, WebP, GIF, TIFF and PDF. "
        "Exit status: 0 all read, 1 not all, 2 usage.",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a picture or document; - is standard input"
    )
    parser.add_argument("-h", "--help", action="store_true", help="show this and end")
    parser.add_argument("--version", action="store_true", help="show the version and end")
    parser.add_argument(
        "--json", action="store_true", help="print a JSON object a line and file, with boxes"
    )
    parser.add_argument(
        "--draw", metavar="PATH", help="draw the boxes: a picture for one FILE, else a folder"
    )
    defaults = Options(profile=settings.profile)
    for spec in SPECS.values():
        _add_flag(parser, spec, getattr(defaults, spec.name))
    return parser


def _add_flag(parser: argparse.ArgumentParser, spec: Spec, default: object) -> None:
    flag, text = f"--{spec.name}", spec.help["en"].replace("%", "%%")
    absent = argparse.SUPPRESS
    if spec.type == "boolean":
        parser.add_argument(flag, action="store_const", const=True, default=absent, help=text)
    elif spec.type == "areas":
        text = "leave out lines inside this area, in pixels; may come several times"
        parser.add_argument(flag, action="append", default=absent, metavar="X,Y,W,H", help=text)
    else:
        values = "|".join(spec.enum) if spec.enum else "X,Y,W,H"
        shown = f"{text} Default: {default}." if spec.enum else text
        parser.add_argument(flag, default=absent, metavar=values, help=shown)


def _check_drawings(args: Arguments) -> None:
    """No drawing may cover a source or another drawing."""
    if args.draw is None:
        return
    if len(args.files) > 1 and args.draw.exists() and not args.draw.is_dir():
        raise ValueError(f"--draw {args.draw}: several files need a folder")
    drawings = [args.drawing(name).resolve() for name in args.files]
    sources = {Path(name).resolve() for name in args.files if name != STDIN}
    for name, drawing in zip(args.files, drawings, strict=True):
        if drawing in sources:
            raise ValueError(f"--draw would overwrite {drawing.name}, which is to be read")
        if drawings.count(drawing) > 1:
            raise ValueError(f"--draw: two files would be drawn as {args.drawing(name)}")


def _label(name: str) -> str:
    return "stdin" if name == STDIN else Path(name).name
